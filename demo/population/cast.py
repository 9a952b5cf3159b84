"""The customers of the demo's cast, with exactly what their situation promises."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.population import adults, coverage, demands, families, others, social_assistance
from demo.population.calculation import Costs, Reduction
from demo.population.calendar import Calendar, next_month
from demo.population.demands import Demanded
from demo.population.grants import Payee
from demo.population.ledger import DEDUCTIONS, Ledger
from demo.population.people import Household, People, Person
from demo.population.places import Places
from demo.population.social_assistance import Case

CAST = Path(__file__).parents[1] / "cast.toml"
CENTURIES = {"-": 1900, "X": 1900, "A": 2000}


@dataclass(frozen=True, slots=True)
class Part:
    """A customer of the cast, the name of the situation, and what Kela forwards of them."""

    person: Person
    situation: str
    forwarded: list[dict[str, Any]]


def codes() -> list[str]:
    """Every identity code that stands in the cast."""
    content = _content()
    entries = [*content["people"], *content["customers"]]
    return [code for entry in entries for code in (entry["hetu"], *entry.get("former_codes", []))]


def parts(places: Places) -> list[Part]:
    return [
        Part(_person(entry, places), entry["situation"], entry.get("forwarded", []))
        for entry in _content()["customers"]
    ]


def demanded(places: Places) -> dict[str, list[Demanded]]:
    """What Kela has accepted to pay to organisations, by the customer's code."""
    content = _content()
    return {
        entry["hetu"]: demands.accepted(content, entry["slug"], places)
        for entry in content["customers"]
    }


def _content() -> dict[str, Any]:
    return tomllib.loads(CAST.read_text(encoding="utf-8"))


def _person(entry: dict[str, Any], places: Places) -> Person:
    hetu, place = entry["hetu"], places[entry["municipality"]]
    return Person(
        hetu=hetu,
        given_names=entry["given"],
        family_name=entry["family"],
        woman=int(hetu[9]) % 2 == 0,
        birth_date=date(CENTURIES[hetu[6]] + int(hetu[4:6]), int(hetu[2:4]), int(hetu[:2])),
        place=place,
        language="sv" if place.swedish > 0.2 else "fi",
        account=hetu[7:10] + "4",
        protected=entry.get("protected", False),
        former_codes=entry.get("former_codes", []),
    )


def play(ledger: Ledger, people: People, part: Part) -> list[Person]:
    """Writes the situation; the answer is the other people whom it brings, still to be written."""
    return SITUATIONS[part.situation](ledger, people, part.person) or []


def _ago(ledger: Ledger, months: int) -> date:
    """The first day of a month that many months ago."""
    number = ledger.calendar.today.year * 12 + ledger.calendar.today.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _pensioner(ledger: Ledger, people: People, person: Person) -> None:
    coverage.insure(ledger, person)
    retired = person.birthday(65)
    ledger.spell(person, "national_pension", retired)
    ledger.spell(person, "pensioners_housing_allowance", _ago(ledger, 40))
    ledger.spell(person, "pensioners_care_allowance", _ago(ledger, 30))
    others.pension(ledger, person, "old_age", retired, 5240)
    year = ledger.calendar.today.year
    coverage.medicine_cap(ledger, person, year - 1, 820)
    coverage.medicine_cap(ledger, person, year, 1150)


def _unemployed(ledger: Ledger, people: People, person: Person) -> None:
    coverage.insure(ledger, person)
    since = _ago(ledger, 14) + timedelta(days=11)
    adults.unemployment(ledger, person, since, None, "labour_market_subsidy")
    costs = Costs(rent=61200, electricity=3840, insurance=1250)
    social_assistance.assist(ledger, Case(Household([person], []), costs), _ago(ledger, 5))
    coverage.apply(ledger, person, "general_housing_allowance", 18, "rental_agreement")


def _family(ledger: Ledger, people: People, person: Person) -> list[Person]:
    today = ledger.calendar.today
    births = (today - timedelta(days=2100), today - timedelta(days=560))
    children = [people.child_of(person, birth, "fi") for birth in births]
    coverage.insure(ledger, person)
    families.child_benefit(ledger, person, children)
    families.home_care(ledger, person, children)
    spell = ledger.spell(person, "general_housing_allowance", _ago(ledger, 30), per_mille=900)
    if spell:
        ledger.recover(spell, _ago(ledger, 6) + timedelta(days=8), months=3, instalment=5000)
    costs = Costs(rent=103500, electricity=6120, insurance=1480, medicines=3120)
    social_assistance.assist(ledger, Case(Household([person], children), costs), _ago(ledger, 7))
    return children


def _student(ledger: Ledger, people: People, person: Person) -> None:
    coverage.insure(ledger, person)
    today = ledger.calendar.today
    adults.studies(ledger, person, today.year - 2 if today.month < 9 else today.year - 1, 2)


