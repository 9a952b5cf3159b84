"""Basic social assistance of a synthetic population adds up to the cent."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.population import amounts
from demo.population.calculation import Costs, Reduction, basic_amounts, calculate
from demo.population.calendar import Calendar
from demo.population.generate import generate
from demo.population.people import Household, Person
from demo.population.places import Place
from tests.demo.population import Generated, Row

TODAY = date(2026, 11, 21)
BENEFIT = "basic_social_assistance"
ALONE = amounts.read().terms[BENEFIT].amount
MONTH = Calendar(TODAY).months_between(TODAY, TODAY)[0]


@pytest.fixture(scope="module", params=[TODAY, date(2022, 12, 15)], ids=str)
def population(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generated:
    folder = tmp_path_factory.mktemp("population")
    generate(folder, 3000, request.param)
    return Generated(folder, request.param)


def decisions(population: Generated) -> dict[str, Row]:
    return {
        row["id"]: row
        for row in population.decisions
        if row["benefit"] == BENEFIT and row["kind"] != "recovery"
    }


def calculations(population: Generated) -> dict[tuple[str, str], list[Row]]:
    """Lines by decision and month."""
    found = defaultdict(list)
    for row in population.rows("social_assistance_calculations"):
        found[row["decision"], row["month"]].append(row)
    return found


def total(lines: list[Row]) -> Decimal:
    return sum(
        (Decimal(row["amount"]) * (-1 if row["part"] == "income" else 1) for row in lines),
        Decimal(0),
    )


def months(row: Row) -> Iterator[str]:
    """The months of a period that begins and ends with one."""
    year, month = int(row["first_day"][:4]), int(row["first_day"][5:7])
    while (day := date(year, month, 1)).isoformat() < row["last_day"]:
        yield day.isoformat()
        year, month = (year + month // 12, month % 12 + 1)


def test_every_month_of_every_decision_is_calculated(population: Generated) -> None:
    told = {(key, month) for key, row in decisions(population).items() for month in months(row)}
    assert told == {*calculations(population)}
    assert len(told) > 100


def test_the_lines_of_a_month_are_the_amount_of_the_decision(population: Generated) -> None:
    known = decisions(population)
    for (decision, _), lines in calculations(population).items():
        assert max(total(lines), Decimal(0)) == Decimal(known[decision]["amount"] or "0")


def test_income_that_suffices_is_why_a_decision_gives_nothing(population: Generated) -> None:
    known = decisions(population)
    refused = {key for key, row in known.items() if row["kind"] == "rejected"}
    assert refused
    for (decision, _), lines in calculations(population).items():
        assert (total(lines) <= 0) == (decision in refused)


def test_what_is_paid_in_a_month_is_what_was_calculated(population: Generated) -> None:
    paid: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in population.payments:
        if row["benefit"] == BENEFIT:
            paid[row["decision"], row["first_day"]] += Decimal(row["net"])
    calculated = calculations(population)
    for key, amount in paid.items():
        assert amount == total(calculated[key])
    in_the_past = {
        key
        for key, lines in calculated.items()
        if key[1] <= population.today.isoformat() and total(lines) > 0
    }
    assert in_the_past <= {*paid}


def test_income_is_what_kela_paid_in_the_month(population: Generated) -> None:
    known = decisions(population)
    paid: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in population.payments:
        if row["benefit"] in {"general_social_security_benefit", "earnings_related_allowance"}:
            paid[row["hetu"], row["paid_on"][:7]] += Decimal(row["net"])
    checked = 0
    for (decision, month), lines in calculations(population).items():
        told = {
            Decimal(row["amount"])
            for row in lines
            if row["item"] == "unemployment" and row["member"] == "1"
        }
        if month >= "2026-07-01" and told:
            assert told == {paid[known[decision]["hetu"], month[:7]]}
            checked += 1
    assert checked or population.today < date(2026, 7, 1)


def test_an_application_is_decided_or_waits_for_something(population: Generated) -> None:
    missing = {
        row["application"]
        for row in population.rows("social_assistance_attachments")
        if not row["received_on"]
    }
    for row in population.rows("social_assistance_applications"):
        assert (row["state"] == "awaiting") == (row["id"] in missing) == (not row["decision"])
    assert missing


def test_a_halved_basic_amount_was_preceded_by_a_call(tmp_path: Path) -> None:
    generate(tmp_path, 30, TODAY)
    told = Generated(tmp_path, TODAY)
    halved = [
        row for row in told.rows("social_assistance_calculations") if row["reduction"] == "50"
    ]
    calls = told.rows("social_assistance_calls")
    assert {row["reduction_ground"] for row in halved} == {"call_to_act"}
    first = min(row["month"] for row in halved)
    assert any(row["state"] == "neglected" and row["due_on"] < first for row in calls)


@pytest.mark.parametrize(
    ("item", "day", "published"),
    [
        ("living_alone", date(2022, 1, 1), "514.82"),
        ("living_alone", date(2022, 8, 1), "532.97"),
        ("living_alone", date(2023, 1, 1), "555.11"),
        ("single_parent", date(2023, 1, 1), "632.83"),
        ("living_alone", date(2024, 1, 1), "587.71"),
        ("living_alone", date(2025, 1, 1), "593.55"),
        *[
            (item, day, published)
            for item, before, after in [
                ("living_alone", "596.32", "578.43"),
                ("shared_household", "506.87", "497.45"),
                ("single_parent", "679.80", "665.19"),
                ("with_parent", "435.31", "422.25"),
                ("older_child_1", "417.42", "417.63"),
                ("older_child_2", "387.61", "388.70"),
                ("older_child_3", "357.79", "359.78"),
                ("younger_child_1", "375.68", "375.98"),
                ("younger_child_2", "345.87", "347.06"),
                ("younger_child_3", "316.05", "318.14"),
            ]
            for day, published in [(date(2026, 2, 1), before), (date(2026, 3, 1), after)]
        ],
    ],
)
def test_the_basic_amount_is_that_of_the_year(item: str, day: date, published: str) -> None:
    assert basic_amounts(ALONE)[item].at(day) == amounts.cents(published)


# --- what holds of every calculation ------------------------------------------------------------


def person(birth_date: date, income: int = 0) -> Person:
    place = Place("837", "08", "Pirkanmaa", 0.0)
    paid = [(MONTH.first, "national_pension", income)] if income else []
    return Person("", "", "", True, birth_date, place, "fi", "", paid=paid)


births = st.dates(date(2009, 1, 1), date(2026, 10, 31))
incomes = st.integers(0, 300_000)
costs = st.builds(
    Costs,
    rent=st.integers(0, 200_000),
    electricity=st.integers(0, 20_000),
    insurance=st.integers(0, 5_000),
    medicines=st.integers(0, 50_000),
)


@given(costs, st.lists(births, max_size=5), incomes)
def test_each_cent_of_income_takes_a_cent_until_nothing_is_left(
    costs: Costs, children: list[date], income: int
) -> None:
    young = [person(birth) for birth in sorted(children)]

    def result(income: int) -> int:
        home = Household([person(date(1990, 1, 1), income)], young)
        return calculate(ALONE, home, costs, MONTH).result

    assert result(income) == max(0, result(0) - income)


@given(costs, st.lists(births, max_size=5), births)
def test_a_child_more_never_means_less(costs: Costs, children: list[date], more: date) -> None:
    def result(births: list[date]) -> int:
        home = Household([person(date(1990, 1, 1))], [person(birth) for birth in sorted(births)])
        return calculate(ALONE, home, costs, MONTH).result

    assert result([*children, more]) >= result(children)


@given(costs, st.sampled_from([20, 40, 50]))
def test_a_reduction_takes_its_share_of_the_applicants_basic_amount_alone(
    costs: Costs, per_cent: int
) -> None:
    home = Household([person(date(1990, 1, 1)), person(date(1991, 1, 1))], [])
    whole = calculate(ALONE, home, costs, MONTH).result
    reduction = Reduction(MONTH.first, 1, per_cent, "refused_work")
    reduced = calculate(
        ALONE,
        home,
        Costs(costs.rent, costs.electricity, costs.insurance, costs.medicines, reduction),
        MONTH,
    ).result
    assert abs((whole - reduced) * 100 - 49745 * per_cent) <= 50
