"""One county from the first question to the day of use, by two admins and its own people."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.desk import Desk
from tests.journeys import suomifi
from tests.personas import Persona

pytestmark = pytest.mark.browser

KESKI_SUOMI, COUNTY = "9900109-6", "Keski-Suomen hyvinvointialue"
PREPARING, APPROVING = Persona("anna", at_kela=True), Persona("heikki", at_kela=True)
SIGNATORY, DATA_PROTECTION = Persona("kirsi", has_office=True), Persona("teemu", has_office=True)
AUTHORIZER = Persona("vilma", has_office=True)
EMPLOYEE = Persona("ville", business_id=KESKI_SUOMI)
NAMED = [
    ("Signatory", "Kirsi Kirjoittaja", "030568-903M"),
    ("Responsible for data protection and security", "Teemu Tietosuoja", "191179-904N"),
    ("Authorizer", "Vilma Valtuuttava", "080490-905T"),
    ("Authorizer", "Martta Myöntäjä", "170766-906V"),
]
MANDATE = "Viewing data on clients of social assistance and social services"


FORGET_THE_AGREEMENT = """
ALTER TABLE organisations_contact DISABLE TRIGGER keep_decided;
ALTER TABLE organisations_agreementversion DISABLE TRIGGER keep_decided;
CREATE TEMPORARY VIEW county AS
    SELECT id FROM organisations_organisation WHERE business_id = '9900109-6';
CREATE TEMPORARY VIEW agreement AS
    SELECT id FROM organisations_agreement WHERE organisation_id IN (SELECT id FROM county);
DELETE FROM organisations_contact WHERE organisation_id IN (SELECT id FROM county);
DELETE FROM organisations_agreedpurpose WHERE version_id IN (
    SELECT id FROM organisations_agreementversion WHERE agreement_id IN (SELECT id FROM agreement)
);
DELETE FROM organisations_agreementversion WHERE agreement_id IN (SELECT id FROM agreement);
DELETE FROM organisations_agreementevent WHERE agreement_id IN (SELECT id FROM agreement);
DELETE FROM organisations_deadline WHERE agreement_id IN (SELECT id FROM agreement);
DELETE FROM organisations_agreement WHERE organisation_id IN (SELECT id FROM county);
ALTER TABLE organisations_contact ENABLE TRIGGER keep_decided;
ALTER TABLE organisations_agreementversion ENABLE TRIGGER keep_decided;
"""


def test_one_county_is_taken_from_the_first_question_to_the_day_of_use(desk: Desk) -> None:
    with desk.kelmu.owner() as owner:
        for statement in FORGET_THE_AGREEMENT.split(";\n"):
            owner.execute(statement.encode())
    ask(desk)
    agreement = find_a_right(desk)
    agree_on_the_content(desk, agreement)
    name_people(desk)
    send(desk, agreement)
    prepare_in_the_county(desk)
    version = implement_and_test(desk, agreement)
    accept_the_test(desk, version)
    sign(desk, agreement)
    put_into_use(desk, agreement)
    grant_and_log_in(desk)
    see_all_of_it_done(desk, agreement)


def ask(desk: Desk) -> None:
    """The public form, by somebody of the county."""
    desk.open("/enquiry/")
    fill(desk, "Which organisation do you represent?", COUNTY)
    fill(desk, "Its business ID", KESKI_SUOMI)
    fill(desk, "By which legislation", "Laki toimeentulotuesta 1412/1997")
    fill(desk, "Name of the contact", "Kirsi Kirjoittaja")
    fill(desk, "E-mail of the contact", "kirsi@example.fi")
    desk.press("Send the enquiry")
    expect(desk.page).to_have_url(f"{desk.kelmu.address}/enquiry/sent/")


def find_a_right(desk: Desk) -> str:
    """Kela examines the right, and an agreement begins; its address."""
    desk.be(PREPARING)
    desk.open("/kela/enquiries/")
    desk.page.get_by_role("link", name=COUNTY).first.click()
    choose(desk, "Is there a statutory right", "Statutory right")
    fill(desk, "Answer to the organisation", "Oikeus perustuu lakiin toimeentulotuesta.")
    desk.press("Save the answer")
    expect(desk.heading).to_contain_text("Agreement KELMU-")
    address = desk.page.url.removeprefix(desk.kelmu.address)
    expect_turn(desk, address, kela="Way of use and content")
    return address


def agree_on_the_content(desk: Desk, agreement: str) -> None:
    """One prepares a version, another approves it."""
    desk.open(agreement)
    desk.follow("Prepare a version")
    desk.press("Save for approval")
    expect(desk.heading).to_contain_text("Version")
    version = desk.page.url.removeprefix(desk.kelmu.address)
    desk.be(APPROVING)
    desk.open(version)
    desk.press("Accept")


def name_people(desk: Desk) -> None:
    """Kela enters whom the county has named; another accepts each."""
    desk.be(PREPARING)
    contacts = []
    for role, name, hetu in NAMED:
        desk.open(f"/kela/organisations/{organisation_of(desk)}/contacts/new/")
        choose(desk, "Role", role)
        fill(desk, "Name", name)
        fill(desk, "Personal identity code", hetu)
        desk.page.locator("main form button[type=submit]").click()
        expect(desk.heading).to_contain_text(name)
        contacts.append(desk.page.url.removeprefix(desk.kelmu.address))
    desk.be(APPROVING)
    for contact in contacts:
        desk.open(contact)
        desk.press("Accept")


def send(desk: Desk, agreement: str) -> None:
    """From here on the people of the county see their own pages, and no other."""
    desk.be(PREPARING)
    take(desk, agreement, "Send to the organisation")
    desk.be(AUTHORIZER)
    expect(desk.heading).to_have_text("Agreement with Kela")
    expect(desk.page.locator("main")).to_contain_text("Until its day of use these pages are open")
    desk.open("/access-review/")
    expect(desk.heading).to_have_text("This page opens when the agreement is in force.")


def prepare_in_the_county(desk: Desk) -> None:
    """What runs side by side: the right to grant, telling employees, data security."""
    desk.open("/agreement/commissioning/")
    record(desk, "Right to grant mandates", "granted by DVV")
    record(desk, "Employees told", "told")
    desk.open("/agreement/instruction/change/")
    fill(desk, "In Finnish", "Pyydä valtuus Vilmalta.")
    desk.press("Save")
    desk.be(DATA_PROTECTION)
    desk.open("/agreement/security/assess/")
    for point in desk.page.locator("fieldset").all():
        point.get_by_label("State").select_option("in order")
        point.get_by_label("Responsible person").fill("Teemu Tietosuoja")
    desk.press("Save the assessment")
    expect(desk.page.locator("main")).to_contain_text("All seven points are in order")


def implement_and_test(desk: Desk, agreement: str) -> str:
    """Kela implements and tests; the address of the version's preview."""
    desk.be(PREPARING)
    desk.open(f"{agreement}commissioning/")
    record(desk, "Changes implemented", "implemented")
    record(desk, "New mandate from DVV, if needed", "no new mandate is needed")
    expect_turn(desk, agreement, kela="Tested in the preview")
    desk.open(agreement)
    desk.follow("Version 1")
    desk.follow("Preview and checklist")
    expect(desk.heading).to_have_text("Preview of an agreement")
    preview = desk.page.url.removeprefix(desk.kelmu.address)
    ticks = desk.page.get_by_role("button", name=re.compile("^Tick ?: "))
    expect(ticks).not_to_have_count(0)
    for left in range(ticks.count(), 0, -1):
        ticks.first.click()
        expect(ticks).to_have_count(left - 1)
    return preview