def _sick(ledger: Ledger, people: People, person: Person) -> None:
    coverage.away(ledger, person, _ago(ledger, 31), _ago(ledger, 14), "SE")
    since = _ago(ledger, 2) + timedelta(days=6)
    ledger.spell(person, "sickness_allowance", since, since + timedelta(days=150))
    coverage.apply(ledger, person, "rehabilitation_allowance", 9, "medical_statement")


def _nothing(ledger: Ledger, people: People, person: Person) -> None:
    pass


def _social_assistance_only(ledger: Ledger, people: People, person: Person) -> None:
    costs = Costs(
        rent=74500,
        electricity=3270,
        insurance=990,
        medicines=5890,
        reduction=social_assistance.reduction_from(_ago(ledger, 3), months=2),
    )
    case = Case(Household([person], []), costs, Payee("landlord", "Vuokrakodit Oy", "5120"))
    spell = social_assistance.assist(ledger, case, _ago(ledger, 9))
    if spell:
        ledger.recover(spell, _ago(ledger, 3), months=1, instalment=4000)
    social_assistance.ask_for_more(ledger, case, days_ago=4)


def _deceased(ledger: Ledger, people: People, person: Person) -> None:
    person.died_on = _ago(ledger, 1) + timedelta(days=11)
    coverage.insure(ledger, person)
    retired = person.birthday(65)
    ledger.spell(person, "national_pension", retired, per_mille=700)
    ledger.spell(person, "pensioners_care_allowance", _ago(ledger, 50))
    others.pension(ledger, person, "old_age", retired, 46350)
    coverage.medicine_cap(ledger, person, person.died_on.year, 640)


def _abroad(ledger: Ledger, people: People, person: Person) -> None:
    """The pension goes on, what rests on living in Finland ended."""
    person.country, person.abroad_since = "ES", _ago(ledger, 14)
    day_before = person.abroad_since - timedelta(days=1)
    coverage.social_security(ledger, person, person.birth_date, day_before)
    coverage.social_security(ledger, person, person.abroad_since, None, "pension", "ES")
    retired = person.birthday(65)
    ledger.spell(person, "national_pension", retired, per_mille=350)
    others.pension(ledger, person, "old_age", retired, 88620)
    housed = _ago(ledger, 60)
    ledger.spell(
        person, "pensioners_housing_allowance", housed, day_before, ended="moved_abroad"
    )  # fmt: skip


def _changed_code(ledger: Ledger, people: People, person: Person) -> None:
    coverage.insure(ledger, person)
    ledger.spell(person, "general_housing_allowance", _ago(ledger, 16), per_mille=800)
    since = _ago(ledger, 4) + timedelta(days=2)
    ledger.spell(person, "rehabilitation_allowance", since)


def _long_history(ledger: Ledger, people: People, person: Person) -> None:
    """A disability pension since youth, of which all is told."""
    calendar = Calendar(ledger.calendar.today, years=40)
    ledger = Ledger(ledger.files, ledger.amounts, calendar, ledger.random, ledger.demanded)
    since = _ago(ledger, 40 * 12)
    coverage.insure(ledger, person)
    ledger.spell(person, "national_pension", since)
    ledger.spell(person, "pensioners_housing_allowance", since, per_mille=1200)
    ledger.spell(person, "pensioners_care_allowance", date(1990, 1, 1))
    coverage.medicine_caps(ledger, person, 1100)


def _child(ledger: Ledger, people: People, person: Person) -> list[Person]:
    parent = people.parent_of(person)
    guardian = Payee("guardian", parent.name, parent.account)
    families.child_benefit(ledger, parent, [person], single=True)
    since = max(_ago(ledger, 30), person.birth_date)
    for benefit in ("disability_allowance_child", "child_maintenance_allowance"):
        until = person.birthday(16) - timedelta(days=1)
        ledger.spell(person, benefit, since, until, payee=guardian)
    coverage.insure(ledger, person)
    coverage.medicine_cap(ledger, person, ledger.calendar.today.year, 310)
    return [parent]


def _every_letter(ledger: Ledger, people: People, person: Person) -> None:
    coverage.insure(ledger, person)
    ledger.spell(person, "disability_allowance_adult", _ago(ledger, 26))


def _coming(ledger: Ledger, people: People, person: Person) -> None:
    """Granted from coming days on, one soon enough to be paid within what is scheduled."""
    coverage.insure(ledger, person)
    soon = next_month(ledger.calendar.today)
    ledger.ahead(person, "general_housing_allowance", soon)
    ledger.ahead(person, "rehabilitation_allowance", next_month(soon))


