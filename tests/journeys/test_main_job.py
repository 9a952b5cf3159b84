"""The main job: log in, choose the organisation and the purpose, look a customer up, read."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browsers
from tests.browsers import watched_page
from tests.desk import CUSTOMER_PAGE, EINO
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    """What the pages call what a caseworker needs."""

    language: str
    log_in: str
    purpose: str
    identity_code: str
    fetch: str
    organisation: str
    questions: tuple[str, ...]
    benefit: str
    close: str


FINNISH = Words(
    language="fi",
    log_in="Kirjaudu Suomi.fi-tunnistuksella",
    purpose="Muut etuudet",
    identity_code="Henkilötunnus",
    fetch="Hae tiedot",
    organisation="Pirkanmaan hyvinvointialue",
    questions=("Onko haettu?", "Onko ratkaistu?", "Muut etuudet", "Seuraavat maksut"),
    benefit="Kansaneläke",
    close="Sulje",
)
SWEDISH = Words(
    language="sv",
    log_in="Logga in med Suomi.fi-identifikation",
    purpose="Övriga förmåner",
    identity_code="Personbeteckning",
    fetch="Hämta uppgifter",
    organisation="Birkalands välfärdsområde",
    questions=(
        "Finns en ansökan?",
        "Finns ett beslut?",
        "Övriga förmåner",
        "Följande utbetalningar",
    ),
    benefit="Folkpension",
    close="Stäng",
)
ENGLISH = Words(
    language="en",
    log_in="Log in with Suomi.fi e-Identification",
    purpose="Other benefits",
    identity_code="Personal identity code",
    fetch="Fetch the data",
    organisation="Pirkanmaan hyvinvointialue",
    questions=("Applied for?", "Decided?", "Other benefits", "Next payments"),
    benefit="National pension",
    close="Close",
)


@pytest.mark.parametrize(
    ("words", "scripts"),
    [
        pytest.param(FINNISH, True, id="fi, scripts"),
        pytest.param(SWEDISH, False, id="sv, no scripts"),
        pytest.param(ENGLISH, True, id="en, scripts", marks=pytest.mark.long),
        pytest.param(FINNISH, False, id="fi, no scripts", marks=pytest.mark.long),
        pytest.param(SWEDISH, True, id="sv, scripts", marks=pytest.mark.long),
        pytest.param(ENGLISH, False, id="en, no scripts"),
    ],
)
def test_a_caseworker_reads_a_customers_benefits(
    browser: Browser, kelmu: Kelmu, words: Words, scripts: bool
) -> None:
    with watched_page(browser, kelmu.address, scripts=scripts) as page:
        choose_language(page, kelmu, words)
        browsers.log_in(page, kelmu, ENTITLED)
        expect(page.get_by_text(words.organisation, exact=True)).to_be_visible()
        page.get_by_role("radio", name=words.purpose, exact=True).check()
        page.get_by_label(words.identity_code).fill(f"  {EINO.lower()} ")
        page.get_by_role("button", name=words.fetch).click()
        expect(page).to_have_url(CUSTOMER_PAGE)
        read(page, words)
        page.get_by_role("button", name=words.close).click()
        expect(page).to_have_url(f"{kelmu.address}/start/")
    assert acts(kelmu) == ["login", "select_organisation", "open"]


def choose_language(page: Page, kelmu: Kelmu, words: Words) -> None:
    page.goto(kelmu.address)
    page.locator(f".languages button[lang={words.language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", words.language)
    expect(page.get_by_role("button", name=words.log_in)).to_be_visible()


def read(page: Page, words: Words) -> None:
    """Who, why, how fresh, the four answers and the payments are there."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Esimerkki, Eino Olavi")
    expect(page.locator(".bar")).to_contain_text(EINO)
    expect(page.locator(".bar")).to_contain_text("703/2023")
    expect(page.locator(".bar")).to_contain_text("20.11.2026")
    assert page.locator(".answers h3").all_inner_texts() == [*words.questions]
    expect(page.locator("#decisions")).to_contain_text(words.benefit)
    expect(page.locator("#payments")).to_contain_text(words.benefit)


def acts(kelmu: Kelmu) -> list[str]:
    """What the access log says was done, in order."""
    with kelmu.owner() as owner:
        rows = owner.execute("SELECT act FROM audit_entry ORDER BY at").fetchall()
    return [act for (act,) in rows]
