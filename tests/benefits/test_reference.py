"""The benefits as reference data."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from authorizations import rulebook
from benefits import reference
from benefits.models import Benefit
from tests.acting import owning


def test_the_file_has_the_benefits_that_the_rulebook_speaks_of() -> None:
    assert [*reference.benefits()] == [benefit.value for benefit in rulebook.Benefit]


def test_a_benefit_is_named_in_the_language_of_the_page() -> None:
    pension = reference.benefits()["national_pension"]
    names = []
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            names.append(pension.name)
    assert names == ["kansaneläke", "folkpension", "national pension"]


def test_the_general_benefit_begins_where_the_two_that_it_replaces_end() -> None:
    benefits = reference.benefits()
    first_day = benefits["general_social_security_benefit"].valid_from
    assert first_day == date(2026, 5, 1)
    assert benefits["labour_market_subsidy"].valid_to == first_day
    assert benefits["basic_unemployment_allowance"].valid_to == first_day


@pytest.mark.django_db
def test_the_database_mirrors_the_file() -> None:
    rows = Benefit.objects.values_list("slug", "order", "group", "name_fi", "name_sv", "name_en")
    assert [*rows] == [
        (facts.slug, facts.order, facts.group, facts.names.fi, facts.names.sv, facts.names.en)
        for facts in reference.benefits().values()
    ]
    subsidy = Benefit.objects.get(slug="labour_market_subsidy")
    assert subsidy.validity == DateRange(date(1994, 1, 1), date(2026, 5, 1))


@pytest.mark.django_db
def test_mirroring_again_mends_what_differs_and_keeps_the_rest() -> None:
    with owning():
        Benefit.objects.using("owner").filter(slug="student_aid").update(name_fi="opintoraha")
        reference.mirror("owner")
    assert Benefit.objects.get(slug="student_aid").name_fi == "opintotuki"
    assert Benefit.objects.count() == len(reference.benefits())
