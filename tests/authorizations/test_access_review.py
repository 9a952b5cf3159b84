"""The authorizer's page: who has used Kelmu, with which mandates, and what is no longer needed."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from audit.models import ActKind, MandateUse
from audit.pseudonyms import subject_of
from authorizations.models import Official
from tests import acting
from tests.acting import PIRKANMAA, POHJANMAA
from tests.authorizations.reviewing import (
    AUTHORIZER,
    BENEFITS,
    COLLEAGUE,
    MATERIALS,
    NOTIFICATIONS,
    told,
    used,
)
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

NAME = "Eetu Etuuskäsittelijä"
UNUSED = "unused for 90 days"
SUPERFLUOUS = "opens nothing here today"


@pytest.fixture
def authorizer() -> Client:
    return acting.client_of(acting.official(subject=subject_of(AUTHORIZER), by_role=True))


def shown(browser: Client, **wanted: object) -> str:
    """The page in English; as it opens, or after a search."""
    address = "/access-review/?lang=en"
    page = browser.post(address, {"order": "name"} | wanted) if wanted else browser.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_page_names_who_has_used_kelmu_and_with_which_mandates(
    authorizer: Client, settings: Settings
) -> None:
    told(settings, date(2026, 9, 1), BENEFITS)
    told(settings, date(2026, 11, 1), BENEFITS, NOTIFICATIONS)
    used(settings, date(2026, 11, 3), BENEFITS)
    page = shown(authorizer)
    assert NAME in page
    assert "last used on 3.11.2026" in page
    assert "never used, first seen on 1.11.2026" in page
    assert 'data-label="First seen">1.9.2026<' in page
    assert 'data-label="Last seen">3.11.2026<' in page


def test_the_page_tells_what_the_mandates_open_together(
    authorizer: Client, settings: Settings
) -> None:
    told(settings, TODAY, NOTIFICATIONS)
    assert 'data-label="They open together">Social assistance notifications' in shown(authorizer)


@pytest.mark.parametrize(
    ("last", "is_marked"), [(date(2026, 8, 22), True), (date(2026, 8, 23), False)]
)
def test_a_mandate_unused_for_ninety_days_is_marked(
    authorizer: Client, settings: Settings, last: date, is_marked: bool
) -> None:
    told(settings, date(2026, 1, 1), BENEFITS)
    used(settings, last, BENEFITS)
    assert (UNUSED in shown(authorizer)) is is_marked


def test_a_mandate_never_used_counts_from_when_it_was_first_told(
    authorizer: Client, settings: Settings
) -> None:
    told(settings, date(2026, 8, 22), BENEFITS)
    assert UNUSED in shown(authorizer)


def test_a_search_that_found_nobody_is_a_use(authorizer: Client, settings: Settings) -> None:
    told(settings, date(2026, 1, 1), BENEFITS)
    browser = acting.client_of(acting.official(subject=subject_of(COLLEAGUE)))
    browser.post("/start/", {"purpose": "other_benefits", "hetu": acting.CUSTOMER})
    assert "last used on 20.11.2026" in shown(authorizer)


def test_a_mandate_that_opens_nothing_to_the_organisation_is_marked(
    authorizer: Client, settings: Settings
) -> None:
    told(settings, TODAY, MATERIALS)
    page = shown(authorizer)
    assert SUPERFLUOUS in page
    assert 'data-label="They open together">–<' in page


def test_a_mandate_that_suomifi_told_no_more_stays_with_a_word(
    authorizer: Client, settings: Settings
) -> None:
    told(settings, date(2026, 1, 1), BENEFITS, MATERIALS)
    told(settings, date(2026, 11, 1), BENEFITS)
    page = shown(authorizer)
    assert "not told at the latest login" in page
    assert SUPERFLUOUS not in page


def test_somebody_who_acts_by_role_has_no_mandate(authorizer: Client, settings: Settings) -> None:
    told(settings, TODAY, hetu=AUTHORIZER, name="Veikko Valtuuttaja")
    assert "none: acts by role in the agreement" in shown(authorizer)


def test_the_page_says_whom_it_cannot_know(authorizer: Client) -> None:
    page = shown(authorizer)
    assert "has never logged in is not visible here. Suomi.fi is the register" in page
    assert "Nobody who has used Kelmu for your organisation matches." in page


def test_people_are_found_by_a_part_of_the_name(authorizer: Client, settings: Settings) -> None:
    told(settings, TODAY, BENEFITS)
    assert NAME in shown(authorizer, name="ETUUSKÄS")
    assert NAME not in shown(authorizer, name="Aino")


def test_only_what_needs_attention_can_be_shown(authorizer: Client, settings: Settings) -> None:
    told(settings, TODAY, BENEFITS)
    told(settings, TODAY, MATERIALS, hetu="140285-911Y", name="Aino Ylimääräinen")
    told(settings, date(2026, 8, 1), BENEFITS, hetu="030779-922P", name="Kaisa Käyttämätön")
    page = shown(authorizer, attention="on")
    assert NAME not in page
    assert "Aino Ylimääräinen" in page
    assert "Kaisa Käyttämätön" in page


@pytest.mark.parametrize(
    ("order", "first"), [("name", "Äiti"), ("last_seen", "Örjan"), ("first_seen", "Äiti")]
)
def test_the_list_is_sorted_as_asked(
    authorizer: Client, settings: Settings, order: str, first: str
) -> None:
    told(settings, date(2026, 9, 1), BENEFITS, hetu="140285-911Y", name="Äiti Alku")
    told(settings, date(2026, 10, 1), BENEFITS, name="Örjan Öst")
    names = re.findall(r"Äiti Alku|Örjan Öst", shown(authorizer, order=order))
    assert names[0].startswith(first)


def test_a_large_organisation_is_shown_page_by_page(authorizer: Client, settings: Settings) -> None:
    organisation = acting.organisation()
    acting.entries()  # acts for the organisation
    Official.objects.bulk_create(
        Official(organisation=organisation, subject=subject_of(str(number)), name=f"N{number:03}")
        for number in range(51)
    )
    first = shown(authorizer)
    assert "Page 1 of 2" in first
    assert "N050" not in first
    second = shown(authorizer, page="2")
    assert "N050" in second
    assert "N049" not in second


def test_two_organisations_see_nothing_of_each_other(
    authorizer: Client, settings: Settings
) -> None:
    told(settings, TODAY, BENEFITS, name="Oskar Muualta", business_id=POHJANMAA)
    assert "Oskar Muualta" not in shown(authorizer)
    acting.entries(PIRKANMAA)
    assert not Official.objects.exists()
    assert not MandateUse.objects.exists()


@pytest.mark.parametrize(
    "address", ["/access-review/", "/access-review.csv", "/access-review/1/left/"]
)
def test_nobody_else_sees_the_page(address: str) -> None:
    supervisor = subject_of("090571-944L")
    for session in [
        acting.official(),
        acting.official(subject=supervisor, by_role=True),
        acting.kela_admin("oversight"),
    ]:
        assert acting.client_of(session).post(address).status_code in {403, 405}
        assert acting.client_of(session).get(address).status_code in {403, 405}


def test_an_authorizer_with_a_mandate_reviews_too() -> None:
    session = acting.official(subject=subject_of(AUTHORIZER))
    assert 'href="/access-review/"' in shown(acting.client_of(session))


def test_each_viewing_and_download_is_a_row_of_the_log(authorizer: Client) -> None:
    shown(authorizer)
    authorizer.get("/access-review.csv")
    viewing, download = acting.entries()
    assert viewing.act == ActKind.REVIEW_ACCESS
    assert download.act == ActKind.DOWNLOAD_ACCESS_REVIEW
    assert viewing.actor == download.actor == subject_of(AUTHORIZER)
    assert viewing.office == "authorizer"


def test_reviewing_is_no_use_of_a_mandate(settings: Settings) -> None:
    told(settings, date(2026, 1, 1), BENEFITS, hetu=AUTHORIZER, name="Veikko Valtuuttaja")
    browser = acting.client_of(acting.official(subject=subject_of(AUTHORIZER)))
    shown(browser)
    assert "never used" in shown(browser)


class TestDownload:
    def test_it_is_a_file_for_a_spreadsheet(self, authorizer: Client, settings: Settings) -> None:
        told(settings, date(2026, 1, 1), BENEFITS)
        answer = authorizer.get("/access-review.csv?lang=en")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"] == (
            'attachment; filename="kelmu-access-review-2026-11-20.csv"'
        )
        assert answer.content.startswith(b"\xef\xbb\xbfName;Mandate;First seen with it;")
        assert f"{NAME};" in answer.content.decode()
        assert ";1.1.2026;;unused for 90 days;" in answer.content.decode()

    @pytest.mark.parametrize("name", ["=1+1", "+358", "-1", "@SUM(A1)", "\tx"])
    def test_no_name_is_a_formula(self, authorizer: Client, settings: Settings, name: str) -> None:
        told(settings, TODAY, BENEFITS, name=name)
        assert f"\n'{name};" in authorizer.get("/access-review.csv").content.decode()

    def test_somebody_without_mandates_is_a_row_too(
        self, authorizer: Client, settings: Settings
    ) -> None:
        told(settings, TODAY, name="Veikko Valtuuttaja", hetu=AUTHORIZER)
        text = authorizer.get("/access-review.csv").content.decode()
        assert "Veikko Valtuuttaja;;;;;;20.11.2026;20.11.2026;" in text
