"""What others than Kela pay and pass on to Kela: earnings-related pensions."""

from datetime import date, timedelta

from demo.population.amounts import euros
from demo.population.ledger import Ledger
from demo.population.people import Person

PAYERS = (
    "Eläkevakuutus Havu",
    "Työeläkeyhtiö Kanerva",
    "Kuntien eläkelaitos Pihlaja",
    "Maatalousyrittäjien eläkelaitos Vainio",
    "Pensionskassan Ljung",
)


def pension(ledger: Ledger, person: Person, kind: str, since: date, cents: int) -> None:
    """An earnings-related pension from a day on: the amount of each year told, `cents` now."""
    index, calendar = ledger.amounts.pension_index, ledger.calendar
    payer = ledger.random.choice(PAYERS)
    told_since = max(since, date(calendar.start.year, 1, 1))
    if person.died_on and person.died_on < told_since:
        return
    starts = [day for day, _ in index.steps(told_since, person.died_on or calendar.today)]
    ends = [*(day - timedelta(days=1) for day in starts[1:]), person.died_on or ""]
    for first, last in zip(starts, ends, strict=True):
        gross = cents * index.at(first) // index.at(calendar.today)
        ledger.files.data_from_others.number(
            person.hetu, kind, payer, euros(gross), first, last
        )  # fmt: skip
