"""Answers that e-Authorizations should never give, and what we send it."""

import traceback
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from pytest_django.fixtures import Settings

from authorizations.suomifi import mandates
from authorizations.suomifi.errors import Reason, SuomiFiError, Unavailable
from authorizations.suomifi.mandates import Registered
from authorizations.suomifi.registration import HEADER, registration
from tests.authorizations.suomifi.servers import Asked, Server, reply, serve

HETU = "131052-9085"
GOOD = {"name": "Nokian kaupunki", "identifier": "9900103-7", "complete": True, "roles": ["TJ"]}
PENDING = Registered(session_id="s/1 ä", user_id="u", state="the-state", request_id="r-1")
CALLBACK = {"state": "the-state", "code": "the-code"}

type Bodies = dict[str, Any]
type Start = Callable[..., Server]


@pytest.fixture
def service(settings: Settings) -> Iterator[tuple[Server, Bodies]]:
    """A service whose answers are changed by the test."""
    bodies: Bodies = {
        "register": {"sessionId": "s", "userId": "u"},
        "token": {"access_token": "the-token", "expires_in": 599},
        "organizationRoles": [GOOD],
        "unregister": True,
    }

    def answer(asked: Asked) -> Any:
        return reply(next(body for step, body in bodies.items() if f"/{step}" in asked.path))

    with serve(answer) as server:
        settings.APPLICATION_ADDRESS = "https://kelmu.invalid"
        settings.SUOMIFI_MANDATES = {
            "url": f"{server.address}/",
            "client_id": "ke1mu7d3",
            "api_key": "key",
            "oauth_password": "pass word+ä%",
            "return_url": "",
        }
        yield server, bodies


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, Reason.MALFORMED),
        (None, Reason.MALFORMED),
        ([None], Reason.MALFORMED),
        ([[]], Reason.MALFORMED),
        ([], Reason.NO_ORGANISATION),
        ([GOOD, GOOD], Reason.SEVERAL_ORGANISATIONS),
        ([GOOD | {"complete": False}], Reason.INCOMPLETE),
        ([GOOD | {"complete": None}], Reason.INCOMPLETE),
        ([GOOD | {"complete": 1}], Reason.INCOMPLETE),
        ([GOOD | {"complete": "true"}], Reason.INCOMPLETE),
        ([{"name": "A", "identifier": "9900103-7", "roles": []}], Reason.INCOMPLETE),
        ([GOOD | {"name": ""}], Reason.MALFORMED),
        ([GOOD | {"name": 1}], Reason.MALFORMED),
        ([GOOD | {"identifier": None}], Reason.MALFORMED),
        ([GOOD | {"identifier": "9900103-8"}], Reason.BUSINESS_ID),
        ([GOOD | {"identifier": "99001037"}], Reason.BUSINESS_ID),
        ([GOOD | {"identifier": "FI99001037"}], Reason.BUSINESS_ID),
        ([GOOD | {"roles": None}], Reason.MALFORMED),
        ([GOOD | {"roles": "TJ"}], Reason.MALFORMED),
        ([GOOD | {"roles": [1]}], Reason.MALFORMED),
    ],
)
def test_an_answer_of_another_shape_grants_nothing(
    body: Any, reason: Reason, service: tuple[Server, Bodies]
) -> None:
    server, bodies = service
    bodies["organizationRoles"] = body

    with pytest.raises(SuomiFiError) as caught:
        mandates.organisation(PENDING, CALLBACK)

    assert caught.value.reason is reason
    assert "/unregister/" in server.asked[-1].path


@pytest.mark.parametrize("body", [{}, [], {"access_token": ""}, {"access_token": 1}])
def test_no_access_token_is_malformed(body: Any, service: tuple[Server, Bodies]) -> None:
    service[1]["token"] = body

    with pytest.raises(Unavailable):
        mandates.organisation(PENDING, CALLBACK)


@pytest.mark.parametrize("body", [{}, [], {"sessionId": "s"}, {"sessionId": "", "userId": "u"}])
def test_no_session_is_malformed(body: Any, service: tuple[Server, Bodies]) -> None:
    service[1]["register"] = body

    with pytest.raises(Unavailable):
        mandates.register(HETU)


@pytest.mark.parametrize("state", [None, "", "other", "ä"])
def test_a_forged_callback_asks_for_nothing(
    state: str | None, service: tuple[Server, Bodies]
) -> None:
    parameters = {"code": "c"} | ({"state": state} if state is not None else {})

    with pytest.raises(SuomiFiError) as caught:
        mandates.organisation(PENDING, parameters)

    assert caught.value.reason is Reason.STATE
    assert ["/unregister/" in asked.path for asked in service[0].asked] == [True]


def test_every_call_is_signed_over_what_is_sent(service: tuple[Server, Bodies]) -> None:
    server, _ = service
    mandates.register(HETU)
    mandates.organisation(PENDING, CALLBACK)

    signed = [asked for asked in server.asked if asked.method == "GET"]
    assert len(signed) == 3
    for asked in signed:
        client, timestamp, _ = asked.headers[HEADER].split(" ")
        assert client == "ke1mu7d3"
        assert asked.headers[HEADER] == registration().checksum_at(asked.target, timestamp)


def test_the_code_goes_in_the_body_and_the_password_as_it_is(
    service: tuple[Server, Bodies],
) -> None:
    server, _ = service
    mandates.organisation(PENDING, CALLBACK)

    [asked] = [asked for asked in server.asked if asked.path == "/oauth/token"]
    scheme, pair = asked.headers["Authorization"].split(" ")
    assert asked.target == "/oauth/token"
    assert (scheme, b64decode(pair).decode()) == ("Basic", "ke1mu7d3:pass word+ä%")
    assert parse_qs(asked.body) == {
        "grant_type": ["authorization_code"],
        "code": ["the-code"],
        "redirect_uri": ["https://kelmu.invalid/login/mandates/callback"],
    }


def test_the_roles_are_asked_by_bearer_of_one_session(service: tuple[Server, Bodies]) -> None:
    server, _ = service
    mandates.organisation(PENDING, CALLBACK)

    [asked] = [asked for asked in server.asked if "/organizationRoles/" in asked.path]
    assert asked.headers["Authorization"] == "Bearer the-token"
    assert asked.target == "/service/ypa/api/organizationRoles/s%2F1%20%C3%A4?requestId=r-1"


def test_the_code_of_the_person_stands_in_one_address_only(
    service: tuple[Server, Bodies],
) -> None:
    server, _ = service
    mandates.register(HETU)
    mandates.organisation(PENDING, CALLBACK)

    holding = [asked.path for asked in server.asked if HETU in asked.target + asked.body]
    assert holding == [f"/service/ypa/user/register/ke1mu7d3/{HETU}"]
    assert not any(HETU in str(asked.headers) for asked in server.asked)


@pytest.mark.parametrize("body", ["<html>", {}, {"errorMessage": HETU}])
def test_a_failure_to_register_tells_nothing_of_the_person(
    body: Any, service: tuple[Server, Bodies], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    service[1]["register"] = body

    with pytest.raises(SuomiFiError) as caught:
        mandates.register(HETU)

    assert HETU not in "".join(traceback.format_exception(caught.value))
    assert HETU not in caplog.text
