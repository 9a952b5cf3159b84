"""The page on which a demo grants and voids."""

import re
import tomllib
from datetime import date

import pytest
import requests

from demo.environment import CAST
from tests.suomifi_simulator.parties import Browser, EService

TODAY = date(2026, 11, 21)
VILLE = "300183-955C"
GRANT = {
    "giver": "nokia",
    "receiver": "to_person:ville",
    "mandate": "social_assistance_customers",
    "kind": "transaction",
    "via": "",
}


def send(
    browser: Browser, act: str, form: dict[str, str], language: str = "fi"
) -> requests.Response:
    """Send a form of the page, with its token."""
    page = browser.get("/mandates", lang=language).text
    [csrf, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    return browser.post(f"/mandates/{act}?lang={language}", csrfmiddlewaretoken=csrf, **form)


def choices(browser: Browser, e_service: EService, hetu: str = VILLE) -> list[str]:
    page = e_service.authorize(browser, e_service.register(hetu)["userId"])
    return re.findall(r"<td>([\d-]+)</td>", page.text)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Valtuus on annettu. Se on voimassa heti."),
        ("sv", "Fullmakten har getts. Den gäller genast."),
        ("en", "The mandate has been granted. It holds at once."),
    ],
)
def test_a_mandate_is_granted_at_once(
    browser: Browser, e_service: EService, language: str, said: str
) -> None:
    assert choices(browser, e_service) == []
    assert said in send(browser, "grant", GRANT, language).text
    assert choices(browser, e_service) == ["9900103-7"]


def test_a_mandate_is_voided_at_once(browser: Browser, e_service: EService) -> None:
    send(browser, "grant", GRANT)
    answer = send(browser, "void", GRANT)
    assert "Valtuus on mitätöity." in answer.text
    assert choices(browser, e_service) == []


def test_the_chain_of_representation_is_granted_and_voided(
    browser: Browser, e_service: EService
) -> None:
    passed_on = GRANT | {"receiver": "to_organisation:tampere"}
    represented = GRANT | {"kind": "representation", "via": "tampere"}
    send(browser, "grant", represented)
    assert choices(browser, e_service) == []
    assert "(työnantaja Tampereen kaupunki)" in send(browser, "grant", passed_on).text
    assert choices(browser, e_service) == ["9900103-7"]
    send(browser, "void", represented)
    assert choices(browser, e_service) == []


def test_the_page_shows_what_is_in_force_today(browser: Browser) -> None:
    page = browser.get("/mandates", lang="en").text
    assert "Mandates in force on 21.11.2026" in page
    in_force = [
        mandate
        for grant in tomllib.loads(CAST.read_text())["grants"]
        if grant["valid_from"] <= TODAY <= grant.get("until", TODAY)
        for mandate in grant["mandates"]
    ]
    assert page.count('<form method="post" action="/mandates/void?lang=en">') == len(in_force)
    assert 'aria-label="Void: Helsingin kaupunki, Helmi Helsinkiläinen, Viewing ' in page
    assert "Nokian kaupunki → " not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"giver": "nowhere"},
        {"receiver": "to_person:nobody"},
        {"receiver": "nobody"},
        {"mandate": "everything"},
        {"kind": "representation"},
        {"kind": "representation", "via": "tampere", "receiver": "to_organisation:tampere"},
        {"kind": "proxy"},
    ],
)
@pytest.mark.parametrize("act", ["grant", "void"])
def test_a_form_that_makes_no_sense_is_told(
    browser: Browser, act: str, changes: dict[str, str]
) -> None:
    answer = send(browser, act, GRANT | changes)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("act", ["grant", "void"])
def test_a_form_of_another_site_changes_nothing(browser: Browser, act: str) -> None:
    assert browser.post(f"/mandates/{act}", **GRANT).status_code == 403
