"""Identification as a person sees it, from the request to the way back."""

import tomllib

import pytest

from demo.environment import CAST
from tests.suomifi_simulator.parties import AINO, Browser, RelyingParty, returned

TEXTS = {
    "fi": ("Valitse tunnistustapa", "Tunnistaudu", "Henkilötunnus", "Jatka palveluun"),
    "sv": ("Välj identifieringssätt", "Identifiera dig", "Personbeteckning", "Fortsätt till"),
    "en": ("Choose how to identify", "Identify yourself", "Personal identity code", "Continue to"),
}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_person_identifies_themselves(
    browser: Browser, kelmu: RelyingParty, language: str
) -> None:
    means, identify, hetu, go_on = TEXTS[language]
    page = kelmu.authorize(browser, ui_locales=f"{language}-FI en")
    assert means in page.text
    assert f'href="/idp/login/{page.url.rpartition("/")[2]}/person"' in page.text
    chooser = browser.get(f"{page.url}/person")
    assert identify in chooser.text
    assert chooser.text.count('type="radio"') == len(tomllib.loads(CAST.read_text())["people"])
    summary = browser.post(chooser.url, person="aino")
    for text in (hetu, AINO, "Virkailija", "Aino", go_on):
        assert text in summary.text
    back = returned(browser.post(summary.url), kelmu.redirect_uri)
    assert back.keys() == {"code", "state"}
    assert back["state"] == "the-state"


def test_the_hetu_stands_in_no_address(browser: Browser, kelmu: RelyingParty) -> None:
    page = kelmu.authorize(browser)
    summary = browser.post(f"{page.url}/person", hetu=AINO)
    assert AINO not in summary.url
    assert AINO in summary.text


def test_somebody_outside_the_cast_types_their_hetu(browser: Browser, kelmu: RelyingParty) -> None:
    page = kelmu.authorize(browser)
    browser.post(f"{page.url}/person", hetu="121287X901X")
    back = returned(browser.post(f"{page.url}/confirm"), kelmu.redirect_uri)
    claims = kelmu.verified(kelmu.redeem(back["code"]).json())
    assert claims["personal_identity_code"] == "121287X901X"
    assert claims["birthdate"] == "1987-12-12"


@pytest.mark.parametrize("form", [{}, {"person": "nobody"}, {"hetu": "140285-911X"}])
def test_nobody_is_not_identified(
    browser: Browser, kelmu: RelyingParty, form: dict[str, str]
) -> None:
    page = kelmu.authorize(browser)
    answer = browser.post(f"{page.url}/person", **form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert browser.post(f"{page.url}/confirm").status_code == 400


def test_a_person_turns_back(browser: Browser, kelmu: RelyingParty) -> None:
    page = kelmu.authorize(browser)
    back = returned(browser.get(f"{page.url}/cancel"), kelmu.redirect_uri)
    assert back == {"error": "access_denied", "state": "the-state"}
    assert browser.get(page.url).status_code == 400


def test_a_login_ends_once(browser: Browser, kelmu: RelyingParty) -> None:
    page = kelmu.authorize(browser)
    browser.post(f"{page.url}/person", person="aino")
    assert browser.post(f"{page.url}/confirm").status_code == 302
    for step in ("", "/person", "/confirm", "/cancel"):
        answer = browser.get(page.url + step)
        assert answer.status_code == 400
        assert "Location" not in answer.headers


def test_a_login_lives_ten_minutes(browser: Browser, kelmu: RelyingParty) -> None:
    page = kelmu.authorize(browser)
    kelmu.simulator.order("clock", skew=601)
    assert browser.get(page.url).status_code == 400


def test_single_sign_on_asks_nothing_for_half_an_hour(
    browser: Browser, kelmu: RelyingParty
) -> None:
    kelmu.log_in(browser)
    assert returned(kelmu.authorize(browser), kelmu.redirect_uri)["code"]
    kelmu.simulator.order("clock", skew=32 * 60 - 5)
    assert returned(kelmu.authorize(browser), kelmu.redirect_uri)["code"]
    kelmu.simulator.order("clock", skew=32 * 60 + 5)
    assert kelmu.authorize(browser).status_code == 200


def test_the_cookie_of_single_sign_on_is_kept_close(browser: Browser, kelmu: RelyingParty) -> None:
    page = kelmu.authorize(browser)
    browser.post(f"{page.url}/person", person="aino")
    cookie = browser.post(f"{page.url}/confirm").headers["Set-Cookie"]
    value, *attributes = cookie.split("; ")
    assert value.startswith("simulator_idp_sso=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/idp/", "Max-Age=1920"} <= set(attributes)


def test_a_new_login_can_be_demanded(browser: Browser, kelmu: RelyingParty) -> None:
    kelmu.log_in(browser)
    assert kelmu.authorize(browser, prompt="login").status_code == 200
    kelmu.simulator.order("clock", skew=61)
    assert kelmu.authorize(browser, max_age="60").status_code == 200
    assert returned(kelmu.authorize(browser, max_age="120"), kelmu.redirect_uri)["code"]


def test_no_login_may_be_demanded(browser: Browser, kelmu: RelyingParty) -> None:
    back = returned(kelmu.authorize(browser, prompt="none"), kelmu.redirect_uri)
    assert back == {"error": "login_required", "state": "the-state"}
    kelmu.log_in(browser)
    assert returned(kelmu.authorize(browser, prompt="none"), kelmu.redirect_uri)["code"]
