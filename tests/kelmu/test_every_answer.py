"""What every answer carries: the browser's policies, an id, a language, and no way into a cache."""

from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from tests.acting import client_of, official

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kelmu.addresses")]

ANSWERS = {
    "page": ("/guide/", 200),
    "health": ("/health/live", 200),
    "JSON": ("/jwks.json", 200),
    "redirect": ("/elsewhere/", 302),
    "login needed": ("/start/", 302),
    "refusal": ("/silent/", 403),
    "bad request": ("/suspicious/", 400),
    "not found": ("/nowhere/", 404),
    "failure": ("/broken/", 500),
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self' http://localhost:8001",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def assert_guarded(answer: HttpResponseBase) -> None:
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert UUID(answer["X-Request-Id"]).version == 4


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("address", "status"), ANSWERS.values(), ids=ANSWERS)
def test_it_is_guarded(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert_guarded(answer)


def test_a_refused_form_is_guarded() -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/")
    assert answer.status_code == 403
    assert_guarded(answer)


def test_a_page_of_an_official_is_guarded() -> None:
    answer = client_of(official()).get("/start/")
    assert answer.status_code == 200
    assert_guarded(answer)


def test_an_answer_to_a_wrong_host_is_guarded(client: Client) -> None:
    answer = client.get("/guide/", headers={"host": "kelmu.example.com"})
    assert answer.status_code == 400
    assert_guarded(answer)


@pytest.mark.parametrize(("address", "status"), ANSWERS.values(), ids=ANSWERS)
def test_an_error_page_tells_nothing_of_its_cause(
    client: Client, address: str, status: int
) -> None:
    page = client.get(address).content.decode()
    for word in ("ZeroDivision", "131052", "Traceback"):
        assert word not in page


@pytest.mark.parametrize("address", ["/nowhere/", "/broken/", "/suspicious/", "/silent/"])
def test_an_error_page_names_its_request(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["X-Request-Id"] in answer.content.decode()


def test_each_request_has_an_id_of_our_own_making(client: Client) -> None:
    given = "11111111-1111-4111-8111-111111111111"
    ids = {client.get("/guide/", headers={"x-request-id": given})["X-Request-Id"] for _ in "123"}
    assert len(ids) == 3
    assert given not in ids


def test_pages_are_finnish_whatever_the_browser_asks_for(client: Client) -> None:
    answer = client.get("/guide/", headers={"accept-language": "sv,en;q=0.8"})
    assert answer["Content-Language"] == "fi"
    assert b'<html lang="fi"' in answer.content


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_language_can_be_named_in_the_address(client: Client, language: str) -> None:
    answer = client.get(f"/guide/?lang={language}")
    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"'.encode() in answer.content


@pytest.mark.parametrize("unknown", ["de", "", "fi-FI", "../sv", "<b>"])
def test_an_unknown_language_is_finnish(client: Client, unknown: str) -> None:
    answer = client.get("/guide/", {"lang": unknown})
    assert answer["Content-Language"] == "fi"


def test_a_chosen_language_stays(client: Client) -> None:
    assert client.post("/language/", {"language": "sv", "next": "/guide/"}).status_code == 302
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "sv"
    assert client.get("/guide/")["Content-Language"] == "sv"
    assert client.get("/guide/?lang=en")["Content-Language"] == "en"


def test_choosing_a_language_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/language/", {"language": "sv", "next": "https://example.com/"})
    assert answer["Location"] == "/"


def test_production_adds_transport_security(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 60, True
    plain, secure = Client().get("/guide/"), Client().get("/guide/", secure=True)
    assert plain["Location"] == "https://testserver/guide/"
    assert secure["Strict-Transport-Security"].startswith("max-age=60")
