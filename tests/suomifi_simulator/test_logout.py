"""Logging out at the provider: the person is asked."""

import pytest

from tests.suomifi_simulator.parties import Browser, RelyingParty, returned


def leave(browser: Browser, kelmu: RelyingParty, **changes: str) -> dict[str, str]:
    return {
        "client_id": kelmu.client_id,
        "post_logout_redirect_uri": f"{kelmu.simulator.application}/",
        "state": "s",
    } | changes


def test_the_person_is_asked_and_comes_back(browser: Browser, kelmu: RelyingParty) -> None:
    kelmu.log_in(browser)
    page = browser.get("/idp/logout", **leave(browser, kelmu, ui_locales="sv"))
    assert "Vill du logga ut?" in page.text
    assert returned(kelmu.authorize(browser), kelmu.redirect_uri)["code"]
    back = returned(browser.post(page.url), f"{kelmu.simulator.application}/")
    assert back == {"state": "s"}
    assert kelmu.authorize(browser).status_code == 200
    assert not list(browser.session.cookies)


def test_a_token_names_the_client_as_well(browser: Browser, kelmu: RelyingParty) -> None:
    token = kelmu.redeem(kelmu.log_in(browser)["code"]).json()["id_token"]
    page = browser.post("/idp/logout", **leave(browser, kelmu, client_id="", id_token_hint=token))
    assert returned(browser.post(page.url), f"{kelmu.simulator.application}/") == {"state": "s"}


@pytest.mark.parametrize(
    "changes",
    [
        {"post_logout_redirect_uri": "https://evil.example/"},
        {"post_logout_redirect_uri": ""},
        {"client_id": "unknown"},
        {"client_id": "", "id_token_hint": "nothing"},
    ],
)
def test_without_a_registered_address_the_person_stays(
    browser: Browser, kelmu: RelyingParty, changes: dict[str, str]
) -> None:
    kelmu.log_in(browser)
    page = browser.get("/idp/logout", **leave(browser, kelmu, **changes))
    answer = browser.post(page.url)
    assert answer.status_code == 200
    assert "Olet kirjautunut ulos" in answer.text
    assert kelmu.authorize(browser).status_code == 200


def test_the_question_is_answered_once(browser: Browser, kelmu: RelyingParty) -> None:
    page = browser.get("/idp/logout", **leave(browser, kelmu))
    assert browser.post(page.url).status_code == 302
    assert browser.post(page.url).status_code == 400
