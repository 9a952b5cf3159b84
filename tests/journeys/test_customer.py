"""A customer's page: what it shows, what it does not tell, and where one goes from it."""

import pytest
from playwright.sync_api import expect

from tests.desk import CUSTOMER_PAGE, EINO, HANNA, PEKKA, PROTECTED, TUULA, Desk
from tests.journeys.people import IN_HELSINKI
from tests.personas import ENTITLED, MUNICIPALITY

pytestmark = pytest.mark.browser

ALL_GROUPS = [
    *["Pending matters", "Benefit decisions", "Payments"],
    *["Insurance", "Recovery", "Annual maximum limit on medicine costs"],
    "Data forwarded to Kela by others",
]


def test_the_purpose_decides_which_data_groups_are_there(desk: Desk) -> None:
    desk.be(IN_HELSINKI)
    desk.look_up(EINO, "Other benefits")
    assert desk.tables == ALL_GROUPS
    desk.press("Close")
    desk.look_up(EINO, "Integration service/Benefits")
    assert desk.tables == ALL_GROUPS[:3]


def test_a_pensioner_reads_as_one(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(EINO)
    answers = desk.page.locator(".answers > div")
    expect(answers.nth(0)).to_contain_text("Nothing is pending.")
    expect(answers.nth(1)).to_contain_text("National pension")
    expect(answers.nth(2)).to_contain_text("Care allowance for pensioners")
    expect(answers.nth(3)).to_contain_text("€544.52")
    expect(desk.page.locator("#medicine_cap")).to_contain_text("€636.12")
    expect(desk.page.locator("#recovery")).to_contain_text("No recovery.")


def test_an_open_recovery_is_shown(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(HANNA)
    row = desk.page.locator("#recovery tbody tr").first
    expect(row).to_contain_text("open")


def test_a_hidden_benefit_and_none_at_all_look_the_same(desk: Desk) -> None:
    """Pekka has basic social assistance, which this purpose does not show; Tuula has nothing."""
    desk.be(ENTITLED)
    desk.look_up(TUULA)
    nothing = desk.page.locator("#tab").inner_text()
    desk.press("Close")
    desk.look_up(PEKKA)
    hidden = desk.page.locator("#tab").inner_text()
    assert hidden == nothing
    assert "Nothing is shown of this customer under this purpose of use." in nothing


def test_a_protected_person_has_the_mark_and_no_municipality(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(PROTECTED)
    bar = desk.page.locator(".bar")
    expect(bar).to_contain_text("Non-disclosure for personal safety")
    expect(bar).not_to_contain_text("Home municipality")
    expect(desk.page.locator("main")).not_to_contain_text("Tampere")


def test_the_same_customer_is_opened_under_another_purpose(desk: Desk) -> None:
    desk.be(IN_HELSINKI)
    desk.look_up(EINO, "Other benefits")
    first = desk.page.url
    desk.press("Integration service/Benefits")
    expect(desk.page.locator(".bar")).to_contain_text("681/2023")
    expect(desk.page).to_have_url(CUSTOMER_PAGE)
    assert desk.page.url != first
    with desk.kelmu.owner() as owner:
        opened = owner.execute("SELECT purpose FROM audit_entry WHERE act = 'open' ORDER BY at")
        purposes = [purpose for (purpose,) in opened.fetchall()]
    assert purposes == ["other_benefits", "integration_benefits"]


def test_a_closed_customer_is_gone(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(EINO)
    address = desk.page.url
    desk.press("Close")
    expect(desk.search_field).to_be_visible()
    desk.page.goto(address)
    expect(desk.heading).to_have_text("This customer is not open to you.")
    expect(desk.page.locator("body")).not_to_contain_text("Esimerkki")


def test_the_address_of_a_customers_page_opens_nothing_to_a_colleague(
    desk: Desk,
) -> None:
    desk.be(ENTITLED)
    desk.look_up(EINO)
    address = desk.page.url
    desk.page.context.clear_cookies()
    desk.be(MUNICIPALITY)
    desk.page.goto(address)
    expect(desk.page.locator("body")).not_to_contain_text("Esimerkki")


def test_nothing_of_the_customer_stays_in_the_title_or_in_the_browsers_storage(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(EINO)
    expect(desk.page).to_have_title("Benefits of a customer – Kelmu")
    stored = "[...Object.entries(localStorage), ...Object.entries(sessionStorage)]"
    assert desk.page.evaluate(stored) == []
