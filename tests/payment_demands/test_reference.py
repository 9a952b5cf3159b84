"""Which benefit can be demanded by which law, and when: domain.md 6.2 and its dates."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from benefits.reference import benefits
from payment_demands.models import Demandable, Rank
from payment_demands.models import Transition as Row
from payment_demands.reference import reference
from payment_demands.states import TRANSITIONS
from payment_demands.words import Ground

BOTH = {"social_assistance_23", "client_fees_14"}
ADVANCE_ONLY = {"social_assistance_23"}
TODAY, IN_2022, BEFORE = date(2026, 11, 20), date(2022, 3, 1), date(2021, 1, 31)

# benefit: grounds on 1.3.2022, grounds on 20.11.2026; whatever is not here: none
EXPECTED: dict[str, tuple[set[str], set[str]]] = {
    "national_pension": (BOTH, BOTH),
    "guarantee_pension": (BOTH, BOTH),
    "child_maintenance_allowance": (BOTH, BOTH),
    "flexible_care_allowance": (BOTH, BOTH),
    "partial_care_allowance": (BOTH, BOTH),
    "child_benefit": (BOTH, BOTH),
    "child_home_care_allowance": (BOTH, BOTH),
    "pregnancy_allowance": (set(), BOTH),
    "parental_allowance": (BOTH, BOTH),
    "labour_market_subsidy": (BOTH, set()),
    "basic_unemployment_allowance": (BOTH, set()),
    "general_social_security_benefit": (set(), BOTH),
    "general_housing_allowance": (ADVANCE_ONLY, ADVANCE_ONLY),
    "sickness_allowance": (BOTH, BOTH),
    "partial_sickness_allowance": (BOTH, BOTH),
    "student_aid": (BOTH, BOTH),
    "rehabilitation_allowance": (BOTH, BOTH),
    "youth_rehabilitation_allowance": (BOTH, BOTH),
}


def test_each_benefit_can_be_demanded_by_the_grounds_of_the_table() -> None:
    for benefit in benefits():
        in_2022, today = EXPECTED.get(benefit, (set(), set()))
        assert reference().grounds_of(benefit, IN_2022) == in_2022, benefit
        assert reference().grounds_of(benefit, TODAY) == today, benefit


@pytest.mark.parametrize(
    "never",
    ["basic_social_assistance", "adoption_grant", "private_day_care_allowance", "maternity_grant"],
)
def test_some_benefits_are_never_demanded(never: str) -> None:
    assert never not in {row.benefit for row in reference().matrix}


def test_yleistuki_follows_the_unemployment_benefits_from_the_first_of_may_2026() -> None:
    before, after = date(2026, 4, 30), date(2026, 5, 1)
    old, new = "labour_market_subsidy", "general_social_security_benefit"
    assert reference().grounds_of(old, before) == BOTH
    assert reference().grounds_of(old, after) == set()
    assert reference().grounds_of(new, before) == set()
    assert reference().grounds_of(new, after) == BOTH


def test_nothing_is_demanded_here_before_mandates_were_compulsory() -> None:
    assert not any(reference().grounds_of(benefit, BEFORE) for benefit in benefits())


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


def test_what_goes_on_paper_has_its_law_and_form() -> None:
    assert all(row.law and row.form for row in reference().paper)


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
