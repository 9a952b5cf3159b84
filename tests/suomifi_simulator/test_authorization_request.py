"""What a client may ask of the provider, and what it is told when it may not."""

import pytest

from tests.suomifi_simulator.parties import Browser, RelyingParty, returned


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": ""}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"nonce": ""}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "consent"}, "invalid_request"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"request": "eyJhbGciOiJub25lIn0.e30."}, "request_not_supported"),
        ({"request_uri": "https://client.example/request"}, "request_not_supported"),
    ],
)
def test_a_wrong_request_is_told_to_the_client(
    browser: Browser, kelmu: RelyingParty, changes: dict[str, str], error: str
) -> None:
    back = returned(kelmu.authorize(browser, **changes), kelmu.redirect_uri)
    assert back == {"error": error, "state": "the-state"}


def test_a_request_without_state_is_refused(browser: Browser, kelmu: RelyingParty) -> None:
    back = returned(kelmu.authorize(browser, state=""), kelmu.redirect_uri)
    assert back == {"error": "invalid_request"}


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": ""},
        {"client_id": "unknown"},
        {"client_id": "kelmu-admin"},
        {"redirect_uri": ""},
        {"redirect_uri": "https://evil.example/login/callback"},
    ],
)
def test_an_unknown_client_or_address_gets_nobody_sent(
    browser: Browser, kelmu: RelyingParty, changes: dict[str, str]
) -> None:
    answer = kelmu.authorize(browser, **changes)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize("addition", ["/", "?a=1", "#a", "%2f", "/../callback"])
def test_the_redirect_address_must_be_exact(
    browser: Browser, kelmu: RelyingParty, addition: str
) -> None:
    answer = kelmu.authorize(browser, redirect_uri=kelmu.redirect_uri + addition)
    assert answer.status_code == 400


def test_a_parameter_given_twice_is_refused(browser: Browser, kelmu: RelyingParty) -> None:
    url = browser.get("/idp/authorize", **kelmu.request(client_id="unknown")).url
    answer = browser.get(url.replace("client_id=unknown", "client_id=kelmu&client_id=kelmu"))
    assert answer.status_code == 400


def test_a_request_may_be_posted(browser: Browser, kelmu: RelyingParty) -> None:
    answer = browser.post("/idp/authorize", **kelmu.request())
    assert "Valitse tunnistustapa" in answer.text
