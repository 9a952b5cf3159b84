"""On paper, and in the colours that a reader has chosen."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import CookiesOf
from tests.desk import EINO, Desk, seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser

MOST_SHEETS = 6


@pytest.fixture
def customer(browser: Browser, house: Kelmu, cookies_of: CookiesOf) -> Iterator[Desk]:
    """The page of a customer with many payments."""
    with seated(browser, house, cookies=cookies_of(ENTITLED)) as desk:
        desk.open("/start/")
        desk.look_up(EINO)
        yield desk


@pytest.mark.parametrize(
    "left_out", [".tools", ".navigation", ".tabs", ".groups", ".footer", ".bar form"]
)
def test_print_leaves_out_what_only_a_screen_needs(customer: Desk, left_out: str) -> None:
    expect(customer.page.locator(left_out)).to_be_visible()
    customer.page.emulate_media(media="print")
    expect(customer.page.locator(left_out)).to_be_hidden()


def test_print_says_who_when_for_whom_and_why(customer: Desk) -> None:
    expect(customer.page.locator(".printed")).to_be_hidden()
    customer.page.emulate_media(media="print")
    expect(customer.page.locator(".printed")).to_be_visible()
    expect(customer.page.locator(".printed")).to_have_text(
        "Aino Virkailija, Pirkanmaan hyvinvointialue, 20.11.2026. Purpose of use: Other benefits."
    )
    expect(customer.page.locator(".bar")).to_contain_text("703/2023")


def test_the_customer_fits_on_some_sheets_of_paper(customer: Desk) -> None:
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", customer.page.pdf(format="A4")))
    assert 1 <= sheets <= MOST_SHEETS


def test_chosen_colours_leave_nothing_invisible(customer: Desk) -> None:
    customer.page.emulate_media(forced_colors="active")
    assert Axe().run(customer.page).violations_count == 0
    close = customer.page.get_by_role("button", name="Close", exact=True).first
    style = "element => getComputedStyle(element).border"
    assert "0px" not in close.evaluate(style)
    meter = customer.page.locator("#medicine_cap meter")
    expect(meter).to_be_visible()
