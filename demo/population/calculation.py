"""A month's calculation of basic social assistance: what the household needs and has. In cents."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from demo.population.amounts import DATA, Series, cents
from demo.population.calendar import Month
from demo.population.people import Household, Person

REFORM = date(2026, 3, 1)
CALLS_BEGIN = date(2026, 2, 1)
# Rent that is accepted at most by the number of members; near the real ones, and no more.
ACCEPTED_RENT = (72000, 86000, 98000, 108000, 118000)
INCOME = {
    "labour_market_subsidy": "unemployment",
    "basic_unemployment_allowance": "unemployment",
    "general_social_security_benefit": "unemployment",
    "earnings_related_allowance": "unemployment",
    "general_housing_allowance": "housing_allowance",
    "pensioners_housing_allowance": "housing_allowance",
    "national_pension": "pension",
    "guarantee_pension": "pension",
    "survivors_pension": "pension",
    "sickness_allowance": "daily_allowance",
    "partial_sickness_allowance": "daily_allowance",
    "rehabilitation_allowance": "daily_allowance",
    "youth_rehabilitation_allowance": "daily_allowance",
    "pregnancy_allowance": "daily_allowance",
    "parental_allowance": "daily_allowance",
    "child_benefit": "child_benefit",
    "child_home_care_allowance": "child_care",
    "flexible_care_allowance": "child_care",
    "partial_care_allowance": "child_care",
    "child_maintenance_allowance": "maintenance",
    "student_aid": "student_aid",
}  # what else Kela pays is for a cost of its own, and no income (11 §)


@dataclass(frozen=True, slots=True)
class Line:
    part: str
    item: str
    stated: int
    amount: int
    member: int | None = None
    reduction: int | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Reduction:
    """What is taken off the applicant's basic amount from a month on, and for how many."""

    first: date
    months: int
    per_cent: int
    ground: str

    def holds_in(self, month: Month) -> bool:
        passed = (month.first.year - self.first.year) * 12 + month.first.month - self.first.month
        return 0 <= passed < self.months


@dataclass(frozen=True, slots=True)
class Costs:
    """A household's costs a month, and what is known of its time with the assistance."""

    rent: int
    electricity: int
    insurance: int
    medicines: int = 0
    reduction: Reduction | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """The members who count, adults first, and the lines; the same in two months if it is equal."""

    members: tuple[str, ...]  # age groups
    lines: tuple[Line, ...]

    @property
    def result(self) -> int:
        """What the household gets: expenses less income, if that is more than nothing."""
        return max(0, sum(-x.amount if x.part == "income" else x.amount for x in self.lines))


def calculate(alone: Series, home: Household, costs: Costs, month: Month) -> Calculation:
    """The calculation of a month; `alone` is the basic amount of who lives alone."""
    children = [c for c in home.children if c.birth_date <= month.first and c.age(month.last) < 18]
    basic = _basic_amounts(alone, home, children, month)
    if costs.reduction and costs.reduction.holds_in(month):
        basic[0] = _reduced(basic[0], costs.reduction)
    incomes = _incomes([*home.adults, *children], month)
    groups = ["adult"] * len(home.adults)
    groups += ["10_to_17" if child.age(month.first) >= 10 else "under_10" for child in children]
    return Calculation(tuple(groups), (*basic, *_expenses(costs, len(groups)), *incomes))


def _basic_amounts(
    alone: Series, home: Household, children: list[Person], month: Month
) -> list[Line]:
    adults = "shared_household" if len(home.adults) > 1 else "living_alone"
    items = ["single_parent" if children and len(home.adults) == 1 else adults] * len(home.adults)
    for number, child in enumerate(children, start=1):
        age = "older" if child.age(month.first) >= 10 else "younger"
        items.append(f"{age}_child_{min(number, 3)}")
    amounts = [basic_amounts(alone)[item].at(month.first) for item in items]
    return [
        Line("basic_amount", item, amount, amount, member)
        for member, (item, amount) in enumerate(zip(items, amounts, strict=True), start=1)
    ]


def _reduced(line: Line, reduction: Reduction) -> Line:
    counted = line.stated - share(line.stated, Decimal(reduction.per_cent))
    return Line(
        line.part, line.item, line.stated, counted, line.member,
        reduction.per_cent, reduction.ground,
    )  # fmt: skip


def _expenses(costs: Costs, members: int) -> list[Line]:
    accepted = min(costs.rent, ACCEPTED_RENT[min(members, len(ACCEPTED_RENT)) - 1])
    lines = [
        Line("housing", "rent", costs.rent, accepted),
        Line("other_expense", "electricity", costs.electricity, costs.electricity),
        Line("other_expense", "home_insurance", costs.insurance, costs.insurance),
        Line("other_expense", "medicines", costs.medicines, costs.medicines),
    ]
    return [line for line in lines if line.stated]


def _incomes(members: list[Person], month: Month) -> list[Line]:
    """What Kela pays the members in the month, net."""
    sums: Counter[tuple[int, str]] = Counter()
    for number, member in enumerate(members, start=1):
        for paid_on, benefit, net in member.paid:
            if month.first <= paid_on <= month.last and benefit in INCOME:
                sums[number, INCOME[benefit]] += net
    return [Line("income", item, net, net, number) for (number, item), net in sums.items()]


@cache
def basic_amounts(alone: Series) -> dict[str, Series]:
    """Each basic amount by the days on which it changes."""
    content = tomllib.loads((DATA / "social_assistance.toml").read_text(encoding="utf-8"))
    return {item: _series(alone, fields) for item, fields in content.items()}


def _series(alone: Series, fields: dict[str, dict[str, str]]) -> Series:
    shares = sorted((date.fromisoformat(day), Decimal(s)) for day, s in fields["per_cent"].items())
    known = {
        day: share(alone.at(day), [per_cent for since, per_cent in shares if since <= day][-1])
        for day in {*alone.days, *(day for day, _ in shares)}
    }
    known |= {date.fromisoformat(day): cents(euros) for day, euros in fields["euros"].items()}
    days = sorted(known)
    return Series(tuple(days), tuple(known[day] for day in days))


def share(amount: int, per_cent: Decimal) -> int:
    """To the cent, halves upwards."""
    return int((amount * per_cent / 100).quantize(Decimal(1), ROUND_HALF_UP))
