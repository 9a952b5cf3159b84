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


def test_what_kela_does_not_pay_on_aland_is_marked() -> None:
    """Social assistance is the municipalities' own there, unemployment is paid by AMS and the
    care of small children by the municipalities."""
    marked = {slug for slug, facts in reference.benefits().items() if not facts.on_aland}
    assert marked == {
        *["basic_social_assistance", "labour_market_subsidy", "basic_unemployment_allowance"],
        *["general_social_security_benefit", "child_home_care_allowance"],
        *["flexible_care_allowance", "partial_care_allowance", "private_day_care_allowance"],
    }


@pytest.mark.parametrize(
    ("slug", "fi", "sv", "en"),
    [
        ("basic_social_assistance", "perustoimeentulotuki", "grundläggande utkomststöd",
         "basic social assistance"),
        ("labour_market_subsidy", "työmarkkinatuki", "arbetsmarknadsstöd",
         "labour market subsidy"),
        ("general_social_security_benefit", "yleistuki", "allmänt stöd",
         "general social security benefit"),
        ("commuting_and_relocation_allowance", "liikkuvuusavustus", "rörlighetsunderstöd",
         "commuting and relocation allowance"),
        ("general_housing_allowance", "yleinen asumistuki", "allmänt bostadsbidrag",
         "general housing allowance"),
        ("pensioners_housing_allowance", "eläkkeensaajan asumistuki",
         "bostadsbidrag för pensionstagare", "housing allowance for pensioners"),
        ("guarantee_pension", "takuueläke", "garantipension", "guarantee pension"),
        ("child_increase", "lapsikorotus", "barnförhöjning", "child increase"),
        ("pensioners_care_allowance", "eläkettä saavan hoitotuki",
         "vårdbidrag för pensionstagare", "care allowance for pensioners"),
        ("youth_rehabilitation_allowance", "nuoren kuntoutusraha",
         "rehabiliteringspenning för unga", "rehabilitation allowance for young persons"),
        ("maternity_grant", "äitiysavustus", "moderskapsunderstöd", "maternity grant"),
        ("child_maintenance_allowance", "elatustuki", "underhållsstöd",
         "child maintenance allowance"),
        ("conscripts_allowance", "sotilasavustus", "militärunderstöd", "conscript's allowance"),
    ],
)  # fmt: skip
def test_benefits_have_the_names_that_kela_uses(slug: str, fi: str, sv: str, en: str) -> None:
    names = reference.benefits()[slug].names
    assert (names.fi, names.sv, names.en) == (fi, sv, en)


def test_what_ended_or_began_lately_has_its_day() -> None:
    benefits = reference.benefits()
    begins = {slug: facts.valid_from for slug, facts in benefits.items()}
    begun = {slug: day for slug, day in begins.items() if day >= date(2017, 1, 1)}
    assert begun == {
        "basic_social_assistance": date(2017, 1, 1),
        "commuting_and_relocation_allowance": date(2017, 1, 1),
        "pregnancy_allowance": date(2022, 8, 1),
        "transition_security_allowance": date(2023, 1, 1),
        "general_social_security_benefit": date(2026, 5, 1),
    }
    ended = {slug: facts.valid_to for slug, facts in benefits.items() if facts.valid_to}
    assert ended == {
        "job_alternation_compensation": date(2025, 2, 1),
        "labour_market_subsidy": date(2026, 5, 1),
        "basic_unemployment_allowance": date(2026, 5, 1),
    }


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
