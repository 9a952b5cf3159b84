"""What holds of every page in every state."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.desk import Desk

pytestmark = pytest.mark.browser

WIDE, ZOOMED, NARROW = 1280, 640, 320  # 640 is what a page of 1280 has at 200 %
OVERFLOWING = """() => [...document.querySelectorAll("body, body *")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
    .filter(element => !element.closest(".scroll, .ds-sr-only, .ds-skip-link"))
    .map(element => element.outerHTML.slice(0, 120))"""


def at_width(state: Desk, width: int) -> Page:
    state.page.set_viewport_size({"width": width, "height": 800})
    return state.page


def test_axe_finds_nothing(state: Desk) -> None:
    assert_axe_finds_nothing(at_width(state, WIDE))


@pytest.mark.long
def test_axe_finds_nothing_on_a_telephone(state: Desk) -> None:
    assert_axe_finds_nothing(at_width(state, NARROW))


def test_nothing_scrolls_sideways_at_any_width(state: Desk) -> None:
    for width in (WIDE, ZOOMED, NARROW):
        page = at_width(state, width)
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_says_its_language_and_what_it_is_about(state: Desk) -> None:
    assert state.page.locator("html").get_attribute("lang") == "fi"
    assert state.page.locator("h1").count() == 1
    assert state.page.title().endswith(" – Kelmu")


def assert_axe_finds_nothing(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
