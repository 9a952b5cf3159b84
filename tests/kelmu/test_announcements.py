"""What every page tells on top: breaks beforehand and news, each reader may hide it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from kelmu import announcements
from tests.acting import client_of, official
from tests.announcing import announced

pytestmark = pytest.mark.django_db

TEXT = "Data is moved to the wellbeing services counties."
HIDE = "Hide this notice"


def shown(client: Client, address: str = "/guide/") -> str:
    return " ".join(client.get(f"{address}?lang=en").content.decode().split())


@pytest.mark.parametrize(
    ("day", "is_told"),
    [
        (date(2022, 12, 14), False),
        (date(2022, 12, 15), True),
        (date(2022, 12, 28), True),
        (date(2023, 1, 1), False),
    ],
)
def test_a_break_is_told_from_days_before(settings: Settings, day: date, is_told: bool) -> None:
    announced("break", "2022-12-29T00:00", "2023-01-01T00:00", days_before=14)
    settings.KELMU_TODAY = day
    page = shown(Client())
    assert (TEXT in page) is is_told
    assert ("Service break 29.12.2022 at 0:00 – 1.1.2023 at 0:00." in page) is is_told


def test_news_is_told_while_it_holds(settings: Settings) -> None:
    announced("news", "2026-11-20T00:00", "2026-11-21T00:00")
    assert TEXT in shown(Client())
    settings.KELMU_TODAY = date(2026, 11, 21)
    assert TEXT not in shown(Client())


def test_an_official_sees_it_too() -> None:
    announced("news", "2026-11-20T00:00", "2026-11-21T00:00")
    assert TEXT in shown(client_of(official()), "/start/")


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Tietoja siirretään"), ("sv", "Uppgifter överförs")]
)
def test_it_speaks_the_language_of_the_page(language: str, word: str) -> None:
    announced("news", "2026-11-20T00:00", "2026-11-21T00:00")
    assert word in Client().get(f"/guide/?lang={language}").content.decode()


def test_whoever_hides_it_sees_it_no_more_until_it_changes() -> None:
    client, news = Client(), announced("news", "2026-11-20T00:00", "2026-11-21T00:00")
    answer = client.post("/dismiss/", {"key": news.key, "next": "/support/"})
    assert answer["Location"] == "/support/"
    assert not answer.cookies["kelmu-dismissed"]["max-age"]
    assert TEXT not in shown(client)
    assert TEXT in shown(Client())
    news.text_en = "Moved already."
    news.save(update_fields=["text_en"])
    announcements.forget()
    assert "Moved already." in shown(client)


def test_hiding_by_htmx_leaves_the_page_as_it_is() -> None:
    answer = Client().post("/dismiss/", {"key": "1-0"}, headers={"hx-request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("address", ["https://example.com/", "//example.com/", "", "javascript:"])
def test_hiding_leads_to_no_other_site(address: str) -> None:
    assert Client().post("/dismiss/", {"key": "1-0", "next": address})["Location"] == "/"


@pytest.mark.parametrize("key", ["", "a b", "x" * 25, "<b>"])
def test_a_key_of_another_form_is_not_kept(key: str) -> None:
    assert not Client().post("/dismiss/", {"key": key}).cookies


def test_a_reader_s_list_does_not_grow_without_end() -> None:
    client = Client()
    for number in range(50):
        client.post("/dismiss/", {"key": f"key-{number}"})
    assert client.cookies["kelmu-dismissed"].value.count(".") == 19


def test_the_database_is_not_asked_by_each_request(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    announced("news", "2026-11-20T00:00", "2026-11-21T00:00")
    with django_assert_num_queries(1):
        shown(Client())
    with django_assert_num_queries(0):
        assert TEXT in shown(Client())


def test_what_was_known_holds_while_the_database_cannot_be_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced("break", "2026-11-21T00:00", "2026-11-22T00:00", days_before=1)
    assert TEXT in shown(Client())

    def fail(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", fail)
    settings.KELMU_TODAY = date(2026, 11, 21)
    assert announcements.break_now() is not None


def test_two_breaks_do_not_overlap() -> None:
    announced("break", "2026-11-21T00:00", "2026-11-22T00:00")
    with pytest.raises(IntegrityError), transaction.atomic():
        announced("break", "2026-11-21T23:00", "2026-11-23T00:00")
    announced("news", "2026-11-21T23:00", "2026-11-23T00:00")


EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
CHROME = EDGE.removesuffix(" Edg/140.0")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML) Version/18.0 Safari/605.1"
OPERA = f"{CHROME} OPR/120.0"


@pytest.mark.parametrize(
    ("browser", "is_told"),
    [(EDGE, False), (CHROME, False), (FIREFOX, False), (SAFARI, True), (OPERA, True), ("", False)],
    ids=["Edge", "Chrome", "Firefox", "Safari", "Opera", "a program"],
)
def test_a_browser_that_is_not_supported_is_told_so_and_let_in(browser: str, is_told: bool) -> None:
    client = Client(headers={"user-agent": browser})
    assert ("Kelmu is tested with Edge, Chrome and Firefox." in shown(client)) is is_told
    client.post("/dismiss/", {"key": "browser"})
    assert "Kelmu is tested with" not in shown(client)
