"""Files that are dropped on the page are sent at once; without scripts a button does it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.desk import HANNA, Desk, seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser

DROP = """(area) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File(["%!PS"], "kuva.ps"));
    for (const name of ["dragover", "drop"]) {
        const event = { bubbles: true, cancelable: true, dataTransfer: dropped };
        area.dispatchEvent(new DragEvent(name, event));
    }
}"""


def test_a_dropped_file_is_sent_at_once(browser: Browser, kelmu: Kelmu) -> None:
    with seated(browser, kelmu) as desk:
        desk.be(ENTITLED)
        open_form(desk)
        expect(desk.page.locator(".upload__add")).to_be_hidden()
        desk.page.locator("[data-upload]").evaluate(DROP)
        expect(desk.page.get_by_text("The file is not a PDF")).to_be_visible()


def open_form(desk: Desk) -> None:
    desk.open("/start/")
    desk.look_up(HANNA, "Social assistance")
    desk.page.goto(desk.page.url.replace("social-assistance/", "documents/new/"))
