"""Leaving: by logging out, or because the session ends."""

import re

import pytest
import requests
from playwright.sync_api import Locator, expect

from tests.desk import EINO, Desk
from tests.personas import ENTITLED

pytestmark = pytest.mark.browser

ASKED_AT_SUOMIFI = re.compile("/idp/logout/")


def warning(desk: Desk) -> Locator:
    return desk.page.locator("#session .session")


def let_session_age(desk: Desk, minutes: int) -> None:
    """As if nothing had been done for so long."""
    with desk.kelmu.owner() as owner:
        owner.execute(
            "UPDATE authorizations_session SET seen_at = seen_at - make_interval(mins => %s)",
            [minutes],
        )


def test_after_logout_the_back_button_shows_nothing(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(EINO)
    desk.press("Log out")
    expect(desk.page).to_have_url(ASKED_AT_SUOMIFI)
    desk.page.go_back()
    expect(desk.page).to_have_url(f"{desk.kelmu.address}/?ended")
    expect(desk.page.locator("body")).not_to_contain_text("Esimerkki")


def test_logout_ends_at_suomifi_too(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.press("Log out")
    expect(desk.page).to_have_url(ASKED_AT_SUOMIFI)
    desk.page.locator("main form button").click()
    expect(desk.page.get_by_role("button", name="Log in with Suomi.fi")).to_be_visible()
    state = requests.get(f"{desk.kelmu.addresses.simulator}/control/state", timeout=10).json()
    assert state["signed_in"]["idp"] == 0


def test_the_end_of_the_session_is_announced_and_can_be_put_off(desk: Desk) -> None:
    desk.page.clock.install()
    desk.be(ENTITLED)
    desk.page.clock.fast_forward("24:50")
    expect(warning(desk)).to_have_count(0)
    desk.page.clock.fast_forward("00:15")
    expect(warning(desk)).to_contain_text("Your session ends in less than five minutes.")
    with desk.page.expect_response("**/session/") as answer:
        desk.press("Stay logged in")
    assert answer.value.json()["seconds_left"] > 29 * 60
    expect(warning(desk)).to_have_count(0)
    desk.page.clock.fast_forward("20:00")
    expect(warning(desk)).to_have_count(0)


def test_a_page_left_open_past_the_end_shows_the_customer_no_more(desk: Desk) -> None:
    desk.page.clock.install()
    desk.be(ENTITLED)
    desk.look_up(EINO)
    let_session_age(desk, 31)
    desk.page.clock.fast_forward("30:05")
    expect(desk.page).to_have_url(f"{desk.kelmu.address}/?ended")
    expect(desk.page.get_by_role("alert")).to_contain_text("Your session has ended.")
    expect(desk.page.locator("body")).not_to_contain_text("Esimerkki")


def test_a_search_after_the_end_of_the_session_leads_to_the_front_page(desk: Desk) -> None:
    desk.be(ENTITLED)
    let_session_age(desk, 31)
    desk.search(EINO)
    expect(desk.page).to_have_url(f"{desk.kelmu.address}/?ended")


def test_logging_out_in_one_tab_empties_the_others(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(EINO)
    other = desk.page.context.new_page()
    other.goto(f"{desk.kelmu.address}/start/")
    other.get_by_role("button", name="Log out").click()
    expect(other).to_have_url(ASKED_AT_SUOMIFI)
    other.locator("main form button").click()
    expect(desk.page).to_have_url(f"{desk.kelmu.address}/?ended")
    expect(desk.page.locator("body")).not_to_contain_text("Esimerkki")
