"""The search: what was typed wrong is said and kept; a search is one search."""

import pytest
from playwright.sync_api import Request, expect

from tests.desk import CUSTOMER_PAGE, EINO, NOBODY, X_SEPARATOR, Desk
from tests.journeys.people import IN_HELSINKI
from tests.personas import ENTITLED

pytestmark = pytest.mark.browser

FAULTS = {
    "": "Type the customer’s personal identity code.",
    "131052-908": "An identity code has 11 characters, such as 131052-9085.",
    "131052*9085": "The form is wrong: six digits for the date of birth, a separator, three digits "
    "and a check character, such as 131052-9085.",
    "311152-9085": "There is no such date of birth: check the first six digits.",
    "131052-0015": "Nobody has this individual number: check the three digits after the separator.",
    "131052-9086": "The last character does not match the others: check them all.",
}


def test_a_wrong_identity_code_is_explained_and_kept(desk: Desk) -> None:
    desk.be(ENTITLED)
    for typed, message in FAULTS.items():
        desk.search(typed)
        is_explained_and_kept(desk, typed, message)


def is_explained_and_kept(desk: Desk, typed: str, message: str) -> None:
    summary = desk.page.get_by_role("alert").filter(has_text="Correct this before going on")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(message)
    expect(desk.search_field).to_have_value(typed)
    expect(desk.search_field).to_have_attribute("aria-invalid", "true")
    expect(desk.search_field).to_have_accessible_description(message)
    desk.follow(message)
    expect(desk.search_field).to_be_focused()


def test_a_case_reference_with_an_identity_code_is_refused(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.page.get_by_label("Case reference (optional)").fill(f"asia {EINO}")
    desk.search(EINO)
    summary = desk.page.get_by_role("alert").filter(has_text="Correct this before going on")
    expect(summary).to_contain_text("The case reference holds a personal identity code.")
    expect(desk.search_field).to_have_value(EINO)


def test_a_customer_whom_kela_does_not_know_is_said_to_be_unknown(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.search(NOBODY)
    notice = desk.page.get_by_role("alert").filter(has_text="No customer with this identity code")
    expect(notice).to_be_focused()
    expect(desk.search_field).to_have_value(NOBODY)


def test_a_separator_of_2023_and_small_letters_are_understood(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(f" {X_SEPARATOR.lower()} ")
    expect(desk.page.locator(".bar")).to_contain_text(X_SEPARATOR)


def test_the_search_field_has_the_focus_on_arrival(desk: Desk) -> None:
    desk.be(ENTITLED)
    expect(desk.search_field).to_be_focused()


def test_the_last_purpose_of_the_session_is_chosen_beforehand(desk: Desk) -> None:
    desk.be(IN_HELSINKI)
    integration = desk.page.get_by_role("radio", name="Integration service/Benefits")
    expect(integration).not_to_be_checked()
    desk.look_up(EINO, "Integration service/Benefits")
    desk.press("Close")
    expect(integration).to_be_checked()


def test_a_double_click_searches_once(desk: Desk) -> None:
    searches: list[Request] = []
    desk.be(ENTITLED)
    desk.page.on("request", lambda sent: searches.append(sent) if sent.method == "POST" else None)
    desk.search_field.fill(EINO)
    desk.page.get_by_role("button", name="Fetch the data").dblclick()
    expect(desk.page).to_have_url(CUSTOMER_PAGE)
    assert len(searches) == 1
    with desk.kelmu.owner() as owner:
        opened = owner.execute("SELECT FROM audit_entry WHERE act = 'open'").rowcount
    assert opened == 1
