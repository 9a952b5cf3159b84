"""The pages of agreements, as Kela's admins click through them."""

import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from administration.agreements import services
from organisations.models import Agreement, AgreementVersion, Deadline
from tests.acting import client_of, official
from tests.administration.agreements.kela import (
    Admin,
    a_new_organisation,
    approved_version,
    approving,
    open_the_gates,
    preparing,
    signed,
    text_of,
)
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
HERE = "/kela/agreements/"
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def anna() -> Admin:
    return preparing()


@pytest.fixture
def heikki() -> Admin:
    return approving()


def of_pirkanmaa() -> Agreement:
    return Agreement.objects.get(number="KELMU-2023-9900100")


def ticked(page: str) -> dict[str, list[str]]:
    """The boxes that a page ticks, and its numbers, by their names."""
    boxes: dict[str, list[str]] = {}
    for box in re.findall(
        r"<input[^>]*type=\"(?:checkbox\"[^>]*checked|number\"[^>]*value=)[^>]*>", page
    ):
        name = re.search(r'name="([^"]+)"', box)
        value = re.search(r'value="([^"]+)"', box)
        if name is None:
            continue  # of the frame, sent by no form
        boxes.setdefault(name[1], []).append(value[1] if value else "on")
    return boxes


class TestList:
    def test_it_names_every_agreement_with_its_state(self, anna: Admin) -> None:
        page = anna.get(HERE)
        assert "Pirkanmaan hyvinvointialue" in page
        assert "KELMU-2021-9900106" in page
        assert ">Lapsed<" in page
        assert ">Renewed<" in page
        assert ">In force<" in page

    @pytest.mark.parametrize("typed", ["pirkanmaan hyv", "9900100-2", "KELMU-2023-9900100"])
    def test_a_search_finds_by_name_business_id_and_number(self, anna: Admin, typed: str) -> None:
        page = text_of(anna.send(HERE, text=typed))
        assert "KELMU-2023-9900100" in page
        assert "KELMU-2023-9900101" not in page

    def test_the_dashboard_links_to_a_state(self, anna: Admin) -> None:
        page = anna.client.get(f"{HERE}?state=lapsed").content.decode()
        assert "KELMU-2021-9900106" in page
        assert "KELMU-2023-9900100" not in page

    @pytest.mark.parametrize("path", [HERE, "/kela/enquiries/"])
    def test_a_list_asks_the_database_a_few_times(
        self, anna: Admin, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(7):
            anna.get(path)

    def test_an_unknown_state_is_an_error_in_words(self, anna: Admin) -> None:
        assert anna.client.get(f"{HERE}?state=lost").status_code == 422

    def test_no_identity_code_is_looked_for(self, anna: Admin) -> None:
        answer = anna.send(HERE, text="131052-9085")
        assert answer.status_code == 422


class TestAgreement:
    def test_it_reads_like_the_agreement(self, anna: Admin) -> None:
        page = anna.get(f"{HERE}{of_pirkanmaa().pk}/")
        for text in (
            "KELMU-2023-9900100",
            "Pirkanmaan hyvinvointialue, 9900100-2",
            "Other benefits",
            "703/2023",
            "user interface, with Suomi.fi mandates",
            "approved, holds since 1.1.2023",
        ):
            assert text in page

    def test_each_group_is_offered_its_own_steps(self, anna: Admin, heikki: Admin) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/"
        assert "Begin the renewal" in anna.get(address)
        assert "End the agreement" not in anna.get(address)
        assert "End the agreement" in heikki.get(address)
        for other in ("service_desk", "oversight"):
            page = Admin(other).get(address)
            assert "What can be done next" not in page
            assert "Prepare a version" not in page

    def test_a_step_is_taken_and_shown(self, anna: Admin, heikki: Admin) -> None:
        agreement = services.begin(anna.right, a_new_organisation())
        approved_version(anna, heikki, agreement)
        address = f"{HERE}{agreement.pk}/"
        answer = anna.send(f"{address}steps/sent/", **{"sent-on": TODAY, "sent-note": "Posti"})
        assert answer["Location"] == address
        page = anna.get(address)
        assert "Sent to the organisation" in page
        assert "Posti" in page
        assert "Deadlines" in page
        assert "20.12.2026" in page  # until when the organisation is to sign

    def test_what_is_wrong_is_said_and_kept(self, anna: Admin, heikki: Admin) -> None:
        agreement = services.begin(anna.right, a_new_organisation())
        approved_version(anna, heikki, agreement)
        address = f"{HERE}{agreement.pk}/steps/sent/"
        answer = anna.send(address, **{"sent-on": "joskus", "sent-note": "Posti"})
        assert answer.status_code == 422
        assert "Posti" in text_of(answer)

    def test_a_step_of_another_group_has_another_address(self, anna: Admin, heikki: Admin) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/"
        assert anna.send(f"{address}steps/ended/").status_code == 404
        assert anna.send(f"{address}approval/ended/").status_code == 403
        assert heikki.send(f"{address}steps/sent/").status_code == 403

    def test_the_day_of_use_names_its_gates(self, anna: Admin, heikki: Admin) -> None:
        agreement = signed(anna, heikki, a_new_organisation())
        page = heikki.get(f"{HERE}{agreement.pk}/")
        assert "Preview tested and accepted: <strong>is missing today</strong>" in page
        answer = heikki.send(
            f"{HERE}{agreement.pk}/approval/put_into_use/", **{"put_into_use-on": TODAY}
        )
        assert answer.status_code == 422

    def test_its_last_day_is_not_before_its_first(self, anna: Admin, heikki: Admin) -> None:
        agreement = signed(anna, heikki, a_new_organisation())
        days = {"put_into_use-on": TODAY, "put_into_use-last": TODAY - timedelta(days=1)}
        answer = heikki.send(f"{HERE}{agreement.pk}/approval/put_into_use/", **days)
        assert answer.status_code == 422
        assert "The last day is before the first." in answer.content.decode()

    def test_it_is_put_into_use_when_they_are_open(
        self, anna: Admin, heikki: Admin, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        open_the_gates(monkeypatch)
        agreement = signed(anna, heikki, a_new_organisation())
        heikki.send(f"{HERE}{agreement.pk}/approval/put_into_use/", **{"put_into_use-on": TODAY})
        assert Agreement.objects.get(pk=agreement.pk).validity.lower == TODAY

    def test_a_deadline_is_set_by_hand_and_late_in_words(self, anna: Admin, heikki: Admin) -> None:
        agreement = services.begin(anna.right, a_new_organisation())
        address = f"{HERE}{agreement.pk}/"
        answer = anna.send(f"{address}deadlines/", awaited="sent", due_on=TODAY - timedelta(days=3))
        assert answer["Location"] == address
        assert "late by 3 days" in anna.get(address)
        assert Deadline.objects.get(agreement=agreement).due_on == TODAY - timedelta(days=3)
        assert anna.send(f"{address}deadlines/", awaited="tea", due_on=TODAY).status_code == 422

    def test_a_renewal_is_begun_once(self, anna: Admin) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/renewal/"
        first = anna.send(address)
        new = Agreement.objects.get(renews=of_pirkanmaa())
        assert first["Location"] == f"{HERE}{new.pk}/"
        assert anna.send(address).status_code == 422

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_it_prints_in_finnish_and_swedish_whatever_the_language_of_the_page(
        self, anna: Admin, language: str
    ) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/print/"
        anna.client.cookies["kelmu-language"] = language
        finnish, swedish = anna.get(f"{address}fi/"), anna.get(f"{address}sv/")
        assert '<html lang="fi">' in finnish
        assert "Pirkanmaan hyvinvointialue" in finnish
        assert "Kansaneläkelaitos" in finnish
        assert "Muut etuudet" in finnish
        assert '<html lang="sv">' in swedish
        assert "Birkalands välfärdsområde" in swedish
        assert "Folkpensionsanstalten" in swedish
        assert "Övriga förmåner" in swedish

    def test_nobody_but_kela_reads_it(self) -> None:
        client = client_of(official())
        assert client.get(f"{HERE}{of_pirkanmaa().pk}/").status_code == 403


class TestEditor:
    def test_it_begins_with_what_holds(self, anna: Admin) -> None:
        boxes = ticked(anna.get(f"{HERE}{of_pirkanmaa().pk}/versions/new/"))
        assert "other_benefits" in boxes["purposes"]
        assert boxes["by_user_interface"] == ["on"]
        assert any("703/2023" in law for law in boxes["other_benefits-laws"])

    def test_it_offers_what_the_law_opens_from_the_day_on(self, anna: Admin) -> None:
        new = services.begin(anna.right, a_new_organisation())
        page = anna.get(f"{HERE}{new.pk}/versions/new/")
        assert "Other benefits" in page
        assert "Only where the agreement names it." in page
        assert "Social assistance notifications" not in page

    def test_what_is_typed_becomes_a_version(self, anna: Admin, heikki: Admin) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/versions/new/?start={TOMORROW}"
        boxes = ticked(anna.client.get(address).content.decode())
        boxes["other_benefits-groups"] = ["recovery"]
        answer = anna.client.post(
            address,
            boxes
            | {"other_benefits-months": "6", "terms_fi": "Koekäyttö.", "documents_kept_days": "30"},
        )
        version = AgreementVersion.objects.get(decision="")
        assert answer["Location"] == f"{HERE}versions/{version.pk}/"
        rows = version.purposes.filter(purpose="other_benefits")
        assert [(row.withheld_groups, row.look_back_months) for row in rows] == [(["recovery"], 6)]
        assert (version.terms_fi, version.documents_kept_days) == ("Koekäyttö.", 30)
        page = heikki.get(f"{HERE}versions/{version.pk}/")
        assert "What changes on 21.11.2026" in page
        assert "data groups: Recovery; what is older than 6 months" in page
        assert "kept for 30 days after Kela’s acknowledgement, then removed" in page
        assert "waits for approval" in page
        assert "the version takes effect on 21.11.2026 all the same" in page  # without a preview

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"purposes": ["curiosity"]}, "does not open “curiosity” to this type"),
            ({"other_benefits-laws": ["laki 1/2000"]}, "“laki 1/2000” is not a law that opens"),
            ({"other_benefits-laws": []}, "Other benefits: name the law on which it rests."),
            ({"purposes": []}, "Choose at least one purpose of use."),
            (
                {"by_user_interface": [], "by_technical_interface": []},
                "Choose the user interface, the technical one, or both.",
            ),
            ({"terms_fi": ["Asiakas 131052-9085"]}, "Leave the personal identity code out."),
            ({"other_benefits-months": ["0"]}, "greater than or equal to 1"),
            ({"documents_kept_days": ["731"]}, "less than or equal to 730"),
        ],
    )
    def test_what_is_unlawful_or_missing_is_said_and_kept(
        self, anna: Admin, changed: dict[str, list[str]], said: str
    ) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/versions/new/?start={TOMORROW}"
        boxes = ticked(anna.client.get(address).content.decode())
        answer = anna.client.post(address, boxes | {"terms_sv": "Provdrift."} | changed)
        page = text_of(answer)
        assert answer.status_code == 422
        assert said in page
        assert "Provdrift." in page
        assert not AgreementVersion.objects.filter(decision="").exists()

    def test_a_day_that_is_none_is_said(self, anna: Admin) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/versions/new/"
        assert anna.client.get(f"{address}?start=31.2.2027").status_code == 422

    def test_a_day_that_has_passed_is_said_on_the_form(self, anna: Admin) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/versions/new/?start=2026-01-01"
        boxes = ticked(anna.client.get(address).content.decode())
        assert anna.client.post(address, boxes).status_code == 422

    def test_a_draft_is_changed_as_it_was_saved(self, anna: Admin) -> None:
        address = f"{HERE}{of_pirkanmaa().pk}/versions/new/?start={TOMORROW}"
        boxes = ticked(anna.client.get(address).content.decode())
        anna.client.post(address, boxes | {"purposes": ["typ_service"], "terms_fi": "Ehto."})
        version = AgreementVersion.objects.get(decision="")
        page = anna.client.get(f"{HERE}versions/{version.pk}/change/").content.decode()
        assert ticked(page)["purposes"] == ["typ_service"]
        assert "Ehto." in page
        answer = anna.client.post(f"{HERE}versions/{version.pk}/change/", ticked(page))
        assert answer.status_code == 302


