"""The tab Etuudet at work: narrowed and turned over by keyboard, with and without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import CookiesOf
from tests.desk import EINO, Desk, seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def customer(
    request: pytest.FixtureRequest, browser: Browser, house: Kelmu, cookies_of: CookiesOf
) -> Iterator[Desk]:
    """The page of a customer with several pages of payments."""
    cookies = cookies_of(ENTITLED)
    with seated(browser, house, scripts=request.param, cookies=cookies) as desk:
        desk.open("/start/")
        desk.look_up(EINO)
        yield desk


def test_the_tables_are_narrowed_and_turned_over_by_keyboard(customer: Desk) -> None:
    page = customer.page
    count = page.locator("#payments .count").first
    expect(count).to_contain_text("1–25 / 1")
    page.get_by_label("Benefit", exact=True).focus()
    page.keyboard.type("National")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Narrow").press("Enter")
    expect(count).to_contain_text("1–25 / 7")
    expect(page).to_have_url(re.compile(r"\?.*benefit=national_pension"))
    page.locator("#payments-page-2").press("Enter")
    expect(count).to_contain_text("26–50 / 7")
    expect(page).to_have_url(re.compile(r"\?.*benefit=national_pension&payments_page=2"))
    expect(page.get_by_label("Benefit", exact=True)).to_have_value("national_pension")
    customer.follow("Show all")
    expect(count).to_contain_text("1–25 / 1")


def test_the_print_view_follows_what_was_chosen(customer: Desk) -> None:
    page = customer.page
    page.get_by_label("Benefit", exact=True).select_option("national_pension")
    customer.press("Narrow")
    expect(page).to_have_url(re.compile(r"\?.*benefit=national_pension"))
    customer.follow("Print")
    expect(page.locator("#tab .facts")).to_contain_text("National pension")
    expect(page.locator("#payments tbody").first).not_to_contain_text("Housing allowance")
