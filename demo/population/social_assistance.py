"""Basic social assistance of a household: applications, decisions, calculations, payments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from demo.population.amounts import euros
from demo.population.calculation import (
    CALLS_BEGIN,
    INCOME,
    Calculation,
    Costs,
    Reduction,
    calculate,
)
from demo.population.calendar import Month, banking_day, next_month
from demo.population.grants import TO_THE_CUSTOMER, Payee, Spell
from demo.population.ledger import DAY, Ledger
from demo.population.people import Household, Person, first_of_month

BENEFIT = "basic_social_assistance"
MOST_MONTHS = 3  # of one decision
AHEAD = timedelta(days=12)  # the application of a month comes so long before it
HANDLING = timedelta(days=6)
URGENT = DAY
LANDLORDS = ("Asunto-osakeyhtiö Kuusikko", "Vuokrakodit Oy", "Kotilinna Oy", "Hyresbostäder Ab")


@dataclass(frozen=True, slots=True)
class Case:
    """A household that is assisted; `landlord` is paid its rent from the assistance."""

    home: Household
    costs: Costs
    landlord: Payee | None = None

    @property
    def applicant(self) -> Person:
        return self.home.adults[0]


@dataclass(frozen=True, slots=True)
class _Turn:
    """Successive months with the same calculation, decided on together."""

    months: tuple[Month, ...]
    calculation: Calculation
    arrived_on: date
    urgent: bool

    @property
    def decided_on(self) -> date:
        return self.arrived_on + (URGENT if self.urgent else HANDLING)


def live(ledger: Ledger, home: Household) -> Spell | None:
    """Assists some of the households that unemployment benefits are paid to."""
    since = _unemployed_since(home)
    if since is None or home.adults[0].place.on_aland or ledger.random.random() > 0.4:
        return None
    ends = first_of_month(since + timedelta(days=30 * ledger.random.randint(3, 16)))
    last = ends - DAY if ends < ledger.calendar.today else None
    case = _case(ledger, home, since)
    spell = assist(ledger, case, since, last)
    if spell and last is None and ledger.random.random() < 0.2:
        ask_for_more(ledger, case, ledger.random.randrange(1, 9))
    if spell and ledger.random.random() < 0.05:
        claimed_on = spell.first + timedelta(days=ledger.random.randrange(120, 400))
        ledger.recover(spell, claimed_on, 1, ledger.random.choice((2000, 3000)))
    return spell


def assist(ledger: Ledger, case: Case, first: date, last: date | None = None) -> Spell | None:
    """Assists a household from a month on, month by month as it applies.

    None when nothing was paid. Other benefits of the household come first: they are its income.
    """
    terms, gross = ledger.amounts.terms[BENEFIT], 0
    months = ledger.calendar.months_between(first, last or ledger.calendar.last_month_ends)
    _call(ledger, case, first)
    for turn in _turns(ledger, case, first, months):
        if turn.arrived_on > ledger.calendar.today:
            break
        if turn.decided_on > ledger.calendar.today:
            _apply(ledger, case, turn, None)
            break
        gross = _decide(ledger, case, turn) or gross
    return Spell(case.applicant, terms, first, months[-1].last, gross) if gross else None


def reduction_from(month: date, months: int) -> Reduction:
    """A reduction of the law of its month."""
    if month >= next_month(next_month(CALLS_BEGIN)):
        return Reduction(month, months, 50, "call_to_act")
    return Reduction(month, months, 20, "refused_work")


def _unemployed_since(home: Household) -> date | None:
    paid = [
        paid_on
        for adult in home.adults
        for paid_on, benefit, _ in adult.paid
        if INCOME.get(benefit) == "unemployment"
    ]
    return first_of_month(min(paid)) if paid else None


def _case(ledger: Ledger, home: Household, first: date) -> Case:
    random, more = ledger.random, len(home.members) - 1
    reduction = None
    if random.random() < 0.08:
        reduction = reduction_from(first_of_month(first + timedelta(days=95)), 2)
    landlord = None
    if random.random() < 0.15:
        landlord = Payee("landlord", random.choice(LANDLORDS), f"{random.randrange(10_000):04}")
    costs = Costs(
        rent=random.randrange(45000, 85000, 500) + more * 9000,
        electricity=random.randrange(2500, 6000) + more * 900,
        insurance=random.choice((0, 990, 1250, 1480)),
        medicines=random.choice((0, 0, 0, 1460, 3120, 5890)),
        reduction=reduction,
    )
    return Case(home, costs, landlord)


def _turns(ledger: Ledger, case: Case, first: date, months: list[Month]) -> Iterator[_Turn]:
    alone = ledger.amounts.terms[BENEFIT].amount
    calculated = ((calculate(alone, case.home, case.costs, month), month) for month in months)
    for calculation, same in groupby(calculated, key=lambda pair: pair[0]):
        alike = [month for _, month in same]
        for start in range(0, len(alike), MOST_MONTHS):
            decided = tuple(alike[start : start + MOST_MONTHS])
            late = decided[0].first == first
            arrived_on = first + timedelta(days=2) if late else decided[0].first - AHEAD
            yield _Turn(decided, calculation, arrived_on, ledger.random.random() < 0.06)


def ask_for_more(ledger: Ledger, case: Case, days_ago: int) -> None:
    """An urgent application beside what was granted for the month, not decided yet."""
    month, today = first_of_month(ledger.calendar.today), ledger.calendar.today
    arrived_on = today - timedelta(days=days_ago)
    application = ledger.files.social_assistance_applications.number(
        case.applicant.hetu, arrived_on, "true", month, next_month(month) - DAY, "awaiting", ""
    )
    _attach(ledger, application, bank_statement=arrived_on, medical_bill=None)


def _apply(ledger: Ledger, case: Case, turn: _Turn, decision: int | None) -> None:
    """The application of some months; something is still to come while it is not decided."""
    application = ledger.files.social_assistance_applications.number(
        case.applicant.hetu, turn.arrived_on, "true" if turn.urgent else "false",
        turn.months[0].first, turn.months[-1].last,
        "decided" if decision else "awaiting", decision or "",
    )  # fmt: skip
    came = turn.arrived_on + DAY if decision else None
    _attach(ledger, application, bank_statement=turn.arrived_on, electricity_bill=came)


def _attach(ledger: Ledger, application: int, **received_on: date | None) -> None:
    for kind, day in received_on.items():
        ledger.files.social_assistance_attachments.number(application, kind, day or "")


def _decide(ledger: Ledger, case: Case, turn: _Turn) -> int:
    """Writes a decision and what comes of it; the answer is what it gives a month."""
    first, last, result = turn.months[0].first, turn.months[-1].last, turn.calculation.result
    terms, hetu = ledger.amounts.terms[BENEFIT], case.applicant.hetu
    kind, grounds = ("granted", "conditions_met") if result else ("rejected", "too_much_income")
    amount = (euros(result), "month") if result else ("", "")
    decision = ledger.files.decisions.number(
        hetu, BENEFIT, kind, turn.decided_on, first, last, "", *amount, grounds, terms.law
    )
    _apply(ledger, case, turn, decision)
    _calculation(ledger, decision, turn)
    if result:
        _commit(ledger, case, turn)
        for month in turn.months:
            _pay(ledger, case, turn, decision, month)
    return result


def _calculation(ledger: Ledger, decision: int, turn: _Turn) -> None:
    roles = ["applicant", "spouse"]
    for number, group in enumerate(turn.calculation.members, start=1):
        role = roles[number - 1] if group == "adult" else "child"
        ledger.files.social_assistance_households.write(decision, number, role, group)
    for month in turn.months:
        for number, line in enumerate(turn.calculation.lines, start=1):
            ledger.files.social_assistance_calculations.write(
                decision, month.first, number, line.part, line.item, line.member or "",
                euros(line.stated), line.reduction or "", line.ground, euros(line.amount),
            )  # fmt: skip


def _pay(ledger: Ledger, case: Case, turn: _Turn, decision: int, month: Month) -> None:
    """On the first banking day of the month, or as soon as it is decided."""
    pay_day = banking_day(month.first)
    if pay_day < turn.decided_on:
        pay_day = banking_day(turn.decided_on + timedelta(days=2))
    if pay_day > ledger.calendar.end:
        return
    left = turn.calculation.result
    if case.landlord:
        rent = min(left, case.costs.rent)
        _payment(ledger, case, decision, pay_day, month, rent, case.landlord)
        left -= rent
    if left:
        _payment(ledger, case, decision, pay_day, month, left, TO_THE_CUSTOMER)


def _payment(
    ledger: Ledger,
    case: Case,
    decision: int,
    pay_day: date,
    month: Month,
    amount: int,
    payee: Payee,
) -> None:
    ledger.files.payments.number(
        case.applicant.hetu, BENEFIT, decision, pay_day, month.first, month.last,
        euros(amount), "0.00", "0.00", "", euros(amount),
        "paid" if pay_day <= ledger.calendar.today else "scheduled",
        payee.kind, payee.name, payee.account or case.applicant.account,
    )  # fmt: skip


def _commit(ledger: Ledger, case: Case, turn: _Turn) -> None:
    """Medicines by a commitment to pharmacies, now and then glasses or teeth."""
    write, hetu = ledger.files.social_assistance_commitments.number, case.applicant.hetu
    last = turn.months[-1].last
    if case.costs.medicines:
        write(hetu, turn.decided_on, "pharmacy", "Apteekit", turn.decided_on, last, "")
    if ledger.random.random() < 0.02:
        until = turn.decided_on + timedelta(days=60)
        write(hetu, turn.decided_on, "glasses", "Optikko Näkö Oy", turn.decided_on, until, "145.00")


def _call(ledger: Ledger, case: Case, first: date) -> None:
    """A call to act before a basic amount is halved; to some others too."""
    reduction, random, today = case.costs.reduction, ledger.random, ledger.calendar.today
    if reduction and reduction.ground == "call_to_act":
        given_on, state = reduction.first - timedelta(days=50), "neglected"
    elif random.random() < 0.25:
        given_on, state = first + timedelta(days=9), "complied"
    else:
        return
    due_on = given_on + timedelta(days=30)
    if not CALLS_BEGIN <= given_on <= today:
        return
    kind, benefit = random.choice(
        (("register_as_jobseeker", ""), ("apply_for_benefit", "general_housing_allowance"))
    )
    ledger.files.social_assistance_calls.number(
        case.applicant.hetu, given_on, due_on, kind, benefit, state if due_on < today else "open"
    )
