"""The authorizer's page in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.desk import Desk, seated
from tests.personas import AUTHORIZER, ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser


@pytest.fixture
def aino(browser: Browser, kelmu: Kelmu) -> Iterator[Desk]:
    """A caseworker who is at work."""
    with seated(browser, kelmu) as desk:
        desk.log_in(ENTITLED)
        yield desk


@pytest.fixture
def veikko(browser: Browser, kelmu: Kelmu, aino: Desk) -> Iterator[Desk]:
    """The authorizer of the same county, at the list."""
    with seated(browser, kelmu) as desk:
        desk.log_in(AUTHORIZER)
        desk.follow("Access review")
        yield desk


def test_somebody_marked_as_left_is_out_at_once(aino: Desk, veikko: Desk) -> None:
    row = veikko.page.get_by_role("row", name="Aino Virkailija")
    row.get_by_role("button", name="Mark as left or moved").click()
    expect(veikko.page.get_by_role("status")).to_contain_text("their sessions were ended")
    expect(row).to_contain_text("left or moved, marked on 20.11.2026")
    aino.page.reload()
    expect(aino.page).to_have_url(f"{aino.kelmu.address}/?ended")


def test_the_list_is_searched_by_name(veikko: Desk) -> None:
    veikko.page.get_by_label("Name or part of it").fill("veikko")
    veikko.press("Show")
    expect(veikko.page.get_by_role("row", name="Veikko Valtuuttaja")).to_be_visible()
    expect(veikko.page.get_by_role("row", name="Aino Virkailija")).to_have_count(0)
    assert "veikko" not in veikko.page.url


def test_the_list_is_downloaded(veikko: Desk) -> None:
    with veikko.page.expect_download() as download:
        veikko.follow("Download the whole list (CSV)")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename == "kelmu-access-review-2026-11-20.csv"
    assert text.splitlines()[1].startswith("Aino Virkailija;")


def test_the_printed_page_says_who_printed_it(veikko: Desk) -> None:
    veikko.page.emulate_media(media="print")
    expect(veikko.page.locator(".printed")).to_contain_text("Veikko Valtuuttaja, Pirkanmaan")
    expect(veikko.page.locator("main form").first).to_be_hidden()
