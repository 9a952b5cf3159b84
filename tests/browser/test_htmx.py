"""With scripts a page changes in place; it never becomes another page than without them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import CookiesOf
from tests.desk import EINO, Desk, seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(browser: Browser, house: Kelmu, cookies_of: CookiesOf) -> Iterator[Desk]:
    """Somebody at the start view."""
    with seated(browser, house, cookies=cookies_of(ENTITLED)) as desk:
        desk.open("/start/")
        yield desk


def mark(desk: Desk) -> None:
    """Leave a mark that a new page would not have."""
    desk.page.evaluate("window.isTheSamePage = true")


def is_the_same_page(desk: Desk) -> bool:
    return bool(desk.page.evaluate("window.isTheSamePage === true"))


def test_an_error_of_the_search_is_shown_in_place(desk: Desk) -> None:
    mark(desk)
    with desk.page.expect_response("**/start/") as answer:
        desk.search("131052-9086")
    assert answer.value.status == 422
    expect(desk.page.locator("#search .ds-error-summary")).to_be_focused()
    assert is_the_same_page(desk)
    expect(desk.page.locator("#search")).to_have_count(1)


def test_an_error_of_the_search_is_the_same_without_scripts(
    desk: Desk, browser: Browser, house: Kelmu, cookies_of: CookiesOf
) -> None:
    desk.search("131052-9086")
    summary = desk.page.locator(".ds-error-summary")
    expect(summary).to_be_visible()
    with seated(browser, house, scripts=False, cookies=cookies_of(ENTITLED)) as other:
        other.open("/start/")
        other.search("131052-9086")
        expect(other.page.locator(".ds-error-summary")).to_have_text(summary.inner_text())


def test_a_tab_is_changed_in_place_and_leaves_no_trace_in_storage(desk: Desk) -> None:
    desk.look_up(EINO)
    mark(desk)
    with desk.page.expect_response("**/benefits/") as answer:
        desk.follow("Benefits")
    assert answer.value.request.headers["hx-request"] == "true"
    expect(desk.page.locator("#payments")).to_be_visible()
    expect(desk.page.locator("#tab")).to_have_count(1)
    assert is_the_same_page(desk)
    assert desk.page.evaluate("sessionStorage.length + localStorage.length") == 0
