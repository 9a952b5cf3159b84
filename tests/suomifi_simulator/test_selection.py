"""The page on which a person chooses an organisation."""

import pytest
import requests

from tests.suomifi_simulator.parties import Browser, EService, returned

OSKAR = "051294-977N"
VILLE = "300183-955C"


def test_the_person_comes_back_with_a_code_and_the_state(
    browser: Browser, e_service: EService
) -> None:
    back = e_service.choose(browser, e_service.register()["userId"])
    assert back.keys() == {"code", "state"}
    assert back["state"] == "the-state"


def test_the_state_is_echoed_only_if_there_was_one(browser: Browser, e_service: EService) -> None:
    assert e_service.choose(browser, e_service.register()["userId"], state="").keys() == {"code"}


@pytest.mark.parametrize(
    ("language", "button", "name"),
    [
        ("fi", "Valitse ja siirry asiointipalveluun", "Pohjanmaan hyvinvointialue"),
        ("sv", "Välj och gå till e-tjänsten", "Österbottens välfärdsområde"),
        ("en", "Select and go to the e-service", "Pohjanmaan hyvinvointialue"),
    ],
)
def test_the_organisations_are_listed_in_the_language(
    browser: Browser, e_service: EService, language: str, button: str, name: str
) -> None:
    page = e_service.authorize(browser, e_service.register(OSKAR)["userId"], lang=language)
    assert page.text.count('type="radio"') == 2
    assert f'<html lang="{language}">' in page.text
    for text in (button, f">{name}</label>", "<td>9900101-0</td>", "<td>9900104-5</td>"):
        assert text in page.text


def test_the_language_can_be_changed_on_the_page(browser: Browser, e_service: EService) -> None:
    page = e_service.authorize(browser, e_service.register()["userId"], lang="fi")
    assert "Select and go to the e-service" in browser.get(page.url, lang="en").text


def test_a_person_without_mandates_can_only_go_back(browser: Browser, e_service: EService) -> None:
    page = e_service.authorize(browser, e_service.register(VILLE)["userId"])
    assert page.status_code == 200
    assert "<button" not in page.text
    back = returned(browser.get(f"{page.url}/cancel"), e_service.return_address)
    assert back == {"error": "access_denied", "state": "the-state"}


def test_nothing_chosen_is_told(browser: Browser, e_service: EService) -> None:
    page = e_service.authorize(browser, e_service.register()["userId"])
    answer = browser.post(page.url)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_only_an_organisation_of_the_list_can_be_chosen(
    browser: Browser, e_service: EService
) -> None:
    page = e_service.authorize(browser, e_service.register()["userId"])
    assert browser.post(page.url, organisation="9900105-3").status_code == 400


def test_a_mandate_voided_while_the_page_is_open_cannot_be_chosen(
    browser: Browser, e_service: EService
) -> None:
    page = e_service.authorize(browser, e_service.register()["userId"])
    mandates = ["benefits_and_payment_demands", "social_assistance_customers"]
    pattern = {"from": "pirkanmaa", "to_person": "aino", "mandates": mandates}
    e_service.simulator.order("void", **pattern)
    assert browser.post(page.url, organisation="9900100-2").status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "unknown1"},
        {"client_id": ""},
        {"response_type": "token"},
        {"redirect_uri": "https://evil.example/login/mandates/callback"},
        {"redirect_uri": ""},
        {"user": "d2f2ff5e-3a0e-4a64-a1d6-b62d3ad3b5a4"},
        {"user": ""},
    ],
)
def test_a_wrong_request_is_refused_without_a_redirect(
    browser: Browser, e_service: EService, changes: dict[str, str]
) -> None:
    user = e_service.register()["userId"]
    assert_refused(e_service.authorize(browser, **({"user": user} | changes)))


def test_the_return_address_must_be_exact(browser: Browser, e_service: EService) -> None:
    user = e_service.register()["userId"]
    for addition in ("/", "?a=1", "#a", "/../callback"):
        address = e_service.return_address + addition
        assert_refused(e_service.authorize(browser, user, redirect_uri=address))


def test_the_handle_of_the_person_works_once(browser: Browser, e_service: EService) -> None:
    user = e_service.register()["userId"]
    assert e_service.authorize(browser, user).status_code == 200
    assert_refused(e_service.authorize(browser, user))


def test_a_choice_is_made_once(browser: Browser, e_service: EService) -> None:
    page = e_service.authorize(browser, e_service.register()["userId"])
    assert browser.post(page.url, organisation="9900100-2").status_code == 302
    assert_refused(browser.post(page.url, organisation="9900100-2"))
    assert_refused(browser.get(f"{page.url}/cancel"))


def test_an_unregistered_session_has_no_page(browser: Browser, e_service: EService) -> None:
    opened = e_service.register()
    other = e_service.register()
    page = e_service.authorize(browser, other["userId"])
    e_service.unregister(opened["sessionId"])
    e_service.unregister(other["sessionId"])
    assert_refused(e_service.authorize(browser, opened["userId"]))
    assert_refused(browser.get(page.url))


def assert_refused(answer: requests.Response) -> None:
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "Tätä ei voi jatkaa" in answer.text
