"""The whole main job with the keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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


PENSIONER = "140559-939K"  # of 40 years, without a demand
MONTHS = {"fi": 1, "sv": 3, "en": 5}  # own demands do not overlap


@pytest.mark.parametrize(
    "language",
    [pytest.param("fi", marks=pytest.mark.long), "sv", pytest.param("en", marks=pytest.mark.long)],
)
def test_a_demand_is_added_changed_ended_and_voided_without_a_mouse(
    browser: Browser, house: Kelmu, cookies_of: CookiesOf, language: str
) -> None:
    first, end, last, later = (date(2027, MONTHS[language], day) for day in (1, 15, 20, 21))
    with seated(browser, house, language=language, cookies=cookies_of(ENTITLED)) as desk:
        demand = Keys(desk)
        desk.open("/payment-demands/")
        demand.write("#id_hetu", PENSIONER, "Enter")
        demand.add(first, last)
        demand.press("main a[href$='/edit/']")
        demand.write("#id_amount", "250,50")
        demand.confirm()
        demand.press("main a[href$='/end/']")
        demand.write_day("#id_last", end)
        demand.write("#id_reason", "Hoito päättyi")
        demand.press("main .do-one button")
        expect(desk.page.locator("main a[href$='/end/']")).to_have_count(0)
        expect(desk.page.locator("main")).to_contain_text("Hoito päättyi")
        demand.press("main .crumbs a[href$='/payment-demands/'] >> nth=1")
        demand.add(later, later)
        demand.press("main a[href$='/void/']")
        demand.write("#id_reason", "Väärä asiakas")
        demand.press("main .do-one button")
        expect(desk.page.locator("main a[href$='/void/']")).to_have_count(0)
        expect(desk.page.locator("main")).to_contain_text("Väärä asiakas")


@dataclass(frozen=True)
class Keys:
    """Hands that make a demand by keys alone, whatever the language of the page."""

    desk: Desk

    def press(self, what: str) -> None:
        press_on(self.desk.page.locator(what).first)

    def write(self, where: str, text: str, *then: str) -> None:
        """Write into a field instead of what stands there."""
        tab_to(self.desk.page.locator(where))
        keyboard = self.desk.page.keyboard
        keyboard.press("Control+A")
        keyboard.type(text)
        for key in then:
            keyboard.press(key)

    def choose(self, where: str, wanted: str = "") -> None:
        """Go down a list to what is wanted, or to the first that can be chosen."""
        field = self.desk.page.locator(where)
        tab_to(field)
        for _ in range(MOST_STOPS):
            chosen = field.input_value()
            if chosen and wanted in chosen:
                return
            self.desk.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{wanted} cannot be chosen in {where}")

    def write_day(self, where: str, day: date) -> None:
        """Write into a field of three parts, in the order of the browser's own language."""
        field = self.desk.page.locator(where)
        tab_to(field)
        self.desk.page.keyboard.type(f"{day:%m%d%Y}")
        assert field.input_value() == day.isoformat()

    def add(self, first: date, last: date) -> None:
        """From the customer's demands to a new one."""
        self.press("main a[href$='/new/']")
        tab_to(self.desk.page.locator("input[name=ground]:checked"))
        self.desk.page.keyboard.press("ArrowDown")
        self.press("main .narrow form button")
        self.choose("#id_benefit", "national_pension")
        self.write_day("#id_first", first)
        self.write_day("#id_last", last)
        self.write("#id_amount", "300")
        self.choose("#id_municipality")
        self.choose("#id_payee")
        self.write("#id_contact_phone", "03 123 456")
        self.confirm()

    def confirm(self) -> None:
        """Through the summary to the demand's page."""
        self.press("main button[value=summary]")
        self.press("main button[value=register]")
        expect(self.desk.page.locator("main a[href$='?print=1']")).to_be_visible()
