"""Katkot ja tiedotteet: Kela's preparing group announces breaks and news and ends them."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from kelmu.models import Announcement
from tests.acting import client_of, kela_admin, owning
from tests.announcing import announced, at

pytestmark = pytest.mark.django_db

BREAK = {
    "starts_at": "2026-12-29T18:00",
    "ends_at": "2026-12-31T12:00",
    "days_before": "14",
    "text_fi": "Kelmua päivitetään.",
    "text_sv": "Kelmu uppdateras.",
    "text_en": "Kelmu is being updated.",
}
NEWS = {name: value for name, value in BREAK.items() if name != "days_before"}
NEW_BREAK, NEW_NEWS = "/kela/announcements/break/new/", "/kela/announcements/news/new/"


@pytest.fixture
def admin() -> Client:
    client = client_of(kela_admin("preparing"))
    client.cookies["kelmu-language"] = "en"
    return client


def page(client: Client, address: str = "/kela/announcements/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rows() -> list[tuple[str, dict[str, Any]]]:
    """What the log says of announcements, oldest first."""
    with owning(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT act, details FROM audit_entry WHERE act LIKE '%announce%' ORDER BY at"
        )
        return [(act, json.loads(details)) for act, details in cursor.fetchall()]


def test_a_break_is_announced_in_finnish_time(admin: Client) -> None:
    assert admin.post(NEW_BREAK, BREAK)["Location"] == "/kela/announcements/"
    [made] = Announcement.objects.all()
    assert (made.starts_at, made.ends_at) == (at("2026-12-29T18:00"), at("2026-12-31T12:00"))
    assert "Service break 29.12.2026 at 18:00 – 31.12.2026 at 12:00" in page(admin)


def test_moments_may_be_written_as_finns_do(admin: Client) -> None:
    typed = {"starts_at": "29.12.2026 18.00", "ends_at": "31.12.2026 klo 12.00"}
    assert admin.post(NEW_BREAK, BREAK | typed).status_code == 302
    assert Announcement.objects.get().starts_at == at("2026-12-29T18:00")


def test_news_is_announced_at_once(admin: Client) -> None:
    admin.post(NEW_NEWS, NEWS | {"starts_at": "2026-11-20T00:00"})
    assert "Kelmu is being updated." in page(Client(), "/guide/?lang=en")


def test_each_change_stands_in_the_log_with_what_was_before(admin: Client) -> None:
    admin.post(NEW_BREAK, BREAK)
    number = Announcement.objects.get().pk
    admin.post(f"/kela/announcements/{number}/", BREAK | {"ends_at": "2026-12-31T15:00"})
    admin.post(f"/kela/announcements/{number}/end/")
    (first, made), (second, changed), (third, ended) = rows()
    assert [first, second, third] == ["announce", "change_announcement", "end_announcement"]
    assert made["now"]["fi"] == "Kelmua päivitetään."
    assert changed["before"]["until"] != changed["now"]["until"]
    assert ended["announcement"] == number


def test_a_break_that_is_on_ends_early(admin: Client, settings: Settings) -> None:
    settings.KELMU_TODAY = date(2026, 12, 30)
    number = announced("break", "2026-12-29T18:00", "2026-12-31T12:00").pk
    assert Client().get("/").status_code == 503
    assert "End now" in page(admin)
    admin.post(f"/kela/announcements/{number}/end/")
    assert Client().get("/").status_code == 200
    assert "Nothing is announced now, and no break is coming." in page(admin)


def test_what_is_over_cannot_be_changed(admin: Client) -> None:
    number = announced("break", "2025-12-29T18:00", "2025-12-31T12:00").pk
    for address in (f"/kela/announcements/{number}/", f"/kela/announcements/{number}/end/"):
        assert admin.post(address, BREAK).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"starts_at": ""}, "Write the day and the time."),
        ({"starts_at": "soon"}, "This is not a day with a time. Write it as 29.12.2022 18.00."),
        ({"ends_at": "2026-12-29T18:00"}, "The end is not after the beginning."),
        ({"ends_at": "2027-12-31T12:00"}, "A break lasts at most 14 days. Check the days."),
        (
            {"starts_at": "2026-11-01T00:00", "ends_at": "2026-11-02T00:00"},
            "The end has passed already.",
        ),
        ({"days_before": ""}, "Write how many days beforehand."),
        ({"days_before": "61"}, "less than or equal to 60"),
        ({"text_sv": " "}, "Write the text in each language."),
        ({"text_en": "Ask of 131052-9085."}, "Leave the personal identity code out."),
        ({"text_fi": "x" * 501}, "500"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    admin: Client, wrong: dict[str, str], message: str
) -> None:
    answer = admin.post(NEW_BREAK, BREAK | wrong)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert message in shown
    assert "Kelmua päivitetään." in shown or "text_fi" in wrong
    assert not Announcement.objects.exists()


def test_a_break_beside_another_is_refused_with_the_other_named(admin: Client) -> None:
    announced("break", "2026-12-30T00:00", "2027-01-01T00:00")
    answer = admin.post(NEW_BREAK, BREAK)
    assert answer.status_code == 422
    assert "another break at that time: 30.12.2026 at 0:00" in answer.content.decode()


def test_the_form_of_a_change_holds_what_is_announced(admin: Client) -> None:
    number = announced("break", "2026-12-29T18:00", "2026-12-31T12:00", days_before=9).pk
    shown = page(admin, f"/kela/announcements/{number}/")
    assert 'value="2026-12-29T18:00"' in shown
    assert 'value="9"' in shown


def test_others_of_kela_read_and_do_not_write(admin: Client) -> None:
    announced("break", "2026-12-29T18:00", "2026-12-31T12:00")
    approving = client_of(kela_admin("approving"))
    shown = page(approving)
    assert "/end/" not in shown
    assert "/new/" not in shown
    assert approving.post(NEW_BREAK, BREAK).status_code == 403
