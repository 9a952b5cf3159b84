"""Mandates are asked for again when they were read too long ago, and then count as they are."""

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import KelmuOn
from tests.desk import CUSTOMER_PAGE, EINO, Desk, seated
from tests.harness import TODAY
from tests.journeys.people import BENEFIT_OFFICER
from tests.journeys.suomifi import void
from tests.personas import ENTITLED

pytestmark = pytest.mark.browser

COUNTY = "Pirkanmaan hyvinvointialue"
MANDATE = "Viewing benefit information and registering payment demands"
CHOICE_AT_SUOMIFI = "Choose the organisation you act on behalf of"


def let_mandates_age(desk: Desk) -> None:
    """As if they had been read longer ago than MANDATE_MAX_AGE."""
    with desk.kelmu.owner() as owner:
        owner.execute(
            "UPDATE authorizations_session"
            " SET mandates_read_at = mandates_read_at - '1 day'::interval"
        )


def choose_the_county_again(desk: Desk) -> None:
    expect(desk.heading).to_have_text(CHOICE_AT_SUOMIFI)
    desk.page.get_by_role("radio", name=COUNTY).check()
    desk.press("Select and go to the e-service")


def test_a_search_with_old_mandates_comes_back_from_suomifi_as_it_was_typed(desk: Desk) -> None:
    desk.be(ENTITLED)
    let_mandates_age(desk)
    desk.page.get_by_label("Case reference (optional)").fill("2026/117")
    desk.search(EINO)
    choose_the_county_again(desk)
    expect(desk.search_field).to_have_value(EINO)
    expect(desk.page.get_by_label("Case reference (optional)")).to_have_value("2026/117")
    expect(desk.page.get_by_role("radio", name="Other benefits", exact=True)).to_be_checked()
    desk.press("Fetch the data")
    expect(desk.page).to_have_url(CUSTOMER_PAGE)


def test_a_kept_search_is_shown_once(desk: Desk) -> None:
    desk.be(ENTITLED)
    let_mandates_age(desk)
    desk.search(EINO)
    choose_the_county_again(desk)
    expect(desk.search_field).to_have_value(EINO)
    desk.page.reload()
    expect(desk.search_field).to_have_value("")


def test_a_voided_mandate_is_refused_at_the_next_search(
    browser: Browser, kelmu_on: KelmuOn
) -> None:
    with seated(browser, kelmu_on(TODAY.isoformat(), MANDATE_MAX_AGE="0")) as desk:
        desk.be(BENEFIT_OFFICER)
        void(desk, COUNTY, "Eetu Etuuskäsittelijä", MANDATE)
        desk.search(EINO)
        expect(desk.heading).to_have_text(CHOICE_AT_SUOMIFI)
        desk.follow("Cancel and go back to the e-service")
        expect(desk.heading).to_have_text("You have no mandate that opens Kelmu")
        desk.open("/start/")
        expect(desk.page).to_have_url(f"{desk.kelmu.address}/?ended")


def test_a_customers_page_that_is_open_is_not_taken_away_by_age(desk: Desk) -> None:
    desk.be(ENTITLED)
    desk.look_up(EINO)
    let_mandates_age(desk)
    desk.page.reload()
    expect(desk.heading).to_have_text("Esimerkki, Eino Olavi")
