"""Kela's own provider: the same protocol, other people."""

from tests.suomifi_simulator.parties import AINO, Browser, RelyingParty, returned


def test_an_official_signs_in_with_their_groups(browser: Browser, kela: RelyingParty) -> None:
    tokens = kela.redeem(kela.log_in(browser, "heikki")["code"]).json()
    claims = kela.verified(tokens)
    assert claims["sub"] == "kela-1002"
    assert claims["name"] == "Heikki Hyväksyjä"
    assert claims["groups"] == ["approving"]
    assert "personal_identity_code" not in claims


def test_the_page_lists_officials_and_asks_no_hetu(browser: Browser, kela: RelyingParty) -> None:
    page = kela.authorize(browser, ui_locales="sv")
    assert page.url.endswith("/person")
    assert "Logga in med FPA:s identifiering" in page.text
    assert page.text.count('type="radio"') == 4
    assert 'name="hetu"' not in page.text


def test_nobody_of_suomi_fi_signs_in_at_kela(browser: Browser, kela: RelyingParty) -> None:
    page = kela.authorize(browser)
    assert browser.post(page.url, person="aino", hetu=AINO).status_code == 400


def test_signing_in_at_one_provider_is_nothing_to_the_other(
    browser: Browser, kela: RelyingParty, kelmu: RelyingParty
) -> None:
    kela.log_in(browser, "anna")
    assert kelmu.authorize(browser).status_code == 200
    assert returned(kela.authorize(browser), kela.redirect_uri)["code"]
