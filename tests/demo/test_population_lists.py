"""The lists of a synthetic population say what Kela's would, and agree with its payments."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from demo.population.generate import generate
from demo.population.lists import _shares
from tests.demo.population import Generated, Row

TODAY = date(2026, 11, 21)
ROWS = {
    "labour_market_subsidy_invoice": "list_invoice_rows",
    "labour_market_subsidy_300_days": "list_long_unemployed_rows",
    "prolonged_unemployment_risk": "list_risk_rows",
    "child_care_allowance_recipients": "list_child_care_rows",
    "front_veterans": "list_veteran_rows",
    "treatment_abroad": "list_treatment_rows",
}
LABOUR_MARKET_SUBSIDY = "labour_market_subsidy"


@pytest.fixture(scope="module", params=[TODAY, date(2022, 12, 15)], ids=str)
def population(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generated:
    folder = tmp_path_factory.mktemp("lists")
    generate(folder, 1500, request.param)
    return Generated(folder, request.param)


def rows_of(population: Generated) -> Iterator[tuple[Row, Row]]:
    """Every row of every list, each with its publication."""
    publications = {row["id"]: row for row in population.rows("list_publications")}
    for name in ROWS.values():
        for row in population.rows(name):
            yield publications[row["publication"]], row


def test_a_publication_has_the_rows_and_the_sum_that_it_says(population: Generated) -> None:
    count, sums = Counter[str](), defaultdict[str, Decimal](Decimal)
    for publication, row in rows_of(population):
        count[publication["id"]] += 1
        sums[publication["id"]] += Decimal(row.get("amount", "0"))
        assert row["number"] == str(count[publication["id"]])
    for one in population.rows("list_publications"):
        assert int(one["rows"]) == count[one["id"]]
        if one["total"]:
            assert Decimal(one["total"]) == sums[one["id"]]


def test_nothing_is_published_before_its_day(population: Generated) -> None:
    for one in population.rows("list_publications"):
        published_on = date.fromisoformat(one["published_on"])
        assert one["first_day"] <= one["published_on"] <= population.today.isoformat()
        if one["listing"] == "front_veterans":
            assert published_on.month == 2
        elif one["listing"] == "treatment_abroad" and published_on > date(2024, 8, 15):
            assert published_on.month in {1, 7}
        elif one["listing"] not in {"treatment_abroad", "front_veterans"}:
            assert published_on > date.fromisoformat(one["last_day"])


def test_every_list_is_there_where_the_demo_looks(population: Generated) -> None:
    there = {(one["listing"], one["municipality"]) for one in population.rows("list_publications")}
    expected = {"front_veterans", "child_care_allowance_recipients", "prolonged_unemployment_risk"}
    if population.today == TODAY:
        expected = set(ROWS)
    assert {(listing, "091") for listing in expected} <= there
    assert "front_veterans" in {listing for listing, place in there if place == "837"}


def test_a_row_is_about_somebody_of_the_municipality(population: Generated) -> None:
    homes = {row["hetu"]: row["municipality"] for row in population.customers}
    for publication, row in rows_of(population):
        assert homes[row["hetu"]] == publication["municipality"]


def test_the_list_of_300_days_is_a_part_of_the_invoices(population: Generated) -> None:
    def content(row: Row) -> tuple[str, ...]:
        return tuple(value for name, value in row.items() if name not in {"publication", "number"})

    invoiced = {content(row) for row in population.rows("list_invoice_rows")}
    long = [content(row) for row in population.rows("list_long_unemployed_rows")]
    assert set(long) <= invoiced
    assert all(
        int(row["counted_days"]) >= 300 for row in population.rows("list_long_unemployed_rows")
    )
    if population.today < date(2023, 1, 1):
        assert not long


def test_what_the_municipality_pays_is_its_share(population: Generated) -> None:
    for row in population.rows("list_invoice_rows"):
        share = Decimal(row["gross"]) * int(row["share"]) / 100
        assert Decimal(row["amount"]) == share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_a_correction_follows_the_list_that_it_corrects(population: Generated) -> None:
    publications = population.rows("list_publications")
    corrected = [one for one in publications if one["version"] == "2"]
    for one in corrected:
        [first] = [
            other
            for other in publications
            if other["version"] == "1"
            and (other["listing"], other["municipality"], other["first_day"])
            == (one["listing"], one["municipality"], one["first_day"])
        ]
        assert first["published_on"] < one["published_on"]
        assert one["reason"]
    assert corrected or population.today != TODAY


# --- whose share it is: days paid by then, as the law of the time says (domain.md 5.3) ------------


def share_by_law(benefit: str, day: date, counted: int) -> int:
    """The municipality's share of the so many-th paid day, per cent."""
    if day < date(2025, 1, 1):
        if benefit != LABOUR_MARKET_SUBSIDY or counted <= 300:
            return 0
        return 50 if counted <= 1000 else 70
    steps = [(700, 50), (400, 40), (300, 30), (200, 20), (100, 10)]
    return next((share for limit, share in steps if counted > limit), 0)


@pytest.mark.parametrize(
    "benefit",
    [
        LABOUR_MARKET_SUBSIDY,
        "basic_unemployment_allowance",
        "earnings_related_allowance",
        "general_social_security_benefit",
    ],
)
@pytest.mark.parametrize("days_before", [0, 90, 100, 190, 295, 300, 395, 690, 985, 1000, 1300])
@pytest.mark.parametrize("first", [date(2024, 12, 1), date(2025, 1, 1), date(2026, 5, 1)])
def test_a_month_is_shared_day_by_day(benefit: str, days_before: int, first: date) -> None:
    since, counted = first, 0
    while counted < days_before:
        since -= timedelta(days=1)
        counted += since.weekday() < 5
    last = first + timedelta(days=29)
    expected = Counter[int]()
    for day in days(first, last + timedelta(days=1)):
        if day.weekday() < 5:
            counted += 1
            expected[share_by_law(benefit, day, counted)] += 1
    found = Counter[int]()
    for share, start, end, until, _cents in _shares(benefit, since, first, last, 80_000):
        working = [day for day in days(start, end + timedelta(days=1)) if day.weekday() < 5]
        found[share] += len(working)
        assert until >= len(working)
    assert found == Counter({share: n for share, n in expected.items() if share})


def days(first: date, until: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((until - first).days)]
