"""What happens to adults: work that ends, studies, illness, old age."""

from datetime import date, timedelta

from demo.population import others
from demo.population.coverage import medicine_caps, perhaps_apply, reimbursements
from demo.population.grants import TO_THE_CUSTOMER, Payee, Spell
from demo.population.ledger import Ledger
from demo.population.people import Person, first_of_month

TRANSITION_SECURITY_BEGINS = date(2023, 1, 1)
GENERAL_BENEFIT = "general_social_security_benefit"
LAST_VETERAN_BORN = 1928
EXAMPLES_OF_AN_APPLICATION = ("travel_reimbursement", "disability_allowance_adult")
EXAMPLES_OF_A_REFUSAL = (
    "general_housing_allowance", "sickness_allowance", "rehabilitation_allowance",
    "disability_allowance_adult", "student_aid",
)  # fmt: skip


def live(ledger: Ledger, person: Person) -> None:
    """Gives an adult of the population what one of that age is likely to have had."""
    age = person.age(ledger.calendar.today)
    if age >= 65:
        _old_age(ledger, person, age)
    else:
        _working_age(ledger, person, age)
    if ledger.random.random() < 0.03:
        benefit = ledger.random.choice(EXAMPLES_OF_A_REFUSAL)
        ledger.reject(person, benefit, _some_day(ledger, 40, 1300))
    perhaps_apply(ledger, person, ledger.random.choice(EXAMPLES_OF_AN_APPLICATION), 0.015)
    ledger.files.lists.adult(person)


# --- single benefits --------------------------------------------------------------------------


def unemployment(
    ledger: Ledger, person: Person, first: date, last: date | None, benefit: str
) -> Spell | None:
    """Unemployment from a day on. From 1.5.2026 the general social security benefit is paid."""
    ended = "need_ended" if last else ""
    person.out_of_work_since = first
    old = ledger.spell(person, benefit, first, last, ended=ended)
    return ledger.spell(person, GENERAL_BENEFIT, first, last, ended=ended) or old


def studies(ledger: Ledger, person: Person, first_year: int, years: int) -> None:
    """Student aid from September to May, year by year."""
    for year in range(first_year, first_year + years):
        ledger.spell(person, "student_aid", date(year, 9, 1), date(year + 1, 5, 31))


def recovery_perhaps(ledger: Ledger, spell: Spell | None, chance: float) -> None:
    if spell and ledger.random.random() < chance:
        claimed_on = spell.first + timedelta(days=ledger.random.randrange(120, 700))
        instalment = ledger.random.choice((3000, 5000, 8000, 12000))
        ledger.recover(spell, claimed_on, ledger.random.randint(1, 4), instalment)


# --- ages of life -----------------------------------------------------------------------------


def _old_age(ledger: Ledger, person: Person, age: int) -> None:
    chance = ledger.random.random
    retired = person.birthday(65)
    if chance() < 0.38:
        _pension(ledger, person, retired, housing=0.3)
    else:
        cents = ledger.random.randrange(110_000, 320_000)
        others.pension(ledger, person, "old_age", retired, cents)
    if chance() < (0.26 if age >= 75 else 0.06):
        since = _some_day(ledger, 100, 2500)
        ledger.spell(
            person, "pensioners_care_allowance", max(retired, since), payee=_payee(ledger, person)
        )
        perhaps_apply(ledger, person, "pensioners_care_allowance", 0.06)
    if chance() < 0.03:
        widowed = _some_day(ledger, 200, 2000)
        ledger.spell(person, "survivors_pension", widowed)
        others.pension(ledger, person, "survivors", widowed, ledger.random.randrange(9_000, 60_000))
    if person.birth_date.year <= LAST_VETERAN_BORN and chance() < 0.35:
        veteran(ledger, person, retired)
    if chance() < 0.7:
        medicine_caps(ledger, person, ledger.random.choice((150, 300, 500, 700, 900, 1300)))
    if chance() < 0.15:
        reimbursements(ledger, person, "travel_reimbursement", ledger.random.randint(1, 5))
    if chance() < 0.1:
        reimbursements(ledger, person, "medical_reimbursement", ledger.random.randint(1, 3))


def _pension(
    ledger: Ledger, person: Person, since: date, housing: float, kind: str = "old_age"
) -> None:
    """A national pension, or the share of it that an earnings-related pension leaves."""
    share = ledger.random.choice((150, 350, 500, 700, 1000))
    if share < 1000:
        others.pension(ledger, person, kind, since, 120_000 - 100 * share)
    spell = ledger.spell(
        person, "national_pension", since, per_mille=share, payee=_payee(ledger, person)
    )
    if share == 1000:
        ledger.spell(person, "guarantee_pension", since)
    if ledger.random.random() < housing:
        moved = max(since, _some_day(ledger, 60, 3000))
        share = ledger.random.randrange(400, 1700)
        ledger.spell(person, "pensioners_housing_allowance", moved, per_mille=share)
        perhaps_apply(ledger, person, "pensioners_housing_allowance", 0.08)
    recovery_perhaps(ledger, spell, 0.02)


def veteran(ledger: Ledger, person: Person, since: date) -> None:
    """The supplements of a veteran of the wars."""
    supplement = ledger.spell(person, "front_veterans_supplement", since)
    additional = ledger.spell(person, "additional_front_veterans_supplement", since, per_mille=600)
    ledger.spell(person, "veterans_supplement", since)
    if supplement and additional:
        ledger.files.lists.veteran(person, since, supplement.gross, additional.gross)


