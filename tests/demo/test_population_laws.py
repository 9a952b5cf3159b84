"""What holds of a benefit in the population, whenever it is granted, to whom and for how long."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from benefits.reference import benefits
from demo.population import adults, amounts, coverage
from demo.population.calendar import Calendar, month_end
from demo.population.files import FORMAT, Files, Table
from demo.population.ledger import Ledger
from demo.population.people import Person
from demo.population.places import Places

AMOUNTS = amounts.read()
PLACES = Places(date(2026, 11, 21))
MAINLAND, ALAND = PLACES["837"], PLACES["478"]
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
TODAYS = st.dates(date(2021, 2, 1), date(2027, 6, 30))
SLUGS = st.sampled_from(sorted(AMOUNTS.terms))

type Row = dict[str, str]


def somebody() -> Person:
    born = date(1960, 5, 14)
    return Person("140560-939X", "Matti", "Malli", False, born, MAINLAND, "fi", "1234")


def played(today: date, act: str, person: Person, first: date, last: date | None) -> list[Row]:
    """The payments that a benefit, or unemployment, from a day to a day leads to."""
    ledger, paper = on_paper(today, f"{today}")
    if act == "unemployment":
        adults.unemployment(ledger, person, first, last, "labour_market_subsidy")
    else:
        ledger.spell(person, act, first, last)
    return written(paper, "payments")


def on_paper(today: date, seed: str) -> tuple[Ledger, dict[str, StringIO]]:
    """A ledger whose files are read again at once."""
    paper = {name: StringIO() for name in FORMAT}
    files = Files({name: Table(csv.writer(paper[name])) for name in FORMAT}, Path(), today)
    ledger = Ledger(files, AMOUNTS, Calendar(today), Random(seed), {})  # noqa: S311 - no secret
    return ledger, paper


def written(paper: dict[str, StringIO], name: str) -> list[Row]:
    paper[name].seek(0)
    return list(csv.DictReader(paper[name], FORMAT[name]))


def outside(rows: list[Row]) -> Iterator[Row]:
    """Payments for a time when their benefit was not there."""
    for row in rows:
        benefit = benefits()[row["benefit"]]
        first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
        if first < benefit.valid_from or (benefit.valid_to and last >= benefit.valid_to):
            yield row


@given(TODAYS, SLUGS, DAYS, st.none() | DAYS)
def test_nothing_is_paid_outside_the_validity_of_its_benefit(
    today: date, slug: str, first: date, last: date | None
) -> None:
    assert not [*outside(played(today, slug, somebody(), first, last))]


@given(TODAYS, DAYS, st.none() | DAYS)
def test_the_unemployed_are_paid_each_day_once_across_the_reform(
    today: date, first: date, last: date | None
) -> None:
    rows = played(today, "unemployment", somebody(), first, last)
    assert not [*outside(rows)]
    periods = sorted((row["first_day"], row["last_day"]) for row in rows)
    assert all(end < start for (_, end), (start, _) in pairwise(periods))


@given(DAYS, st.none() | DAYS)
def test_before_the_reform_nobody_knows_of_it(first: date, last: date | None) -> None:
    rows = played(date(2026, 3, 15), "unemployment", somebody(), first, last)
    assert {row["benefit"] for row in rows} <= {"labour_market_subsidy"}


@given(TODAYS, SLUGS, DAYS, DAYS)
def test_nothing_is_paid_for_a_time_after_the_month_of_death(
    today: date, slug: str, first: date, died_on: date
) -> None:
    person = replace(somebody(), died_on=died_on)
    ends = str(month_end(died_on))
    assert all(row["last_day"] <= ends for row in played(today, slug, person, first, None))


@given(TODAYS, SLUGS, DAYS)
def test_on_aland_only_what_kela_pays_there(today: date, slug: str, first: date) -> None:
    rows = played(today, slug, replace(somebody(), place=ALAND), first, None)
    assert benefits()[slug].on_aland or not rows


@given(TODAYS, st.integers(1000, 3000))
@example(date(2023, 1, 1), 1150)
def test_a_limit_is_reached_within_its_year_and_not_after_today(today: date, costs: int) -> None:
    ledger, paper = on_paper(today, "")
    coverage.medicine_cap(ledger, somebody(), today.year, costs)
    (row,) = written(paper, "medicine_caps")
    assert f"{today.year}-01-01" <= row["reached_on"] <= str(today)


@given(TODAYS, st.integers(0, 10_000), st.integers(0, 400))
def test_nobody_is_insured_after_their_death_or_before_they_came(
    today: date, seed: int, died_ago: int
) -> None:
    ledger, paper = on_paper(today, f"{seed}")
    died = today - timedelta(days=died_ago)
    coverage.insure(ledger, replace(somebody(), died_on=died))
    times = [(row["first_day"], row["last_day"]) for row in written(paper, "insurance")]
    assert times
    assert all(first <= last <= str(died) for first, last in times)
    assert all(last < first for (_, last), (first, _) in pairwise(times))