class TestDecision:
    @pytest.fixture
    def waiting(self, anna: Admin) -> AgreementVersion:
        address = f"{HERE}{of_pirkanmaa().pk}/versions/new/?start={TOMORROW}"
        anna.client.post(address, ticked(anna.client.get(address).content.decode()))
        return AgreementVersion.objects.get(decision="")

    def test_approving_decides(self, waiting: AgreementVersion, heikki: Admin) -> None:
        address = f"{HERE}versions/{waiting.pk}/"
        heikki.send(f"{address}decision/", decision="accepted")
        assert "approved, takes effect on 21.11.2026" in heikki.get(address)

    def test_preparing_does_not(self, waiting: AgreementVersion, anna: Admin) -> None:
        answer = anna.send(f"{HERE}versions/{waiting.pk}/decision/", decision="accepted")
        assert answer.status_code == 403

    def test_a_refusal_without_a_reason_is_not_taken(
        self, waiting: AgreementVersion, heikki: Admin
    ) -> None:
        address = f"{HERE}versions/{waiting.pk}/decision/"
        assert heikki.send(address, decision="refused").status_code == 422
        assert heikki.send(address, decision="maybe").status_code == 422
        assert heikki.send(address, decision="refused", note="Ei.").status_code == 302

    def test_ones_own_is_refused_in_words(self) -> None:
        both = Admin("preparing", "approving")
        address = f"{HERE}{of_pirkanmaa().pk}/versions/new/?start={TOMORROW}"
        both.client.post(address, ticked(both.client.get(address).content.decode()))
        waiting = AgreementVersion.objects.get(decision="")
        answer = both.send(f"{HERE}versions/{waiting.pk}/decision/", decision="accepted")
        assert answer.status_code == 422
        assert "You proposed this yourself" in text_of(answer)