def _working_age(ledger: Ledger, person: Person, age: int) -> None:
    chance = ledger.random.random()
    if chance < 0.03:
        _disabled(ledger, person, age)
        return
    if age <= 29 and chance < 0.45:
        _student(ledger, person, age)
    elif chance < 0.19 or (age <= 29 and chance < 0.55):
        _out_of_work(ledger, person)
    elif chance < 0.26:
        _ill(ledger, person)
    elif chance < 0.31:
        _housed(ledger, person, _some_day(ledger, 60, 1400), months=24)
    _rarely(ledger, person, age)
    if age >= 40 and ledger.random.random() < 0.35:
        medicine_caps(ledger, person, ledger.random.choice((100, 250, 450, 800)))
    if ledger.random.random() < 0.06:
        number = ledger.random.randint(1, 3)
        reimbursements(ledger, person, "medicine_reimbursement", number)


def _disabled(ledger: Ledger, person: Person, age: int) -> None:
    since = max(person.birthday(18), _some_day(ledger, 400, 4000))
    if age <= 21:
        ledger.spell(person, "youth_rehabilitation_allowance", since)
    else:
        _pension(ledger, person, since, housing=0.4, kind="disability")
    if age <= 40:
        ledger.spell(person, "disability_allowance_adult", since)
    elif ledger.random.random() < 0.15:
        ledger.spell(person, "child_increase", since)
    medicine_caps(ledger, person, ledger.random.choice((400, 800, 1400)))


def _student(ledger: Ledger, person: Person, age: int) -> None:
    year = ledger.calendar.today.year
    years = ledger.random.randint(1, 4)
    studies(ledger, person, year - max(0, age - 20) // 3 - years + 1, years)
    perhaps_apply(ledger, person, "student_aid", 0.1)
    if ledger.random.random() < 0.1:
        _housed(ledger, person, _some_day(ledger, 60, 900), months=14)
    if not person.woman and ledger.random.random() < 0.08:
        first = _some_day(ledger, 200, 1000)
        ledger.spell(person, "conscripts_allowance", first, first + timedelta(days=165))


def _out_of_work(ledger: Ledger, person: Person) -> None:
    chance, calendar = ledger.random.random, ledger.calendar
    first = _some_day(ledger, 20, 1700)
    length = timedelta(days=ledger.random.randrange(90, 1100))
    last = first + length if first + length < calendar.today else None
    benefit = "labour_market_subsidy" if chance() < 0.65 else "basic_unemployment_allowance"
    if chance() < 0.08:
        ledger.spell(person, "earnings_related_allowance", first, last)
    else:
        recovery_perhaps(ledger, unemployment(ledger, person, first, last, benefit), 0.1)
    if chance() < 0.45:
        _housed(ledger, person, first, months=length.days // 30)
    perhaps_apply(ledger, person, "general_housing_allowance", 0.15)
    if last and chance() < 0.05:
        until = last + timedelta(days=60)
        ledger.spell(person, "commuting_and_relocation_allowance", last, until)


def _ill(ledger: Ledger, person: Person) -> None:
    """Illness, work again part of the time, perhaps rehabilitation."""
    first = _some_day(ledger, 10, 1400)
    last = first + timedelta(days=ledger.random.randrange(15, 240))
    share = ledger.random.randrange(450, 1700)
    spell = ledger.spell(person, "sickness_allowance", first, last, per_mille=share)
    recovery_perhaps(ledger, spell, 0.03)
    then = last + timedelta(days=1)
    if ledger.random.random() < 0.15:
        until = then + timedelta(days=60)
        ledger.spell(person, "partial_sickness_allowance", then, until, per_mille=share)
    elif ledger.random.random() < 0.2:
        until = then + timedelta(days=ledger.random.randrange(30, 300))
        ledger.spell(person, "rehabilitation_allowance", then, until, per_mille=share)
    perhaps_apply(ledger, person, "sickness_allowance", 0.15)


def _housed(ledger: Ledger, person: Person, first: date, months: int) -> None:
    ends = first_of_month(first + timedelta(days=30 * max(3, months)))
    open_ended = ends > ledger.calendar.today
    share = ledger.random.randrange(200, 1600)
    spell = ledger.spell(
        person, "general_housing_allowance", first_of_month(first),
        None if open_ended else ends - timedelta(days=1),
        per_mille=share, ended="" if open_ended else "need_ended",
    )  # fmt: skip
    recovery_perhaps(ledger, spell, 0.15)


def _rarely(ledger: Ledger, person: Person, age: int) -> None:
    chance = ledger.random.random()
    if chance < 0.006 and age >= 55:
        lost = max(_some_day(ledger, 60, 900), TRANSITION_SECURITY_BEGINS)
        ledger.once(person, "transition_security_allowance", lost)
    elif chance < 0.009 and age >= 40:
        first = date(2023, 9, 1)
        ledger.spell(person, "job_alternation_compensation", first, first + timedelta(days=170))
    elif chance < 0.015:
        first = _some_day(ledger, 100, 1500)
        ledger.spell(person, "disability_allowance_adult", first)


def _payee(ledger: Ledger, person: Person) -> Payee:
    """A pension is sometimes paid to who arranges the pensioner's care."""
    if ledger.random.random() < 0.97:
        return TO_THE_CUSTOMER
    account = f"{ledger.random.randrange(10_000):04}"
    return Payee("authority", person.place.county_name, account)


def _some_day(ledger: Ledger, at_least: int, at_most: int) -> date:
    """A day so many days ago."""
    return ledger.calendar.today - timedelta(days=ledger.random.randrange(at_least, at_most))
