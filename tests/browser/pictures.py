"""The pictures of the README, made by `make pictures`; no test, for a pixel may differ."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.conftest import KelmuOn
from tests.desk import JONNA, Desk, seated
from tests.harness import TODAY
from tests.journeys.people import AINO_IN_TAMPERE
from tests.personas import ENTITLED, Persona

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000
START = ViewportSize(width=1000, height=1040)
CUSTOMER = ViewportSize(width=1200, height=960)


def take(desk: Desk, name: str) -> None:
    picture = desk.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    assert len(picture) < MOST_BYTES


@pytest.mark.parametrize(
    ("day", "persona"),
    [
        (date(2022, 12, 15), AINO_IN_TAMPERE),
        (date(2023, 1, 2), ENTITLED),
        (TODAY, ENTITLED),
    ],
    ids=["before", "after", "today"],
)
def test_start_view(
    browser: Browser,
    kelmu_on: KelmuOn,
    day: date,
    persona: Persona,
) -> None:
    with seated(browser, kelmu_on(day.isoformat()), language="fi") as desk:
        desk.page.set_viewport_size(START)
        desk.log_in(persona)
        desk.page.locator(".search").wait_for()
        take(desk, "start-today" if day == TODAY else f"start-{day}")


def test_customer_page(browser: Browser, kelmu_on: KelmuOn) -> None:
    with seated(browser, kelmu_on(TODAY.isoformat()), language="fi") as desk:
        desk.page.set_viewport_size(CUSTOMER)
        desk.log_in(ENTITLED)
        desk.page.locator("#id_hetu").fill(JONNA)
        desk.page.locator("form.search button[type=submit]:visible").click()
        desk.page.locator(".bar").wait_for()
        take(desk, "customer-today")
