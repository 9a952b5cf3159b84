"""Palaute: anybody may send it, nobody's name is kept, and Kela's admins read it."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from administration.feedback.services import forget_old
from administration.models import Feedback
from tests.acting import client_of, kela_admin, official

pytestmark = pytest.mark.django_db

TEXT = "The page of payments could tell the payee first."


def send(client: Client, text: str = TEXT) -> int:
    return client.post("/feedback/?lang=sv", {"text": text}).status_code


@pytest.mark.parametrize("client", [Client(), None], ids=["a stranger", "an official"])
def test_feedback_is_kept_without_its_sender(client: Client | None) -> None:
    answer = (client or client_of(official())).post("/feedback/?lang=sv", {"text": TEXT})
    assert answer["Location"] == "/feedback/sent/"
    kept = Feedback.objects.values("sent_on", "language", "text").get()
    assert kept == {"sent_on": date(2026, 11, 20), "language": "sv", "text": TEXT}
    columns = {field.name for field in Feedback._meta.get_fields()}  # noqa: SLF001 - Django's documented way
    assert columns == {"id", "sent_on", "language", "text"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" ", "Write your feedback."),
        ("131052-9085 is missing a payment", "Leave the personal identity code out."),
        ("x" * 2001, "2000"),
    ],
)
def test_what_is_wrong_is_told_and_the_text_stays(text: str, message: str) -> None:
    answer = Client().post("/feedback/?lang=en", {"text": text})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert text in answer.content.decode()
    assert not Feedback.objects.exists()


def test_a_day_takes_so_much_and_no_more(settings: Settings) -> None:
    settings.FEEDBACK_IN_A_DAY = 2
    assert [send(Client()) for _ in range(3)] == [302, 302, 429]
    answer = Client().post("/feedback/?lang=en", {"text": TEXT})
    assert "No more feedback is taken today." in answer.content.decode()
    assert TEXT in answer.content.decode()
    settings.KELMU_TODAY = date(2026, 11, 21)
    assert send(Client()) == 302


def test_kela_s_admins_read_it_newest_first() -> None:
    send(Client(), "First <b>this</b>.")
    send(Client(), "Then that.")
    page = client_of(kela_admin("approving")).get("/kela/feedback/").content.decode()
    assert page.index("Then that.") < page.index("First &lt;b&gt;this&lt;/b&gt;.")
    assert "20.11.2026" in page


def test_many_are_shown_by_pages() -> None:
    Feedback.objects.bulk_create(
        Feedback(sent_on=date(2026, 11, 1), language="fi", text=f"Number {number}.")
        for number in range(60)
    )
    admin = client_of(kela_admin("approving"))
    assert "Number 59." in admin.get("/kela/feedback/").content.decode()
    assert "Number 0." in admin.get("/kela/feedback/?page=2").content.decode()


def test_it_is_forgotten_after_a_year(settings: Settings) -> None:
    send(Client())
    settings.KELMU_TODAY = date(2027, 11, 20)
    forget_old()
    assert Feedback.objects.exists()
    settings.KELMU_TODAY = date(2027, 11, 21)
    forget_old()
    assert not Feedback.objects.exists()


def test_every_page_leads_to_the_form() -> None:
    assert 'href="/feedback/"' in Client().get("/support/").content.decode()
