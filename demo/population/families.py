"""Benefits of families with children. Child benefit goes to a parent, maintenance through one."""

from datetime import date, timedelta

from demo.population.amounts import Amounts, Steps
from demo.population.calendar import next_month
from demo.population.coverage import perhaps_apply, reimbursements
from demo.population.grants import Payee
from demo.population.ledger import Ledger
from demo.population.people import Household, Person

DAY = timedelta(days=1)
CHILD_BENEFIT_UNTIL = 17
REFORM_OF_2022 = date(2022, 8, 1)


def live(ledger: Ledger, home: Household) -> None:
    """Gives a household with children what such a household is likely to have had."""
    if not home.children:
        return
    parent = next((adult for adult in home.adults if adult.woman), home.adults[0])
    child_benefit(ledger, parent, home.children, single=len(home.adults) == 1)
    for child in home.children:
        if child.birth_date > ledger.calendar.start - timedelta(days=400):
            _birth(ledger, home, parent, child)
        _child(ledger, home, parent, child)
    _care(ledger, parent, home.children)


def child_benefit(
    ledger: Ledger, parent: Person, children: list[Person], *, single: bool = False
) -> None:
    """From the month after the first birth until the youngest is 17, one sum for all children."""
    first = next_month(children[0].birth_date)
    last = next_month(children[-1].birthday(CHILD_BENEFIT_UNTIL)) - DAY
    steps = child_benefit_steps(ledger.amounts, children, first, last, single=single)
    goes_on = last > ledger.calendar.today
    last_told, ended = (None, "") if goes_on else (last, "conditions_not_met")
    ledger.spell(parent, "child_benefit", first, last_told, steps=steps, ended=ended)


def child_benefit_steps(
    amounts: Amounts, children: list[Person], first: date, last: date, *, single: bool
) -> Steps:
    """The sum from each day on which the amounts or the number of children under 17 change."""
    series = amounts.terms["child_benefit"].amount
    turns = [
        (next_month(c.birth_date), next_month(c.birthday(CHILD_BENEFIT_UNTIL))) for c in children
    ]
    days = {day for turn in turns for day in turn} | set(series.days)
    steps = []
    for day in sorted(day for day in days | {first} if first <= day <= last):
        number = sum(begins <= day < ends for begins, ends in turns)
        share = sum(amounts.child_shares[:number]) + single * number * amounts.single_parent_share
        steps.append((day, series.at(day) * share // 1000))
    return steps


def home_care(
    ledger: Ledger, parent: Person, children: list[Person], last: date | None = None
) -> None:
    """Home care allowance from ten months after the last birth until the child is three."""
    youngest = children[-1].birth_date
    third_birthday = date(youngest.year + 3, youngest.month, 1)
    small = sum(child.age(ledger.calendar.today) < 7 for child in children[:-1])
    ledger.spell(
        parent, "child_home_care_allowance", youngest + timedelta(days=305),
        last or third_birthday - DAY, per_mille=1000 + 300 * small,
    )  # fmt: skip


def _birth(ledger: Ledger, home: Household, parent: Person, child: Person) -> None:
    born, chance = child.birth_date, ledger.random.random
    if chance() < 0.85 and parent.woman:
        ledger.once(parent, "maternity_grant", born - timedelta(days=50))
    share = ledger.random.randrange(500, 1900)
    if parent.woman and born - timedelta(days=40) >= REFORM_OF_2022:
        leaves = born - timedelta(days=40)
        ledger.spell(parent, "pregnancy_allowance", leaves, born - DAY, per_mille=share)
    until = born + timedelta(days=ledger.random.randrange(150, 290))
    ledger.spell(parent, "parental_allowance", born, until, per_mille=share)
    other = next((adult for adult in home.adults if adult is not parent), None)
    if other and chance() < 0.5:
        back = until + timedelta(days=ledger.random.randrange(20, 100))
        ledger.spell(other, "parental_allowance", until, back, per_mille=share)


def _child(ledger: Ledger, home: Household, parent: Person, child: Person) -> None:
    chance, guardian = ledger.random.random, Payee("guardian", parent.name, parent.account)
    if len(home.adults) == 1 and chance() < 0.4:
        since = max(next_month(child.birth_date), date(ledger.calendar.start.year - 2, 6, 1))
        ledger.spell(
            child, "child_maintenance_allowance", since, child.birthday(18) - DAY,
            per_mille=ledger.random.choice((1000, 1000, 600)), payee=guardian,
        )  # fmt: skip
    if chance() < 0.035:
        since = max(child.birth_date, date(ledger.calendar.today.year - 3, 3, 1))
        until = child.birthday(16) - DAY
        ledger.spell(child, "disability_allowance_child", since, until, payee=guardian)
        perhaps_apply(ledger, child, "disability_allowance_child", 0.06)
    if chance() < 0.005:
        since = max(child.birth_date, date(ledger.calendar.today.year - 2, 9, 1))
        ledger.spell(child, "survivors_pension", since, child.birthday(18) - DAY, payee=guardian)
    if chance() < 0.05:
        reimbursements(ledger, child, "medicine_reimbursement", 2)


def _care(ledger: Ledger, parent: Person, children: list[Person]) -> None:
    """Who looks after the smallest. On Åland the municipalities pay for it."""
    chance, age = ledger.random.random(), children[-1].age(ledger.calendar.today)
    if parent.place.on_aland or age > 8:
        return
    youngest = children[-1].birth_date
    if chance < 0.45:
        home_care(ledger, parent, children)
    elif chance < 0.53:
        until = date(youngest.year + 3, youngest.month, 1) - DAY
        since = youngest + timedelta(days=400)
        ledger.spell(parent, "flexible_care_allowance", since, until)
    elif chance < 0.6:
        since = youngest + timedelta(days=420)
        until = date(youngest.year + 6, 7, 31)
        ledger.spell(parent, "private_day_care_allowance", since, until)
    elif chance < 0.7:
        school = date(youngest.year + 7, 8, 1)
        ledger.spell(parent, "partial_care_allowance", school, date(youngest.year + 9, 7, 31))
    if chance > 0.995:
        ledger.once(parent, "adoption_grant", ledger.calendar.today - timedelta(days=300))
    perhaps_apply(ledger, parent, "child_home_care_allowance", 0.08 if age < 2 else 0)
