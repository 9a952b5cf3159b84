"""Pages of logging in that somebody opens without being there yet, or being past them."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.acting import client_of, official, session

pytestmark = pytest.mark.django_db


def test_whoever_is_in_is_not_asked_to_log_in() -> None:
    answer = client_of(official()).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/home/")


@pytest.mark.parametrize("path", ["/login/role/", "/login/failed/"])
def test_a_later_step_sends_a_stranger_to_the_front_page(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("office", ["", "0", "somebody's"])
def test_an_office_that_is_not_ones_own_opens_nothing(office: str) -> None:
    for client in (Client(), client_of(session(uuid4()))):
        answer = client.post("/login/role/office/", {"office": office})
        assert answer.status_code == 403
        assert client.get("/home/").headers["Location"] == "/?ended"


def test_a_fragment_leads_a_whole_page_to_the_front_when_nobody_is_in() -> None:
    answer = Client().get("/start/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/?ended"
