"""Which benefit can be demanded by which law, and when: domain.md 6.2 and its dates."""

import re
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import Settings

from benefits.reference import benefits
from payment_demands.models import Demandable, Rank
from payment_demands.models import Transition as Row
from payment_demands.reference import reference
from payment_demands.states import TRANSITIONS
from payment_demands.words import Ground
from tests.acting import HELSINKI, client_of, customer, official
from tests.payment_demands.browsing import look_up

BOTH = {"social_assistance_23", "client_fees_14"}
ADVANCE_ONLY = {"social_assistance_23"}
MANDATES, PREGNANCY, YLEISTUKI = date(2021, 2, 1), date(2022, 8, 1), date(2026, 5, 1)
TODAY = date(2026, 11, 20)
DAYS = [
    *(day - timedelta(days=eve) for day in (MANDATES, PREGNANCY, YLEISTUKI) for eve in (1, 0)),
    TODAY,
]

# benefit: grounds, since when, and the first day no more; whatever is not here: none
EXPECTED: dict[str, tuple[set[str], date, date]] = {
    "national_pension": (BOTH, MANDATES, date.max),
    "guarantee_pension": (BOTH, MANDATES, date.max),
    "child_maintenance_allowance": (BOTH, MANDATES, date.max),
    "flexible_care_allowance": (BOTH, MANDATES, date.max),
    "partial_care_allowance": (BOTH, MANDATES, date.max),
    "child_benefit": (BOTH, MANDATES, date.max),
    "child_home_care_allowance": (BOTH, MANDATES, date.max),
    "pregnancy_allowance": (BOTH, PREGNANCY, date.max),
    "parental_allowance": (BOTH, MANDATES, date.max),
    "labour_market_subsidy": (BOTH, MANDATES, YLEISTUKI),
    "basic_unemployment_allowance": (BOTH, MANDATES, YLEISTUKI),
    "general_social_security_benefit": (BOTH, YLEISTUKI, date.max),
    "general_housing_allowance": (ADVANCE_ONLY, MANDATES, date.max),
    "sickness_allowance": (BOTH, MANDATES, date.max),
    "partial_sickness_allowance": (BOTH, MANDATES, date.max),
    "student_aid": (BOTH, MANDATES, date.max),
    "rehabilitation_allowance": (BOTH, MANDATES, date.max),
    "youth_rehabilitation_allowance": (BOTH, MANDATES, date.max),
}


def expected(benefit: str, on: date) -> set[str]:
    grounds, since, until = EXPECTED.get(benefit, (set(), date.max, date.max))
    return grounds if since <= on < until else set()


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_each_benefit_can_be_demanded_by_the_grounds_of_the_table(on: date) -> None:
    for benefit in benefits():
        assert reference().grounds_of(benefit, on) == expected(benefit, on), benefit


@pytest.mark.parametrize("law", sorted(BOTH))
@pytest.mark.parametrize("on", [MANDATES, PREGNANCY, YLEISTUKI, TODAY], ids=str)
def test_the_form_offers_what_can_be_demanded_now_or_could_a_year_ago(
    law: str, on: date, settings: Settings, db: None
) -> None:
    customer()
    settings.KELMU_TODAY = on
    client = client_of(official(HELSINKI))
    page = client.get(f"{look_up(client)}new/?ground={law}").content.decode()
    offered = set(re.findall(r'<option value="([a-z_]+)"', page.split('name="first"')[0]))
    year_ago = on.replace(year=on.year - 1)
    both = {day: {one for one in EXPECTED if law in expected(one, day)} for day in (year_ago, on)}
    assert offered == both[year_ago] | both[on]


@pytest.mark.parametrize(
    "never",
    ["basic_social_assistance", "adoption_grant", "private_day_care_allowance", "maternity_grant"],
)
def test_some_benefits_are_never_demanded(never: str) -> None:
    assert never not in {row.benefit for row in reference().matrix}


def test_what_can_be_demanded_is_there_to_be_paid() -> None:
    for row in reference().matrix:
        facts = benefits()[row.benefit]
        assert facts.valid_from <= row.validity.valid_from
        assert row.validity.valid_to == facts.valid_to


def test_every_row_names_its_source_or_says_that_it_is_assumed() -> None:
    told = reference()
    sources = [*(row.source for row in told.matrix), *(row.source for row in told.paper)]
    assumed = [
        *(row.assumptions for row in told.order),
        *(row.assumptions for row in told.protected),
    ]
    assert all([*sources, *assumed])


def test_care_comes_before_an_advance_and_what_is_unknown_last() -> None:
    ranks = [
        reference().rank(ground, TODAY) for ground in ("client_fees_14", "social_assistance_23")
    ]
    assert ranks == [1, 2]
    assert reference().rank("another", TODAY) == 3


def test_what_goes_on_paper_has_its_law_in_each_language_and_its_form() -> None:
    for row in reference().paper:
        assert row.form
        assert not re.search(r"luku|ja ", row.law.sv)
        assert not re.search(r"luku|ja |mom|§", row.law.en)


def test_the_database_holds_the_same_rows(db: None) -> None:
    told = {
        (row.ground, row.benefit, DateRange(row.validity.valid_from, row.validity.valid_to))
        for row in reference().matrix
    }
    assert set(Demandable.objects.values_list("ground", "benefit", "validity")) == told
    assert set(Rank.objects.values_list("ground", "rank")) == {
        (Ground.CLIENT_FEES, 1),
        (Ground.SOCIAL_ASSISTANCE, 2),
    }
    assert set(Row.objects.values_list("step", "before", "after", "by")) == {
        (row.step, row.before, row.after, row.by) for row in TRANSITIONS
    }
