"""The queue at a real browser: a notification beside it, taken without a reload, and new ones that
announce themselves."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from demo.database import manage
from demo.environment import database_environment
from tests.delivering import deliver
from tests.desk import EINO, seated
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


def test_on_paper_the_queue_has_its_rows_and_nothing_to_press(
    browser: Browser, kelmu: Kelmu
) -> None:
    with seated(browser, kelmu) as desk:
        desk.be(ENTITLED)
        desk.open("/notifications/social_assistance_notifications/837/")
        desk.page.emulate_media(media="print")
        expect(desk.page.locator(".queue__rows tbody tr").first).to_be_visible()
        for pressed in (".filter", ".municipality", ".news", ".queue__many"):
            expect(desk.page.locator(pressed)).to_be_hidden()


def test_new_ones_announce_themselves_on_the_open_page_and_aloud_only_if_asked(
    browser: Browser, kelmu: Kelmu, tmp_path: Path
) -> None:
    with seated(browser, kelmu) as desk:
        desk.be(ENTITLED)
        desk.page.clock.install()
        desk.open("/notifications/social_assistance_notifications/837/")
        desk.page.evaluate("window.isTheSamePage = true")
        news, aloud = desk.page.locator("#news"), desk.page.locator("#news-aloud")
        expect(news).to_be_empty()
        forward_one(kelmu, tmp_path)
        desk.page.clock.fast_forward("01:01")
        expect(news).to_contain_text("1 new notification")
        expect(aloud).to_be_empty()
        desk.page.get_by_label("Let a screen reader announce new notifications").check()
        desk.page.clock.fast_forward("01:01")
        expect(aloud).to_have_text(re.compile("1 new notification"))
        assert desk.page.evaluate("window.isTheSamePage")
        news.get_by_role("link").click()
        expect(desk.page.get_by_role("link", name="Esimerkki, Eino Olavi")).to_be_visible()


def forward_one(kelmu: Kelmu, folder: Path) -> None:
    """Kela forwards a notification, and it is taken in."""
    told = f"900001,{EINO},need_for_social_work,837,2026-11-20T09:00:00+02:00,,true"
    row = f"{told},Soittopyyntö.,,,,,,,,,housing,Kela,020 634 2550"
    deliver(folder, {"notifications.csv": [row]}, "2026-11-20T09:05:00+02:00")
    environment = database_environment(
        kelmu.urls, kelmu.ground.keys, kelmu.contents.today, mode="test"
    )
    manage("intake", folder, "--skip-checks", environment=environment, work=kelmu.ground.folder)
