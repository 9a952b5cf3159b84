"""An agreement in plain words: what comes out of its rows, and how versions differ."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.template.loader import render_to_string
from django.utils import translation

from administration.agreements.words import differences, in_words
from organisations.models import AgreementVersion
from tests.acting import HELSINKI, PIRKANMAA, TAMPERE, owning
from tests.agreeing import agree_otherwise, agreed_purposes, version_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db


def first_version(business_id: str = PIRKANMAA) -> AgreementVersion:
    return AgreementVersion.objects.filter(
        agreement__organisation__business_id=business_id
    ).earliest("validity")


def test_the_version_names_its_parties_and_its_time() -> None:
    words = in_words(version_of())
    assert words.organisation == "Pirkanmaan hyvinvointialue"
    assert words.business_id == PIRKANMAA
    assert words.number == "KELMU-2023-9900100/1"
    assert words.valid == "1.1.2023–"
    assert words.prepared == "Anna Aloittaja, 20.9.2022"
    assert words.decided == "Heikki Hyväksyjä, 20.9.2022"


def test_each_purpose_stands_once_with_its_laws_by_time() -> None:
    words = in_words(version_of())
    (other, *_rest) = words.purposes
    assert other.name == "Muut etuudet"
    assert [terms.period for terms in other.terms] == ["–31.12.2023", "1.1.2024–"]
    assert "812/2000" in other.terms[0].laws[0]
    assert "703/2023" in other.terms[1].laws[0]


def test_what_does_not_change_has_no_period() -> None:
    purposes = {purpose.slug: purpose for purpose in in_words(version_of()).purposes}
    (terms,) = purposes["social_assistance"].terms
    assert terms.period == ""
    assert terms.mandates == ("Etuustietojen katselu ja maksuvaatimusten rekisteröinti",)
    assert terms.look_back == "36 kuukautta"


def test_a_purpose_that_ends_within_the_agreement_says_when() -> None:
    with owning():
        agreed_purposes(TAMPERE).filter(
            purpose="labour_market_subsidy_list", validity__contains=TODAY
        ).update(validity=DateRange(date(2025, 1, 1), date(2026, 1, 1)))
    purposes = {one.slug: one for one in in_words(version_of(TAMPERE)).purposes}
    (terms,) = purposes["labour_market_subsidy_list"].terms
    assert terms.period == "–31.12.2025"


def test_what_the_agreement_leaves_out_is_said() -> None:
    with owning():
        agreed_purposes().filter(purpose="other_benefits").update(
            withheld_groups=["recovery"],
            withheld_benefits=["student_aid"],
            withheld_fields=["payments.payee_name"],
            look_back_months=6,
        )
    words = in_words(version_of())
    (terms, *_later) = words.purposes[0].terms
    assert terms.left_out == (
        "tietoryhmät: Perintätiedot",
        "tiedot: Maksunsaajan nimi",
        "etuudet: opintotuki",
        "6 kuukautta vanhemmat tiedot",
    )
    assert "Perintätiedot" not in terms.shows
    assert terms.look_back == "6 kuukautta"


def test_the_words_are_those_of_the_language() -> None:
    with translation.override("sv"):
        words = in_words(version_of(HELSINKI))
    assert words.organisation == "Helsingfors stad"
    assert words.ways == ("användargränssnitt, med Suomi.fi-fullmakter",)
    assert words.purposes[0].name == "Övriga förmåner"
    assert "lagen" in words.purposes[0].terms[0].laws[0]


def test_the_agreement_reads_as_a_page() -> None:
    page = render_to_string(
        "administration/agreements/_version_words.html", {"words": in_words(version_of())}
    )
    for text in ("Kansaneläkelaitos", "Pirkanmaan hyvinvointialue", "Muut etuudet", "36 kuukautta"):
        assert text in page


def test_versions_that_say_the_same_differ_in_nothing() -> None:
    before = version_of()
    agree_otherwise()
    assert differences(before, version_of()).rows == []


def test_a_change_is_said_before_and_after() -> None:
    before = version_of()
    agree_otherwise(requires_case_reference=True, terms_fi="Koekäyttö.")
    table = differences(before, version_of())
    assert table.caption == "Mikä muuttuu 19.11.2026"
    assert table.rows == [
        ("Asian viite", "ei pakollinen", "pakollinen jokaisessa haussa"),
        ("Ehdot", "–", "Koekäyttö."),
    ]


def test_a_purpose_that_is_added_or_left_out_is_said() -> None:
    before = version_of()
    agree_otherwise()
    after = version_of()
    with owning():
        agreed_purposes().filter(version_id=after.pk, purpose="typ_service").delete()
    rows = differences(before, after).rows
    assert ("TYP-palvelu", "sovittu", "–") in rows
    assert differences(after, before).rows  # and the other way round


def test_the_first_version_is_new_all_of_it() -> None:
    rows = differences(None, first_version()).rows
    assert all(before == "–" for _label, before, _after in rows)
