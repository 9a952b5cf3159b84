"""The first question: asked by a public form or entered by Kela, examined, answered, kept."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django.fixtures import Settings

from administration.agreements.enquiries import services
from audit.models import ActKind, Entry
from organisations.models import Agreement, Enquiry
from tests.acting import PIRKANMAA
from tests.administration.agreements.kela import (
    NEW,
    Admin,
    a_new_organisation,
    approving,
    preparing,
    text_of,
)
from tests.harness import TODAY, as_owner

pytestmark = pytest.mark.django_db
ASKED = {
    "organisation_name": "Uusi vastaanottokeskus",
    "business_id": NEW,
    "legislation": "Laki kansainvälistä suojelua hakevan vastaanotosta 746/2011",
    "contact_name": "Uuno Uusi",
    "contact_email": "uuno.uusi@vastaanotto.example",
    "contact_phone": "",
}


@pytest.fixture
def anna() -> Admin:
    return preparing()


def ask(language: str = "fi", **otherwise: str) -> tuple[int, str]:
    """What the public form answers: its status, and the page or where it leads."""
    client = Client()
    client.cookies["kelmu-language"] = language
    answer = client.post("/enquiry/", ASKED | otherwise)
    return answer.status_code, str(answer.headers.get("Location", "")) or text_of(answer)


def enquiry() -> Enquiry:
    return Enquiry.objects.get()


class TestAsking:
    def test_anybody_asks_without_logging_in(self) -> None:
        assert ask(language="sv") == (302, "/enquiry/sent/")
        asked = enquiry()
        assert asked.organisation_name == "Uusi vastaanottokeskus"
        assert (asked.channel, asked.language) == ("form", "sv")
        assert asked.received_on == TODAY

    def test_the_form_asks_the_two_questions(self) -> None:
        page = text_of(Client().get("/enquiry/?lang=en"))
        assert "Which organisation do you represent?" in page
        assert "By which legislation does it have a right to get data" in page

    @pytest.mark.parametrize("field", ["organisation_name", "legislation", "contact_email"])
    def test_what_is_missing_is_said_and_the_rest_kept(self, field: str) -> None:
        status, page = ask(**{field: ""})
        assert status == 422
        assert ASKED["contact_name"] in page
        assert not Enquiry.objects.exists()

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("business_id", "1234567-8"),
            ("contact_email", "ei osoite"),
            ("legislation", "Asiakkaani on 131052-9085"),
            ("legislation", "x" * 2001),
            ("organisation_name", "x" * 121),
        ],
    )
    def test_what_is_wrong_is_not_taken(self, field: str, typed: str) -> None:
        assert ask(**{field: typed})[0] == 422
        assert not Enquiry.objects.exists()

    def test_one_address_asks_five_times_a_day(self) -> None:
        for _ in range(5):
            assert ask()[0] == 302
        status, page = ask(language="en")
        assert status == 429
        assert "No more enquiries are taken today" in page
        assert "746/2011" in page
        assert ask(contact_email="toinen@vastaanotto.example")[0] == 302

    def test_all_together_are_taken_so_many_in_a_day(self, settings: Settings) -> None:
        settings.ENQUIRIES_IN_A_DAY = 1
        ask()
        assert ask(contact_email="toinen@vastaanotto.example")[0] == 429

    def test_a_form_of_another_site_is_refused(self) -> None:
        assert Client(enforce_csrf_checks=True).post("/enquiry/", ASKED).status_code == 403

    def test_it_is_in_the_log_without_what_was_written(self) -> None:
        ask()
        with as_owner():
            row = Entry.objects.get(act=ActKind.RECEIVE_ENQUIRY)
        assert row.details == {"enquiry": enquiry().pk}


class TestEntering:
    def test_preparing_enters_what_came_by_email(self, anna: Admin) -> None:
        answer = anna.send("/kela/enquiries/new/", **ASKED, language="sv", received_on=TODAY)
        assert answer.status_code == 302
        assert (enquiry().channel, enquiry().language) == ("email", "sv")

    def test_a_coming_day_is_refused(self, anna: Admin) -> None:
        answer = anna.send("/kela/enquiries/new/", **ASKED, language="fi", received_on="2026-12-24")
        assert answer.status_code == 422

    def test_approving_does_not(self) -> None:
        assert approving().send("/kela/enquiries/new/", **ASKED).status_code == 403


class TestExamining:
    def test_a_right_begins_an_agreement(self, anna: Admin) -> None:
        ask()
        a_new_organisation()
        address = f"/kela/enquiries/{enquiry().pk}/"
        assert NEW in anna.get(address)  # ready on the form
        answer = anna.send(address, answer="right", organisation=NEW, answer_text="Oikeus on.")
        agreement = Agreement.objects.get(enquiry=enquiry())
        assert answer["Location"] == f"/kela/agreements/{agreement.pk}/"
        assert agreement.organisation.business_id == NEW
        assert agreement.step == "right_examined"

    def test_no_right_means_no_agreement_and_the_other_ways_are_named(self, anna: Admin) -> None:
        ask()
        address = f"/kela/enquiries/{enquiry().pk}/"
        usual = services.usual_answers("fi")["no_right"]
        for way in ("Y100", "viranomaislinja", "tulorekister"):
            assert way in usual.lower() or way in usual
        anna.send(address, answer="no_right", organisation="", answer_text=usual)
        assert not Agreement.objects.filter(enquiry=enquiry()).exists()
        assert "Y100" in anna.get(address)
        assert enquiry().answered_by == anna.right.subject

    @pytest.mark.parametrize(
        ("language", "word"), [("fi", "suostumus"), ("sv", "samtycke"), ("en", "consent")]
    )
    def test_the_answer_prints_in_the_language_of_the_enquiry(
        self, anna: Admin, language: str, word: str
    ) -> None:
        ask(language=language)
        address = f"/kela/enquiries/{enquiry().pk}/"
        usual = services.usual_answers(language)["no_right"]
        anna.send(address, answer="no_right", organisation="", answer_text=usual)
        page = anna.get(f"{address}answer/")
        assert f'<html lang="{language}">' in page
        assert word.lower() in page.lower()

    def test_an_enquiry_is_answered_once(self, anna: Admin) -> None:
        ask()
        services.answer(anna.right, enquiry().pk, "no_right", None, "Ei.")
        with pytest.raises(ValidationError):
            services.answer(anna.right, enquiry().pk, "no_right", None, "Ei.")

    def test_a_right_without_a_known_organisation_is_not_taken(self, anna: Admin) -> None:
        ask()
        address = f"/kela/enquiries/{enquiry().pk}/"
        for business_id in ("", NEW):
            answer = anna.send(
                address, answer="right", organisation=business_id, answer_text="Oikeus on."
            )
            assert answer.status_code == 422
            assert "Oikeus on." in text_of(answer)
        assert enquiry().answer == ""

    def test_another_organisation_than_asked_is_ticked_first(self, anna: Admin) -> None:
        ask()
        address = f"/kela/enquiries/{enquiry().pk}/"
        typed = {"answer": "right", "organisation": PIRKANMAA, "answer_text": "Oikeus on."}
        page = text_of(anna.send(address, **typed))
        assert f"The enquiry names {NEW}, which is another organisation." in page
        assert f"Pirkanmaan hyvinvointialue, {PIRKANMAA}" in page
        assert enquiry().answer == ""
        assert anna.send(address, **typed, is_other="on").status_code == 302
        assert Agreement.objects.get(enquiry=enquiry()).organisation.business_id == PIRKANMAA

    def test_only_preparing_answers(self) -> None:
        ask()
        address = f"/kela/enquiries/{enquiry().pk}/"
        answer = approving().send(address, answer="no_right", answer_text="Ei.")
        assert answer.status_code == 403
        assert "waits for an answer of the preparing group" in approving().get(address)

    def test_the_unanswered_come_first(self, anna: Admin) -> None:
        ask()
        services.answer(anna.right, enquiry().pk, "no_right", None, "Ei.")
        ask(organisation_name="Toinen", contact_email="b@example.fi")
        page = anna.get("/kela/enquiries/")
        assert page.index("Toinen") < page.index("Uusi vastaanottokeskus")
