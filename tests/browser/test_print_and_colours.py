"""On paper, and in the colours that a reader has chosen."""

import io
import re
from collections.abc import Iterator
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.conftest import CookiesOf
from tests.desk import EINO, Desk, seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser

MOST_SHEETS = 10
PRINTED_BY = re.compile(
    r"Aino Virkailija, Pirkanmaan hyvinvointialue, 20\.11\.2026 at \d+:\d\d\. "
    r"Purpose of use: Other benefits\."
)


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
    expect(customer.page.locator(".printed")).to_have_text(PRINTED_BY)
    expect(customer.page.locator(".bar")).to_contain_text("703/2023")


def test_the_print_view_opens_the_printer_and_leads_back(customer: Desk) -> None:
    address = customer.page.url
    customer.page.add_init_script("window.print = () => document.body.dataset.printed = 'yes'")
    customer.follow("Print")
    expect(customer.page.locator("body")).to_have_attribute("data-printed", "yes")
    customer.follow("Back to the page")
    expect(customer.page.get_by_role("link", name="Print", exact=True)).to_be_visible()
    assert customer.page.url.removesuffix("?") == address


def test_each_sheet_of_paper_says_who_when_for_whom_why_and_its_number(customer: Desk) -> None:
    customer.follow("Print")
    expect(customer.page.locator("[data-print]")).to_be_visible()
    sheets = PdfReader(io.BytesIO(customer.page.pdf(format="A4"))).pages
    assert 2 <= len(sheets) <= MOST_SHEETS
    for number, sheet in enumerate(sheets, start=1):
        text = normalize("NFKC", " ".join(sheet.extract_text().split()))  # a font joins letters
        assert PRINTED_BY.search(text), text
        assert f"{number} / {len(sheets)}" in text


def test_chosen_colours_leave_nothing_invisible(customer: Desk) -> None:
    customer.page.emulate_media(forced_colors="active")
    assert Axe().run(customer.page).violations_count == 0
    close = customer.page.get_by_role("button", name="Close", exact=True).first
    style = "element => getComputedStyle(element).border"
    assert "0px" not in close.evaluate(style)
    meter = customer.page.locator("#medicine_cap meter")
    expect(meter).to_be_visible()
