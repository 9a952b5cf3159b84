"""The turn of the year 2022/2023, by the three examples that Kela gave to its partners."""

import pytest
from playwright.sync_api import Page, expect

from tests.desk import EINO, PEKKA, Desk
from tests.journeys.conftest import DeskOn
from tests.journeys.people import (
    AINO_IN_TAMPERE,
    BENEFIT_OFFICER,
    BENEFIT_OFFICER_TOO_EARLY,
    OF_THE_JOINT_AUTHORITY,
    OF_THE_JOINT_AUTHORITY_TOO_LATE,
)
from tests.journeys.suomifi import grant, void
from tests.personas import ENTITLED, MUNICIPALITY, WITHOUT_MANDATE, Persona

pytestmark = pytest.mark.browser

BEFORE, AFTER = "2022-12-15", "2023-01-02"
BENEFIT_MANDATE = "Viewing benefit information and registering payment demands"
NO_WAY_IN = "You have no mandate that opens Kelmu"


def rights(desk: Desk) -> dict[str, dict[str, str]]:
    """What the page of one's own rights says of each purpose."""
    desk.follow("My rights")
    expect(desk.heading).to_have_text("My rights")
    return {
        purpose.get_by_role("heading").inner_text(): facts(purpose.page, index)
        for index, purpose in enumerate(desk.page.locator("article.purpose").all())
    }


def facts(page: Page, index: int) -> dict[str, str]:
    purpose = page.locator("article.purpose").nth(index)
    terms = purpose.locator("dt").all_inner_texts()
    return dict(zip(terms, purpose.locator("dd").all_inner_texts(), strict=True))


def turned_away(desk: Desk, persona: Persona) -> None:
    desk.log_in(persona)
    desk.follow("Cancel and go back to the e-service")
    expect(desk.heading).to_have_text(NO_WAY_IN)


def test_example_1_before_from_the_municipality(desk_on: DeskOn) -> None:
    desk = desk_on(BEFORE)
    desk.log_in(AINO_IN_TAMPERE)
    assert desk.purposes == ["Other benefits", "Social assistance"]
    seen = rights(desk)
    assert seen["Other benefits"]["Tabs"] == "Benefits"
    assert (
        seen["Social assistance"]["Tabs"]
        == "Basic social assistance, Notifications forwarded by Kela"
    )
    desk.follow("Start")
    desk.look_up(EINO, "Other benefits")
    expect(desk.page.locator(".bar")).to_contain_text("812/2000")
    desk.press("Close")
    desk.look_up(PEKKA, "Social assistance")
    expect(desk.page.locator(".month").first).to_contain_text("Assistance of the month")


def test_example_1_after_to_the_county_with_two_mandates(desk_on: DeskOn) -> None:
    desk = desk_on(AFTER)
    desk.log_in(ENTITLED)
    assert desk.purposes == [
        *["Other benefits", "Social assistance", "Social assistance notifications"]
    ]
    seen = rights(desk)
    assert seen["Social assistance"]["Tabs"] == "Basic social assistance"
    assert seen["Social assistance notifications"]["Tabs"] == "Notifications forwarded by Kela"


def test_example_1_after_without_the_new_mandate_there_are_no_notifications(
    desk_on: DeskOn,
) -> None:
    desk = desk_on(AFTER)
    desk.log_in(BENEFIT_OFFICER)
    assert desk.purposes == ["Other benefits", "Social assistance"]


def test_example_2_the_same_mandate_opens_integration_alone_after(desk_on: DeskOn) -> None:
    before, after = desk_on(BEFORE), desk_on(AFTER)
    before.log_in(MUNICIPALITY)
    assert before.purposes == ["Other benefits", "Social assistance"]
    after.log_in(MUNICIPALITY)
    assert after.purposes == ["Integration service/Benefits", "Integration services"]
    after.look_up(EINO)
    assert after.tables == ["Pending matters", "Benefit decisions", "Payments"]


def test_example_2_who_needs_the_mandate_no_more_is_let_in_no_more(desk_on: DeskOn) -> None:
    desk = desk_on(AFTER)
    for mandate in [BENEFIT_MANDATE, "Viewing data on clients of integration services"]:
        void(desk, "Tampereen kaupunki", "Kaisa Kotouttaja", mandate)
    turned_away(desk, Persona("kaisa"))


def test_example_3_who_cannot_log_in_is_led_through_and_tries_again(desk_on: DeskOn) -> None:
    desk = desk_on(AFTER)
    turned_away(desk, WITHOUT_MANDATE)
    checks = desk.page.locator(".checks h2").all_inner_texts()
    assert checks == [
        "Check in Suomi.fi which mandates you have",
        "Check which mandate shows what",
        "Ask the authorizer of your organisation",
        "Log in again",
    ]
    grant(desk, "Pirkanmaan hyvinvointialue", "Ville Valtuudeton", BENEFIT_MANDATE)
    desk.log_in(Persona("ville", business_id=ENTITLED.business_id))
    assert desk.purposes == ["Other benefits", "Social assistance"]


def test_example_3_the_new_mandates_hold_from_new_year_only(desk_on: DeskOn) -> None:
    turned_away(desk_on(BEFORE), BENEFIT_OFFICER_TOO_EARLY)


def test_the_joint_authority_acts_for_its_member_until_the_end_of_2022(desk_on: DeskOn) -> None:
    before = desk_on(BEFORE)
    before.log_in(OF_THE_JOINT_AUTHORITY)
    expect(before.page.locator(".acting")).to_contain_text("Nokian kaupunki")
    assert before.purposes == ["Other benefits", "Social assistance"]
    turned_away(desk_on(AFTER), OF_THE_JOINT_AUTHORITY_TOO_LATE)