def _many_payments(ledger: Ledger, people: People, person: Person) -> None:
    """Ten journeys to treatment a day: all of them within the look-back of 36 months."""
    coverage.insure(ledger, person)
    ledger.spell(person, "national_pension", person.birthday(65), per_mille=500)
    last = ledger.calendar.today - timedelta(days=12)
    for number in range(10_000):
        cents = ledger.random.randrange(900, 6400)
        day = last - timedelta(days=number // 10)
        ledger.reimburse(person, "travel_reimbursement", day, cents)


def _on_aland(ledger: Ledger, people: People, person: Person) -> list[Person]:
    """Out of work with a small child: what Kela does not pay on Åland is not there."""
    coverage.insure(ledger, person)
    child = people.child_of(person, ledger.calendar.today - timedelta(days=700), "sv")
    families.child_benefit(ledger, person, [child])
    families.home_care(ledger, person, [child])
    adults.unemployment(ledger, person, _ago(ledger, 8), None, "labour_market_subsidy")
    ledger.spell(person, "general_housing_allowance", _ago(ledger, 20), per_mille=950)
    return [child]


def _protected(ledger: Ledger, people: People, person: Person) -> None:
    coverage.insure(ledger, person)
    ledger.spell(person, "general_housing_allowance", _ago(ledger, 20), per_mille=1100)
    ledger.spell(person, "rehabilitation_allowance", _ago(ledger, 3))
    coverage.medicine_cap(ledger, person, ledger.calendar.today.year, 540)


def _veteran(ledger: Ledger, people: People, person: Person) -> None:
    coverage.insure(ledger, person)
    retired = person.birthday(65)
    ledger.spell(person, "national_pension", retired)
    adults.veteran(ledger, person, retired)


def _every_state(ledger: Ledger, people: People, person: Person) -> list[Person]:
    """Whatever can be told of a benefit, at least once."""
    coverage.away(ledger, person, _ago(ledger, 50), _ago(ledger, 20), "DE")
    ended = _ago(ledger, 3) - timedelta(days=1)
    spell = ledger.spell(
        person, "general_housing_allowance", _ago(ledger, 30), ended, ended="need_ended"
    )
    for months, state in enumerate(("open", "suspended", "paid", "waived"), start=1):
        if spell:
            ledger.recover(spell, _ago(ledger, 2 * months), months, 6000, state)
    for days_ago in (20, 160):
        ledger.reject(person, "sickness_allowance", ledger.calendar.today - timedelta(days_ago))
    for number, deduction in enumerate([*DEDUCTIONS, ("other", 50)], start=1):
        day = _ago(ledger, number) + timedelta(days=9)
        ledger.reimburse(person, "travel_reimbursement", day, 41200, deduction=deduction)
    for number, state in enumerate(("returned", "cancelled"), start=1):
        day = _ago(ledger, 6 + number) + timedelta(days=9)
        ledger.reimburse(person, "travel_reimbursement", day, 41200, state)
    coverage.apply(ledger, person, "general_housing_allowance", 2)
    coverage.apply(ledger, person, "travel_reimbursement", 12)
    coverage.apply(ledger, person, "rehabilitation_allowance", 21, "employer_statement")
    others.pension(ledger, person, "accident", _ago(ledger, 28), 61250)
    others.pension(ledger, person, "foreign", _ago(ledger, 16), 8790)
    coverage.medicine_cap(ledger, person, ledger.calendar.today.year, 730)
    spouse = people.spouse_of(person, person.age(ledger.calendar.today), "fi")
    child = people.child_of(person, ledger.calendar.today - timedelta(days=4800), "fi")
    _family_reduced(ledger, Household([person, spouse], [child]))
    return [spouse, child]


def _family_reduced(ledger: Ledger, home: Household) -> None:
    """Basic social assistance before the reform of 2026, reduced by 40 per cent."""
    first, last = date(2025, 8, 1), date(2026, 2, 28)
    if ledger.calendar.today > last:
        reduction = Reduction(date(2025, 11, 1), 2, 40, "employment_policy")
        costs = Costs(94000, 5470, 1480, 3120, reduction)
        social_assistance.assist(ledger, Case(home, costs), first, last)


SITUATIONS: Mapping[str, Callable[[Ledger, People, Person], list[Person] | None]] = {
    "pensioner": _pensioner,
    "unemployed": _unemployed,
    "family": _family,
    "student": _student,
    "sick": _sick,
    "nothing": _nothing,
    "social_assistance_only": _social_assistance_only,
    "protected": _protected,
    "deceased": _deceased,
    "abroad": _abroad,
    "changed_code": _changed_code,
    "long_history": _long_history,
    "child": _child,
    "every_letter": _every_letter,
    "coming": _coming,
    "many_payments": _many_payments,
    "on_aland": _on_aland,
    "veteran": _veteran,
    "every_state": _every_state,
}
