"""Who comes in today, and what each finds open."""

import pytest
from playwright.sync_api import expect

from tests.desk import EINO, Desk
from tests.journeys.people import (
    BENEFIT_OFFICER,
    IN_ALAND,
    IN_HELSINKI,
    IN_VAASA,
    OF_THE_JOINT_AUTHORITY_TOO_LATE,
)
from tests.personas import (
    AUTHORIZER,
    ENTITLED,
    KELA_ADMIN,
    LISTS_ONLY,
    MUNICIPALITY,
    OTHER_ORGANISATION,
    SUPERVISOR,
    WITHOUT_MANDATE,
    Persona,
)

pytestmark = pytest.mark.browser

BENEFITS, ASSISTANCE = "Other benefits", "Social assistance"
NOTIFICATIONS, INTEGRATION = "Social assistance notifications", "Integration service/Benefits"
IMMIGRANTS = "Integration services"
LISTS = ["Labour market subsidy list", "Child care allowance lists"]
IN_HELSINKI_ARE_OPEN = [
    *[BENEFITS, ASSISTANCE, INTEGRATION, NOTIFICATIONS],
    *["TYP service", "Front-veteran's supplement list", IMMIGRANTS],
    *LISTS,
    "Reimbursements for treatment abroad",
]

OFFERED: list[tuple[Persona, list[str]]] = [
    (ENTITLED, [BENEFITS, ASSISTANCE, NOTIFICATIONS]),
    (BENEFIT_OFFICER, [BENEFITS, ASSISTANCE]),
    (MUNICIPALITY, [INTEGRATION, IMMIGRANTS]),
    (IN_HELSINKI, IN_HELSINKI_ARE_OPEN),
    (OTHER_ORGANISATION, [BENEFITS, ASSISTANCE, NOTIFICATIONS]),
    (IN_VAASA, [INTEGRATION]),
    (LISTS_ONLY, LISTS),
    (IN_ALAND, [BENEFITS]),
]


@pytest.mark.parametrize(
    ("persona", "offered"),
    OFFERED,
    ids=[f"{persona.person} {persona.business_id}" for persona, _ in OFFERED],
)
def test_the_start_view_offers_what_mandate_agreement_and_law_open(
    desk: Desk, persona: Persona, offered: list[str]
) -> None:
    desk.log_in(persona)
    assert desk.purposes == offered


def test_another_organisation_is_chosen_and_the_customer_of_the_first_is_gone(desk: Desk) -> None:
    desk.log_in(OTHER_ORGANISATION)
    desk.look_up(EINO)
    address = desk.page.url
    desk.follow("change the organisation")
    desk.page.get_by_role("radio", name="Vaasan kaupunki").check()
    desk.press("Select and go to the e-service")
    assert desk.purposes == [INTEGRATION]
    expect(desk.page.locator(".acting")).to_contain_text("Vaasan kaupunki")
    desk.page.goto(address)
    expect(desk.heading).to_have_text("This customer is not open to you.")
    expect(desk.page.locator("body")).not_to_contain_text("Esimerkki")


@pytest.mark.parametrize("persona", [AUTHORIZER, SUPERVISOR], ids=lambda persona: persona.person)
def test_an_office_opens_no_customers_data(desk: Desk, persona: Persona) -> None:
    desk.log_in(persona)
    expect(desk.heading).to_have_text("My rights")
    expect(desk.page.locator("main")).to_contain_text("no customer’s data")
    expect(desk.page.get_by_role("link", name="Start", exact=True)).to_have_count(0)
    desk.open("/start/")
    expect(desk.heading).to_have_text("This page opens with a mandate.")


def test_an_admin_of_kela_sees_organisations_and_no_customer(desk: Desk) -> None:
    desk.log_in(KELA_ADMIN)
    expect(desk.heading).to_have_text("Overview")
    desk.open("/kela/organisations/")
    expect(desk.page.get_by_role("table")).to_contain_text("Pirkanmaan hyvinvointialue")
    desk.open("/start/")
    expect(desk.heading).to_have_text("This page opens with a mandate.")


@pytest.mark.parametrize(
    "persona", [WITHOUT_MANDATE, OF_THE_JOINT_AUTHORITY_TOO_LATE], ids=lambda p: p.person
)
def test_without_mandate_and_office_nobody_enters_and_all_are_told_why(
    desk: Desk, persona: Persona
) -> None:
    desk.log_in(persona)
    desk.follow("Cancel and go back to the e-service")
    expect(desk.heading).to_have_text("You have no mandate that opens Kelmu")
    expect(desk.page.locator(".checks > li")).to_have_count(4)
    desk.open("/start/")
    expect(desk.page).to_have_url(f"{desk.kelmu.address}/?ended")
