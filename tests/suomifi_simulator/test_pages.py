"""What all pages have in common."""

import pytest
import requests

from tests.suomifi_simulator.parties import Browser, RelyingParty, Simulator


@pytest.mark.parametrize(
    ("language", "marking"),
    [
        ("fi", "SIMULAATTORI – ei Suomi.fi"),
        ("sv", "SIMULATOR – inte Suomi.fi"),
        ("en", "SIMULATOR – not Suomi.fi"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/mandates", "/idp/authorize"])
def test_every_page_says_that_it_is_a_simulator(
    browser: Browser, path: str, language: str, marking: str
) -> None:
    page = browser.get(path, lang=language)
    assert marking in page.text
    assert f'<html lang="{language}">' in page.text


def test_the_policy_lets_forms_end_at_the_application_only(
    browser: Browser, kelmu: RelyingParty
) -> None:
    policy = kelmu.authorize(browser).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"form-action 'self' {kelmu.simulator.application}" in policy
    assert "unsafe" not in policy


def test_pages_are_not_kept(browser: Browser, kelmu: RelyingParty) -> None:
    assert kelmu.authorize(browser).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("style.css", "text/css; charset=utf-8"), ("icon.svg", "image/svg+xml")],
)
def test_the_files_of_the_pages_are_served(
    simulator: Simulator, name: str, content_type: str
) -> None:
    answer = requests.get(simulator.url(f"/{name}"), timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)


def test_the_start_page_leads_to_the_mandates(browser: Browser) -> None:
    assert 'href="/mandates?lang=fi"' in browser.get("/").text


def test_nothing_else_is_there(browser: Browser) -> None:
    assert browser.get("/admin/").status_code == 404
