"""The whole main job with the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import CookiesOf
from tests.desk import CUSTOMER_PAGE, EINO, Desk, seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser

MOST_STOPS = 60


def tab_to(target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        target.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def press_on(target: Locator, key: str = "Enter") -> None:
    tab_to(target)
    target.page.keyboard.press(key)


def test_the_main_job_needs_no_mouse(browser: Browser, house: Kelmu) -> None:
    with seated(browser, house) as desk:
        desk.open("/")
        skip = desk.page.get_by_role("link", name="Skip to the content")
        press_on(skip)
        expect(desk.page.locator("main")).to_be_focused()
        press_on(desk.page.get_by_role("button", name="Log in with Suomi.fi e-Identification"))
        identify(desk)
        press_on(desk.page.get_by_role("radio", name="Pirkanmaan hyvinvointialue"), "Space")
        press_on(desk.page.get_by_role("button", name="Select and go to the e-service"))
        expect(desk.search_field).to_be_focused()
        desk.page.keyboard.type(EINO)
        desk.page.keyboard.press("Enter")
        expect(desk.page).to_have_url(CUSTOMER_PAGE)
        press_on(desk.page.get_by_role("button", name="Close", exact=True).first)
        expect(desk.page).to_have_url(f"{house.address}/start/")


def identify(desk: Desk) -> None:
    press_on(desk.page.get_by_role("link", name="Test identification"))
    press_on(desk.page.get_by_role("radio", name="Aino Virkailija"), "Space")
    press_on(desk.page.get_by_role("button", name="Identify yourself"))
    press_on(desk.page.get_by_role("button", name="Continue to the service"))


@pytest.fixture
def customer(browser: Browser, house: Kelmu, cookies_of: CookiesOf) -> Iterator[Desk]:
    """The page of a customer."""
    with seated(browser, house, cookies=cookies_of(ENTITLED)) as desk:
        desk.open("/start/")
        desk.look_up(EINO)
        yield desk


def test_a_figure_leads_to_a_data_group(customer: Desk) -> None:
    customer.page.keyboard.press("3")
    expect(customer.page).to_have_url(re.compile("#payments$"))
    expect(customer.page.locator("#payments")).to_be_in_viewport()


def test_rows_are_walked_by_arrows(customer: Desk) -> None:
    rows = customer.page.locator("#decisions tbody tr")
    tab_to(rows.nth(0))
    customer.page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    customer.page.keyboard.press("ArrowUp")
    expect(rows.nth(0)).to_be_focused()


def test_one_key_closes_the_customer(customer: Desk) -> None:
    customer.page.keyboard.press("x")
    expect(customer.search_field).to_be_focused()


def test_the_shortcuts_are_listed_and_can_be_switched_off(customer: Desk) -> None:
    listed = customer.page.get_by_role("dialog", name="Keyboard shortcuts")
    customer.page.keyboard.press("?")
    expect(listed).to_be_visible()
    assert customer.page.evaluate("document.getAnimations().length") == 0  # nothing moves
    press_on(customer.page.get_by_label("Use single-key shortcuts"), "Space")
    customer.page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    customer.page.keyboard.press("x")
    customer.page.reload()
    expect(customer.heading).to_have_text("Esimerkki, Eino Olavi")
    customer.page.keyboard.press("?")
    expect(listed).to_be_hidden()
