"""During a service break everything is closed but to Kela's own people, and ends by itself."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.acting import client_of, kela_admin, official
from tests.announcing import announced

pytestmark = pytest.mark.django_db

DURING = [date(2022, 12, 29), date(2022, 12, 30), date(2022, 12, 31)]
PAGES = ["/", "/guide/", "/support/", "/start/", "/rights/", "/no/such/page/", "/kela/"]


@pytest.fixture(autouse=True)
def _break_at_the_turn_of_the_year(settings: Settings) -> None:
    announced("break", "2022-12-29T00:00", "2023-01-01T00:00", days_before=14)
    settings.KELMU_TODAY = DURING[0]


def test_the_service_closes_and_opens_by_the_clock_alone(settings: Settings) -> None:
    answers = {}
    for day in [date(2022, 12, 28), *DURING, date(2023, 1, 1)]:
        settings.KELMU_TODAY = day
        answers[day.day] = Client().get("/").status_code
    assert answers == {28: 200, 29: 503, 30: 503, 31: 503, 1: 200}


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_closed(address: str) -> None:
    for client in (Client(), client_of(official())):
        answer = client.get(address, {"lang": "en"})
        assert answer.status_code == 503
        page = answer.content.decode()
        assert "Kelmu is closed for a service break" in page
        assert "29.12.2022 at 0:00 – 1.1.2023 at 0:00" in page
        assert "Data is moved to the wellbeing services counties." in page


def test_retry_after_leads_to_the_end_of_the_break(settings: Settings) -> None:
    settings.KELMU_TODAY = date(2022, 12, 31)
    assert 1 <= int(Client().get("/")["Retry-After"]) <= 24 * 60 * 60


def test_a_form_is_closed_before_its_token_is_asked_for() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/start/", {"hetu": "131052-9085"}).status_code == 503


@pytest.mark.parametrize("address", ["/rights.json", "/api/v1/anything"])
def test_an_interface_is_told_in_its_own_form(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"]
    assert answer.json()["until"] == "2023-01-01T00:00:00+02:00"


def test_a_program_that_asks_for_json_gets_it() -> None:
    answer = Client().get("/start/", headers={"accept": "application/json"})
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/health/live", "/health/ready", "/jwks.json"])
def test_machines_that_keep_the_service_up_are_answered(address: str) -> None:
    assert Client().get(address).status_code == 200


def test_the_language_can_be_chosen() -> None:
    client = Client()
    assert client.post("/language/", {"language": "sv", "next": "/"}).status_code == 302
    assert "Uppgifter överförs" in client.get("/").content.decode()


def test_kela_s_people_can_log_in() -> None:
    answer = Client().post("/kela/login/")
    assert answer.status_code == 302
    assert 'action="/kela/login/"' in Client().get("/").content.decode()


@pytest.mark.parametrize("group", ["preparing", "approving", "service_desk", "oversight"])
def test_kela_s_people_come_in_and_are_told_of_the_break(group: str) -> None:
    answer = client_of(kela_admin(group)).get("/kela/", {"lang": "en"})
    assert answer.status_code == 200
    assert "Service break 29.12.2022" in " ".join(answer.content.decode().split())


def test_an_official_can_log_out() -> None:
    assert client_of(official()).post("/logout/").status_code == 302