def accept_the_test(desk: Desk, preview: str) -> None:
    desk.be(APPROVING)
    desk.open(preview)
    desk.press("Accept the test")
    expect(desk.page.locator(".preview-state")).to_contain_text("Accepted by Heikki")


def sign(desk: Desk, agreement: str) -> None:
    desk.be(SIGNATORY)
    desk.open("/agreement/commissioning/")
    expect(turn_of(desk, "Organisation")).to_contain_text("Agreement signed")
    desk.be(PREPARING)
    signed = "Record the organisation’s signature"
    take(desk, agreement, signed, "Kirsi Kirjoittaja, hallintojohtaja")
    desk.be(APPROVING)
    take(desk, agreement, "Sign for Kela")
    expect_turn(desk, agreement, kela="In use")


def put_into_use(desk: Desk, agreement: str) -> None:
    take(desk, agreement, "Set the day of use")
    expect(desk.page.locator("main")).to_contain_text("In force")


def grant_and_log_in(desk: Desk) -> None:
    """The authorizer grants in Suomi.fi, and an employee looks customers up."""
    suomifi.grant(desk, COUNTY, "Ville Valtuudeton", MANDATE)
    desk.be(EMPLOYEE)
    expect(desk.page.locator(".acting")).to_contain_text(COUNTY)
    expect(desk.page.locator("main")).to_contain_text("Social assistance notifications")


def see_all_of_it_done(desk: Desk, agreement: str) -> None:
    desk.be(AUTHORIZER)
    desk.open("/agreement/commissioning/")
    for side in ("Organisation", "Kela"):
        expect(turn_of(desk, side)).to_have_text("nothing now")
    expect(desk.page.locator("main")).to_contain_text("first seen on 20.11.2026")
    desk.be(PREPARING)
    expect_turn(desk, agreement, kela="nothing now")


# --- in words -----------------------------------------------------------------------------------


def fill(desk: Desk, label: str, text: str) -> None:
    desk.page.get_by_label(label).first.fill(text)


def choose(desk: Desk, label: str, text: str) -> None:
    desk.page.get_by_label(label).first.select_option(text)


def take(desk: Desk, agreement: str, step: str, note: str = "") -> None:
    """A step of the agreement, on its page."""
    desk.open(agreement)
    card = desk.page.locator("details.step").filter(has_text=step)
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    if note:
        card.locator("textarea").fill(note)
    card.get_by_role("button", name=step).click()
    expect(desk.page.get_by_role("table", name="Steps taken")).to_be_visible()
    expect(desk.page.locator(".ds-error-summary")).to_have_count(0)


def record(desk: Desk, step: str, state: str) -> None:
    """How a step of commissioning stands, from the page with all of them."""
    name = re.compile(f"^Record how it stands ?: {step}$")
    desk.page.get_by_role("link", name=name).click()
    expect(desk.heading).to_have_text(step)
    choose(desk, "State", state)
    desk.press("Record")
    expect(desk.heading).to_have_text("Commissioning")


def expect_turn(desk: Desk, agreement: str, *, kela: str) -> None:
    """What Kela does next, as its page says."""
    desk.open(f"{agreement}commissioning/")
    expect(turn_of(desk, "Kela")).to_contain_text(kela)


def turn_of(desk: Desk, side: str) -> Locator:
    row = desk.page.locator("section", has=desk.page.locator("#turns")).locator("dl > div")
    return row.filter(has_text=side).locator("dd")


def organisation_of(desk: Desk) -> int:
    with desk.kelmu.owner() as owner:
        query = "SELECT id FROM organisations_organisation WHERE business_id = %s"
        row = owner.execute(query, [KESKI_SUOMI]).fetchone()
        assert row
        return int(row[0])
