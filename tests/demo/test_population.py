"""What holds of every synthetic population."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from stdnum.fi import hetu as standard

from benefits.reference import benefits
from demo.population.calendar import month_end
from demo.population.generate import generate
from demo.population.places import Places
from tests.demo.population import Generated, Row

TODAY = date(2026, 11, 21)
STATES = {"paid", "scheduled", "returned", "cancelled"}
NOT_PAID_ON_ALAND = {
    "basic_social_assistance",
    "labour_market_subsidy",
    "basic_unemployment_allowance",
    "general_social_security_benefit",
    "child_home_care_allowance",
    "flexible_care_allowance",
    "partial_care_allowance",
    "private_day_care_allowance",
}


@pytest.fixture(scope="module", params=[TODAY, date(2022, 12, 15)], ids=str)
def population(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generated:
    folder = tmp_path_factory.mktemp("population")
    generate(folder, 3000, request.param)
    return Generated(folder, request.param)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_wish_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        call_command("make_population", customers=60, today=TODAY, out=tmp_path / name)
    generate(tmp_path / "another day", 60, TODAY + timedelta(days=1))
    assert files(tmp_path / "first") == files(tmp_path / "second")
    assert files(tmp_path / "another day") != files(tmp_path / "first")


def test_a_population_smaller_than_its_cast_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cast alone"):
        call_command("make_population", customers=3, today=TODAY, out=tmp_path)
    assert not (tmp_path / "manifest.toml").exists()


def test_it_has_as_many_customers_as_asked(population: Generated) -> None:
    assert len(population.customers) == 3000


def test_every_identity_code_is_right_unique_and_nobodys(population: Generated) -> None:
    codes = [row["hetu"] for row in population.customers]
    codes += [code for row in population.customers for code in row["former_codes"].split()]
    assert len({*codes}) == len(codes)
    assert all(standard.is_valid(code, allow_temporary=True) for code in codes)
    assert all(900 <= int(code[7:10]) <= 999 for code in codes)


def test_an_identity_code_tells_the_date_of_birth(population: Generated) -> None:
    for row in population.customers:
        born = date.fromisoformat(row["birth_date"])
        assert f"{born:%d%m%y}" == row["hetu"][:6]
        assert (row["hetu"][6] in "-YXWVU") == (born.year < 2000)
        assert born <= population.today


def test_ages_and_places_are_those_of_finland(population: Generated) -> None:
    ages = [population.today.year - int(row["birth_date"][:4]) for row in population.customers]
    assert 0.12 < sum(age < 18 for age in ages) / 3000 < 0.26
    assert 0.17 < sum(age >= 65 for age in ages) / 3000 < 0.3
    homes = Counter(row["municipality"] for row in population.customers)
    assert homes.most_common(1)[0][0] == "091"
    swedish = sum(row["language"] == "sv" for row in population.customers)
    assert 0.02 < swedish / 3000 < 0.09


def test_everybody_lives_where_there_is_a_municipality_on_the_day(population: Generated) -> None:
    places = Places(population.today)
    at_home = [row for row in population.customers if not row["country"]]
    assert all(places[row["municipality"]] for row in at_home)
    assert {row["municipality"] for row in population.customers if row["country"]} == {""}


def test_every_row_is_about_a_customer(population: Generated) -> None:
    known = {row["hetu"] for row in population.customers}
    for path in population.folder.glob("*.csv"):
        rows = population.rows(path.stem)
        assert {row["hetu"] for row in rows if "hetu" in row} <= known


def test_a_part_of_a_row_stands_on_that_row(population: Generated) -> None:
    decisions = {row["id"] for row in population.decisions}
    for name in ("households", "calculations"):
        rows = population.rows(f"social_assistance_{name}")
        assert {row["decision"] for row in rows} <= decisions
    applications = {row["id"] for row in population.rows("social_assistance_applications")}
    attachments = population.rows("social_assistance_attachments")
    assert {row["application"] for row in attachments} <= applications


def test_a_customer_has_between_15_and_40_rows_on_average(population: Generated) -> None:
    rows = sum(len(population.rows(path.stem)) for path in population.folder.glob("*.csv"))
    assert 15 * 3000 < rows < 40 * 3000


def test_payments_follow_their_decisions(population: Generated) -> None:
    decisions = {row["id"]: row for row in population.decisions}
    for payment in population.payments:
        if not payment["decision"]:
            assert payment["benefit"] == "travel_reimbursement"
            continue
        decision = decisions[payment["decision"]]
        assert decision["kind"] in {"granted", "revised"}
        assert (payment["hetu"], payment["benefit"]) == (decision["hetu"], decision["benefit"])
        assert payment["paid_on"] >= decision["decided_on"]
        assert payment["first_day"] >= decision["first_day"]
        assert payment["last_day"] <= (decision["last_day"] or "9999")
        assert payment["last_day"] < (decision["replaced_on"] or "9999")


def test_a_decision_is_made_before_it_is_told(population: Generated) -> None:
    today = population.today.isoformat()
    assert all(row["decided_on"] <= today for row in population.decisions)


def test_payments_to_come_are_scheduled_and_the_others_made(population: Generated) -> None:
    today = population.today.isoformat()
    for row in population.payments:
        assert (row["state"] == "scheduled") == (row["paid_on"] > today)
    assert {row["state"] for row in population.payments} == STATES


def test_nobody_is_paid_on_a_weekend_or_at_christmas(population: Generated) -> None:
    days = {date.fromisoformat(row["paid_on"]) for row in population.payments}
    assert all(day.weekday() < 5 for day in days)
    assert not any((day.month, day.day) == (12, 25) for day in days)


def test_net_is_gross_without_tax_and_deductions(population: Generated) -> None:
    for row in population.payments:
        gross, tax, deductions, net = (
            Decimal(row[name]) for name in ("gross", "tax", "deductions", "net")
        )
        assert net == gross - tax - deductions
        assert min(gross, tax, deductions, net) >= 0


def test_about_four_years_are_told_and_of_one_customer_forty(population: Generated) -> None:
    days = defaultdict(list)
    for row in population.payments:
        days[row["hetu"]].append(row["paid_on"])
    first = Counter(population.today.year - int(min(paid)[:4]) for paid in days.values())
    assert {years for years in first if years > 4} == {40}
    assert first[40] == 1


def test_payments_are_scheduled_for_a_month_ahead(population: Generated) -> None:
    days = [date.fromisoformat(row["paid_on"]) for row in population.payments]
    assert timedelta(days=14) < max(days) - population.today < timedelta(days=45)


def test_every_benefit_exists_while_it_is_paid(population: Generated) -> None:
    for row in population.payments:
        benefit = benefits()[row["benefit"]]
        assert row["first_day"] >= benefit.valid_from.isoformat()
        assert row["last_day"] < str(benefit.valid_to or "9999")


def test_on_aland_there_is_nothing_that_kela_does_not_pay_there(population: Generated) -> None:
    places = Places(population.today)
    islanders = {
        row["hetu"]
        for row in population.customers
        if not row["country"] and places[row["municipality"]].on_aland
    }
    for name in ("payments", "decisions", "pending_matters"):
        rows = [row for row in population.rows(name) if row["hetu"] in islanders]
        assert not NOT_PAID_ON_ALAND & {row["benefit"] for row in rows}


def test_nothing_goes_on_after_the_month_of_death(population: Generated) -> None:
    died = {
        row["hetu"]: date.fromisoformat(row["died_on"])
        for row in population.customers
        if row["died_on"]
    }
    assert len(died) > 3
    for hetu, day in died.items():
        assert day <= population.today
        month_ends = str(month_end(day))
        assert all(row["last_day"] <= month_ends for row in population.of("payments", hetu))
        for row in population.of("decisions", hetu):
            held = row["kind"] in {"granted", "revised"} and not row["replaced_on"]
            assert not held or "" < row["last_day"] <= month_ends
        assert not population.of("pending_matters", hetu)
        assert all(row["last_day"] for row in population.of("insurance", hetu))
        assert {row["year"] for row in population.of("medicine_caps", hetu)} <= {
            str(year) for year in range(day.year + 1)
        }


def test_child_benefit_is_paid_to_a_parent_and_maintenance_through_one(
    population: Generated,
) -> None:
    born = {row["hetu"]: date.fromisoformat(row["birth_date"]) for row in population.customers}
    for row in population.payments:
        age = population.today.year - born[row["hetu"]].year
        if row["benefit"] == "child_benefit":
            assert age >= 18
            assert row["payee_kind"] in {"customer", "authority"}
        elif row["benefit"] == "child_maintenance_allowance":
            assert age <= 22
            assert row["payee_kind"] == "guardian"


def test_a_recovery_is_open_while_something_is_left(population: Generated) -> None:
    recoveries = population.rows("recoveries")
    assert recoveries
    for row in recoveries:
        assert (row["state"] in {"open", "suspended"}) == (Decimal(row["open_amount"]) > 0)
        assert Decimal(row["open_amount"]) <= Decimal(row["original_amount"])


def test_pensions_of_others_follow_each_other_and_the_last_goes_on(population: Generated) -> None:
    died = {row["hetu"]: row["died_on"] for row in population.customers}
    told = defaultdict(list)
    for row in population.rows("data_from_others"):
        told[row["hetu"], row["kind"]].append(row)
    kinds = {kind for _, kind in told}
    assert kinds == {"old_age", "disability", "survivors", "accident", "foreign"}
    for rows in told.values():
        ends = [date.fromisoformat(row["last_day"]) for row in rows[:-1]]
        assert [str(end + timedelta(days=1)) for end in ends] == [r["first_day"] for r in rows[1:]]
        assert rows[-1]["last_day"] in {"", died[rows[0]["hetu"]]}
        assert all(Decimal(row["gross"]) > 0 for row in rows)


# --- the amounts of the year, as published (domain.md 4.3 and 4.4) ------------------------------

DAILY = [  # labour market subsidy and basic unemployment allowance
    ("2022-01-01", "2022-07-31", "34.50"),
    ("2022-08-01", "2022-12-31", "35.72"),
    ("2023-01-01", "2026-04-30", "37.21"),
]
CAPS = {2022: "592.16", 2023: "592.16", 2024: "626.94", 2025: "633.17", 2026: "636.12"}
DEDUCTIBLES = {2022: "50.00", 2023: "50.00", 2024: "50.00", 2025: "70.00", 2026: "70.33"}
UNEMPLOYMENT = {
    "labour_market_subsidy",
    "basic_unemployment_allowance",
    "general_social_security_benefit",
}


def weekdays(row: Row) -> int:
    first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)


def test_unemployment_is_paid_by_the_weekday_at_the_amount_of_the_day(
    population: Generated,
) -> None:
    checked = 0
    for row in population.payments:
        if row["benefit"] in UNEMPLOYMENT:
            daily = "37.21" if row["benefit"] == "general_social_security_benefit" else ""
            for first, last, amount in DAILY:
                daily = amount if first <= row["first_day"] <= last else daily
            if daily:
                assert Decimal(row["gross"]) == Decimal(daily) * weekdays(row)
                checked += 1
    assert checked > 50


def test_the_medicine_cap_is_that_of_the_year(population: Generated) -> None:
    for row in population.rows("medicine_caps"):
        year = int(row["year"])
        if year in CAPS:
            assert row["annual_limit"] == CAPS[year]
            assert row["initial_deductible"] in {DEDUCTIBLES[year], "0.00"}
        reached = row["accrued"] == row["annual_limit"]
        assert reached == bool(row["reached_on"])
        assert row["reached_on"][:4] in {"", row["year"]}
