"""The token endpoint of e-Authorizations."""

from base64 import b64encode
from uuid import UUID

import pytest
import requests

from tests.suomifi_simulator.parties import Browser, EService


@pytest.fixture
def code(browser: Browser, e_service: EService) -> str:
    return e_service.choose(browser, e_service.register()["userId"])["code"]


def test_a_code_is_good_for_a_token(e_service: EService, code: str) -> None:
    answer = e_service.redeem(code)
    token = answer.json()
    assert UUID(token.pop("access_token")) != UUID(token.pop("refresh_token"))
    assert token == {"token_type": "bearer", "expires_in": 599, "scope": "read write trust"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_parameters_may_stand_in_the_query(e_service: EService, code: str) -> None:
    parameters = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": e_service.return_address,
    }
    answer = requests.post(
        e_service.simulator.url("/oauth/token"),
        params=parameters,
        auth=(e_service.client_id, e_service.oauth_password),
        timeout=10,
    )
    assert answer.status_code == 200


def test_a_code_works_once(e_service: EService, code: str) -> None:
    assert e_service.redeem(code).status_code == 200
    assert_invalid_grant(e_service.redeem(code))


def test_a_code_lives_a_minute(e_service: EService, code: str) -> None:
    e_service.simulator.order("clock", skew=61)
    assert_invalid_grant(e_service.redeem(code))


def test_a_code_belongs_to_its_return_address(e_service: EService, code: str) -> None:
    assert_invalid_grant(e_service.redeem(code, redirect_uri=e_service.return_address + "/"))
    assert_invalid_grant(e_service.redeem(code))


def test_a_code_dies_with_its_session(browser: Browser, e_service: EService) -> None:
    opened = e_service.register()
    code = e_service.choose(browser, opened["userId"])["code"]
    e_service.unregister(opened["sessionId"])
    assert_invalid_grant(e_service.redeem(code))


@pytest.mark.parametrize("code", ["", "nothing"])
def test_what_is_no_code_is_refused(e_service: EService, code: str) -> None:
    assert_invalid_grant(e_service.redeem(code))


def test_another_grant_is_refused(e_service: EService, code: str) -> None:
    answer = e_service.redeem(code, grant_type="refresh_token")
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Basic",
        "Basic ke1mu7d3",
        "Basic " + b64encode(b"ke1mu7d3:wrong").decode(),
        "Basic " + b64encode(b"unknown1:invented-demo-oauth-password-7a44").decode(),
        "Bearer " + b64encode(b"ke1mu7d3:invented-demo-oauth-password-7a44").decode(),
        # Form-encoded first, as RFC 6749 would have it and the Web API does not.
        "Basic " + b64encode(b"ke1mu7d3:invented%2Ddemo%2Doauth%2Dpassword%2D7a44").decode(),
    ],
)
def test_a_client_without_its_password_is_refused(
    e_service: EService, code: str, header: str | None
) -> None:
    answer = requests.post(
        e_service.simulator.url("/oauth/token"),
        data={"grant_type": "authorization_code", "code": code},
        headers={"Authorization": header} if header else {},
        timeout=10,
    )
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def assert_invalid_grant(answer: requests.Response) -> None:
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
