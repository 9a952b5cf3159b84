"""What the first page costs over the network."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import CookiesOf
from tests.desk import seated
from tests.personas import ENTITLED, Persona
from tests.running import Kelmu

pytestmark = pytest.mark.browser

BUDGET = 60_000  # bytes, headers included


@pytest.mark.parametrize(
    ("path", "persona"), [("/", None), ("/start/", ENTITLED)], ids=["front", "start"]
)
def test_the_first_load_is_light(
    browser: Browser, house: Kelmu, cookies_of: CookiesOf, path: str, persona: Persona | None
) -> None:
    received: list[dict[str, Any]] = []
    with seated(browser, house, cookies=cookies_of(persona)) as desk:
        network = desk.page.context.new_cdp_session(desk.page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda answer: received.append(answer))
        desk.open(path)
        desk.page.wait_for_load_state("networkidle")
    assert len(received) >= 6  # page, three of CSS, two of JavaScript
    assert sum(answer["encodedDataLength"] for answer in received) <= BUDGET
