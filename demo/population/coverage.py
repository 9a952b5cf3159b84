"""What most people have: a place in social security, medicine costs, an application or two."""

from datetime import date, timedelta

from demo.population.amounts import euros
from demo.population.ledger import Ledger
from demo.population.people import Person

COUNTRIES = ("SE", "EE", "DE", "NO", "ES", "GB", "DK", "NL")
WAITING = {
    "income": "customer",
    "bank_statement": "customer",
    "rental_agreement": "customer",
    "medical_statement": "health_care",
    "employer_statement": "employer",
    "labour_policy_statement": "employment_authority",
    "study_certificate": "school",
}


def insure(ledger: Ledger, person: Person) -> None:
    """Covered by Finnish social security from birth; a few have been away, a few have come."""
    chance, until = ledger.random.random(), person.died_on or ledger.calendar.today
    if person.age(until) >= 20 and chance < 0.03:
        left = until - timedelta(days=ledger.random.randrange(500, 3000))
        away(ledger, person, left, left + timedelta(days=ledger.random.randrange(180, 480)))
    elif person.age(until) >= 20 and chance < 0.08:
        came = until - timedelta(days=ledger.random.randrange(200, 4000))
        social_security(ledger, person, came, None, basis="employment")
    else:
        social_security(ledger, person, person.birth_date, None)


def away(ledger: Ledger, person: Person, left: date, back: date, country: str = "") -> None:
    """Insured in another country of the EU or EEA from a day to another, else in Finland."""
    day = timedelta(days=1)
    social_security(ledger, person, person.birth_date, left - day)
    social_security(
        ledger, person, left, back, "employment", country or ledger.random.choice(COUNTRIES)
    )
    social_security(ledger, person, back + day, None)


def social_security(
    ledger: Ledger,
    person: Person,
    first: date,
    last: date | None,
    basis: str = "residence",
    country: str = "FI",
) -> None:
    covered = "true" if country == "FI" else "false"
    last = min(filter(None, (last, person.died_on)), default=None)
    ledger.files.insurance.number(
        person.hetu, "social_security", covered, basis, first, last or "", country
    )


def medicine_caps(ledger: Ledger, person: Person, per_mille: int) -> None:
    """Own medicine costs, year by year; per mille of a year's limit that a whole year brings."""
    calendar, until = ledger.calendar, person.died_on or ledger.calendar.today
    for year in range(calendar.start.year, until.year + 1):
        last_told = min(date(year, 12, 31), until)
        passed = last_told.timetuple().tm_yday
        spread = ledger.random.uniform(0.8, 1.2)
        medicine_cap(ledger, person, year, int(per_mille * spread * passed / 365))


def medicine_cap(ledger: Ledger, person: Person, year: int, per_mille: int) -> None:
    """A year's costs; what goes over the limit is paid by Kela and does not accrue."""
    new_year = date(year, 1, 1)
    limit = ledger.amounts.cap_limit.at(new_year)
    accrued = min(limit, limit * per_mille // 1000)
    until = person.died_on or ledger.calendar.today
    passed = min(date(year, 12, 31), until).timetuple().tm_yday
    reached: date | str = ""
    if accrued == limit:
        reached = new_year + timedelta(days=max(0, passed * 1000 // per_mille - 1))
    adult = person.age(date(year, 12, 31)) >= 19  # from the year after the 18th birthday
    deductible = ledger.amounts.cap_deductible.at(new_year) if adult else 0
    ledger.files.medicine_caps.write(
        person.hetu, year, euros(accrued), euros(limit), euros(deductible), reached
    )


def reimbursements(ledger: Ledger, person: Person, benefit: str, number: int) -> None:
    """So many single reimbursements, each of another month of the history."""
    months = ledger.calendar.months[:-2]
    for month in sorted(
        ledger.random.sample(months, min(number, len(months))), key=lambda m: m.first
    ):
        day = month.first + timedelta(days=ledger.random.randrange(28))
        ledger.once(person, benefit, day, per_mille=ledger.random.randrange(300, 2600))


def apply(ledger: Ledger, person: Person, benefit: str, days_ago: int, awaited: str = "") -> None:
    """An application that has not been decided, perhaps because something is awaited."""
    state = "awaiting" if awaited else ("received" if days_ago < 5 else "in_process")
    kind = ledger.random.choice(("first", "first", "continuation", "change"))
    if not ledger.pays(person, benefit, ledger.calendar.today):
        return
    ledger.files.pending_matters.number(
        person.hetu, benefit, kind, ledger.calendar.today - timedelta(days=days_ago),
        state, awaited, WAITING.get(awaited, ""),
    )  # fmt: skip


def perhaps_apply(ledger: Ledger, person: Person, benefit: str, chance: float) -> None:
    if ledger.random.random() < chance:
        awaited = ledger.random.choice(["", "", *WAITING])
        apply(ledger, person, benefit, ledger.random.randrange(1, 60), awaited)
