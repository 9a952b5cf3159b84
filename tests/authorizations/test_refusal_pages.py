"""A refusal says which part said no, by which law, not yet or no longer, and whom to ask."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import Settings

from audit.pseudonyms import subject_of
from authorizations.explaining.refused import explanation
from authorizations.refusals import EXPLANATIONS, Part, Reason, Refused
from authorizations.session_store import SessionStore
from organisations.models import AgreedPurpose, Contact
from tests.acting import (
    CUSTOMER,
    OFFICIAL,
    PIRKANMAA,
    TAMPERE,
    client_of,
    customer,
    entries,
    kela_admin,
    official,
    owning,
    right_of,
)
from tests.agreeing import agree_on, agree_otherwise, agreed_purposes, agreements_of

pytestmark = pytest.mark.django_db

AUTHORIZER = "170868-9664"
HELSINKI = "9900105-3"


def search(store: SessionStore, purpose: str, hetu: str = CUSTOMER) -> str:
    """Under a purpose that the form does not offer: by the way to another purpose of a customer."""
    client = client_of(store)
    opened = client.post("/start/", {"purpose": "other_benefits", "hetu": hetu}, secure=True)
    address = opened.headers["Location"].removesuffix("benefits/")
    return str(client.post(f"{address}purpose/", {"purpose": purpose}).content.decode())


def why_not(store: SessionStore, purpose: str) -> Any:
    return explanation(Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose), right_of(store))


def page_of(store: SessionStore, path: str = "/rights/mine/", language: str = "en") -> str:
    return client_of(store).get(f"{path}?lang={language}").content.decode()


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained_in_four_sentences_and_a_part(reason: Reason) -> None:
    told = EXPLANATIONS[reason]
    assert all([told.what, told.why, told.helps, told.ask, told.part_name])


class TestPurpose:
    def test_the_mandate_that_is_missing_is_named_with_the_law(self) -> None:
        told = why_not(official(PIRKANMAA), "front_veterans_list")
        assert told.part is Part.MANDATE
        assert "Rintamalisän saajien aineiston tarkastelu" in told.why
        assert told.laws == ("rintamasotilaseläkelaki 119/1977",)

    def test_what_the_rules_open_later_is_not_yet(self, settings: Settings) -> None:
        settings.KELMU_TODAY = date(2022, 12, 15)
        told = why_not(official(TAMPERE), "integration_benefits")
        assert told.part is Part.RULEBOOK
        assert "1.1.2023" in told.why
        assert told.laws == ("laki kotoutumisen edistämisestä 1386/2010",)

    def test_what_the_rules_closed_is_no_longer(self, settings: Settings) -> None:
        settings.KELMU_TODAY = date(2023, 1, 2)
        told = why_not(official(TAMPERE), "social_assistance")
        assert told.part is Part.RULEBOOK
        assert "1.1.2023" in told.why
        assert told.laws == ("laki toimeentulotuesta 1412/1997",)

    def test_what_the_rules_never_open_to_the_organisation_has_no_day(self) -> None:
        told = why_not(official(TAMPERE), "typ_service")
        assert told.part is Part.RULEBOOK
        assert not re.search(r"\d+\.\d+\.\d{4}", told.why)
        assert told.laws == ()

    @pytest.mark.parametrize(
        ("validity", "day"),
        [
            (DateRange(date(2027, 3, 1), None), "1.3.2027"),
            (DateRange(date(2023, 1, 1), date(2026, 3, 1)), "28.2.2026"),
            (None, ""),
        ],
    )
    def test_what_the_agreement_leaves_out_is_told_with_the_day(
        self, validity: DateRange | None, day: str
    ) -> None:
        with owning():
            agreed_purposes().filter(purpose="other_benefits").delete()
        if validity:
            agree_on("other_benefits", validity)
        told = why_not(official(PIRKANMAA), "other_benefits")
        assert told.part is Part.AGREEMENT
        assert day in told.why
        assert len(told.laws) == 2

    def test_an_open_purpose_without_the_page_says_that(self) -> None:
        told = why_not(official(PIRKANMAA), "social_assistance")
        assert told.part is Part.PAGE
        assert told.laws == ("laki toimeentulotuesta 1412/1997",)

    @pytest.mark.parametrize("purpose", ["curiosity", ""])
    def test_a_word_that_is_no_purpose_is_not_repeated(self, purpose: str) -> None:
        assert why_not(official(PIRKANMAA), purpose) == EXPLANATIONS[Reason.PURPOSE_NOT_OPEN]

    def test_the_page_names_the_authorizers_and_leads_further(self) -> None:
        customer()
        page = search(official(PIRKANMAA), "front_veterans_list")
        assert "Veikko Valtuuttaja" in page
        assert 'href="/rights/needed/?see=purposes:front_veterans_list"' in page

    def test_the_page_tells_nothing_of_the_customer(self) -> None:
        known = customer()
        page = search(official(PIRKANMAA), "front_veterans_list")
        for secret in (CUSTOMER, "Esimerkki", "Eino", str(known)):
            assert secret not in page

    def test_the_reference_number_stands_in_the_log(self) -> None:
        customer()
        page = search(official(PIRKANMAA), "front_veterans_list")
        refusal = entries()[-1]
        assert (refusal.act, refusal.details["reason"]) == ("refusal", "purpose_not_open")
        assert str(refusal.request_id) in page

    @pytest.mark.parametrize(
        ("purpose", "part"),
        [
            ("front_veterans_list", Part.MANDATE),
            ("integration_benefits", Part.RULEBOOK),
            ("social_assistance", Part.AGREEMENT),
        ],
    )
    def test_the_log_keeps_which_part_said_no(self, purpose: str, part: Part) -> None:
        with owning():
            AgreedPurpose.objects.using("owner").filter(purpose="social_assistance").delete()
        customer()
        search(official(PIRKANMAA), purpose)
        assert entries()[-1].details == {"reason": "purpose_not_open", "part": part}


class TestAgreement:
    def test_one_that_has_ended_is_told_with_its_last_day(self) -> None:
        with owning():
            agreements_of(PIRKANMAA).update(validity=DateRange(date(2023, 1, 1), date(2026, 7, 1)))
        page = page_of(official(PIRKANMAA))
        assert "Agreement with Kela" in page
        assert "30.6.2026" in page

    def test_one_that_has_not_begun_is_told_with_its_first_day(self) -> None:
        with owning():
            agreements_of(PIRKANMAA).update(validity=DateRange(date(2027, 1, 1), None))
        assert "1.1.2027" in page_of(official(PIRKANMAA))

    def test_one_that_is_not_for_the_user_interface_any_more_is_told_with_its_last_day(
        self,
    ) -> None:
        agree_otherwise(by_user_interface=False, by_technical_interface=True)
        page = page_of(official(PIRKANMAA))
        assert "No agreement between Kela and your organisation is in force" in page
        assert "no longer: ended on 18.11.2026" in page

    def test_one_that_has_never_been_in_force_has_no_day(self) -> None:
        with owning():
            agreements_of(PIRKANMAA).update(validity=None)
        page = page_of(official(PIRKANMAA))
        assert "No agreement between Kela and your organisation is in force." in page
        assert "not yet" not in page
        assert "no longer" not in page

    def test_authorizers_are_not_named_to_who_has_no_right_at_all(self) -> None:
        with owning():
            agreements_of(PIRKANMAA).update(validity=DateRange(date(2023, 1, 1), date(2026, 7, 1)))
        assert "Veikko" not in page_of(official(PIRKANMAA))


def test_a_role_that_has_ended_is_told_with_its_last_day() -> None:
    authorizer = official(PIRKANMAA, subject=subject_of(AUTHORIZER), by_role=True)
    with owning():
        Contact.objects.using("owner").filter(role="authorizer").update(
            validity=DateRange(date(2023, 1, 1), date(2026, 7, 1))
        )
    page = page_of(authorizer)
    assert "Role in the agreement" in page
    assert "30.6.2026" in page


def test_own_data_is_refused_by_the_law_on_administrative_procedure() -> None:
    customer(OFFICIAL)
    client = client_of(official(PIRKANMAA))
    answer = client.post("/start/?lang=en", {"purpose": "other_benefits", "hetu": OFFICIAL})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Own data" in page
    assert "434/2003" in page
    assert OFFICIAL not in page


def test_by_role_a_page_that_needs_a_mandate_says_so() -> None:
    authorizer = official(PIRKANMAA, subject=subject_of(AUTHORIZER), by_role=True)
    answer = client_of(authorizer).get("/start/?lang=en")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This page opens with a mandate." in page
    assert re.search(r"<dt>What said no</dt>\s*<dd>\s*Mandate", page)


def test_too_fast_is_told_as_a_matter_of_pace() -> None:
    told = explanation(Refused(Reason.PACE), right_of(official(PIRKANMAA)))
    assert told.part is Part.PACE
    assert told.status == 429


def test_every_refusal_links_to_suomifi_the_agency_and_kela() -> None:
    authorizer = official(PIRKANMAA, subject=subject_of(AUTHORIZER), by_role=True)
    page = page_of(authorizer, "/start/")
    shown = ["own_mandates", "applying", "granting", "voiding", "kela_contacts"]
    assert all(f'href="{configured.HELP_LINKS[name]}"' in page for name in shown)


def test_the_links_come_from_settings(settings: Settings) -> None:
    settings.HELP_LINKS = configured.HELP_LINKS | {"own_mandates": "https://example.fi/mandates"}
    authorizer = official(PIRKANMAA, subject=subject_of(AUTHORIZER), by_role=True)
    assert 'href="https://example.fi/mandates"' in page_of(authorizer, "/start/")


def test_a_page_that_declares_nothing_is_refused_to_anybody() -> None:
    told = explanation(Refused(Reason.UNDECLARED), None)
    assert told.part is Part.PAGE


def test_each_refusal_leaves_one_row_with_its_own_number() -> None:
    authorizer = official(PIRKANMAA, subject=subject_of(AUTHORIZER), by_role=True)
    for _ in range(2):
        page_of(authorizer, "/start/")
    numbers = [entry.request_id for entry in entries() if entry.act == "refusal"]
    assert len(set(numbers)) == 2
    assert all(isinstance(number, UUID) for number in numbers)


def test_an_action_is_refused_to_kela_too_whose_people_act_for_nobody() -> None:
    page = client_of(kela_admin("preparing")).get("/payment-demands/all/")
    assert page.status_code == 403
