"""The queue at a real browser: a notification beside it, taken without a reload."""

import pytest
from playwright.sync_api import Browser, expect

from tests.desk import seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser


def test_from_the_start_view_to_a_notification_that_is_taken_and_handled(
    browser: Browser, kelmu: Kelmu
) -> None:
    with seated(browser, kelmu) as desk:
        desk.be(ENTITLED)
        desk.open("/start/")
        desk.page.get_by_role("radio", name="Social assistance notifications", exact=True).check()
        expect(desk.search_field).to_be_hidden()
        desk.page.get_by_label("Municipality").select_option("837")
        desk.press("Fetch the data")
        row = desk.page.locator("tbody tr", has_text="Perustuki").first
        row.get_by_role("link").click()
        notification = desk.page.locator("#notification")
        expect(notification.get_by_role("heading", level=2)).to_be_focused()
        notification.get_by_role("button", name="Take in progress").click()
        expect(notification).to_contain_text("Done: taken in progress.")
        expect(row).to_contain_text("in progress")
        notification.get_by_label("Note (optional)").fill("Sovittu käynti.")
        notification.get_by_role("button", name="Mark as handled").click()
        expect(notification).to_contain_text("Done: marked as handled.")
        expect(row).to_contain_text("handled")
        expect(notification).to_contain_text("Note: Sovittu käynti.")
