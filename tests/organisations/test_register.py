"""The register of municipalities, against the official classifications of each year."""

import csv
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings

from kelmu.dates import valid_on
from organisations import register
from organisations.models import County, CountyMembership, Municipality
from tests.acting import owning

pytestmark = pytest.mark.django_db

OFFICIAL = settings.BASE_DIR.parent / "shared" / "municipalities.csv"  # outside the repository
YEARS = {2023: 309, 2025: 308, 2026: 308}
LANGUAGES = {
    "Monolingual Finnish-speaking municipality": "fi",
    "Bilingual municipality with Finnish-speaking majority": "fi_sv",
    "Bilingual municipality with Swedish-speaking majority": "sv_fi",
    "Monolingual Swedish-speaking municipality": "sv",
}


def official(year: int) -> Iterator[dict[str, str]]:
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row["year"] == str(year))


@pytest.mark.parametrize(("year", "count"), YEARS.items())
def test_every_municipality_of_the_year_is_there_and_no_other(year: int, count: int) -> None:
    ours = Municipality.objects.filter(valid_on(date(year, 6, 1)))
    assert {(row.code, row.name_fi, row.name_sv, row.language) for row in ours} == {
        (row["kunta"], row["name_fi"], row["name_sv"], LANGUAGES[row["language"]])
        for row in official(year)
    }
    assert ours.count() == count


@pytest.mark.parametrize("year", YEARS)
def test_each_municipality_is_served_by_its_county(year: int) -> None:
    ours = CountyMembership.objects.filter(valid_on(date(year, 6, 1)))
    assert set(ours.values_list("municipality", "county")) == {
        (row["kunta"], row["hva"]) for row in official(year)
    }


def test_every_county_has_its_names() -> None:
    ours = County.objects.values_list("code", "name_fi", "name_sv", "name_en")
    assert set(ours) == {
        (row["hva"], row["hva_fi"], row["hva_sv"], row["hva_en"]) for row in official(2026)
    }
    assert len(ours) == 23  # 21 counties, Helsinki and Åland


def test_no_county_serves_before_2023() -> None:
    assert not CountyMembership.objects.filter(valid_on(date(2022, 12, 31))).exists()


def test_a_merged_municipality_has_a_successor_that_goes_on() -> None:
    ended = Municipality.objects.exclude(validity__upper_inf=True)
    assert [row.name_fi for row in ended] == ["Pertunmaa"]
    assert all(row.successor and row.successor.validity.upper is None for row in ended)


def test_loading_again_changes_nothing() -> None:
    before = set(CountyMembership.objects.values_list("municipality", "county", "validity"))
    with owning():
        assert register.load("owner") == 309
    after = set(CountyMembership.objects.values_list("municipality", "county", "validity"))
    assert after == before


def test_what_kela_has_changed_stays_when_it_is_loaded_again() -> None:
    with owning():
        Municipality.objects.using("owner").filter(code="837").update(name_fi="Suur-Tampere")
        register.load("owner")
    assert Municipality.objects.get(code="837").name_fi == "Suur-Tampere"
