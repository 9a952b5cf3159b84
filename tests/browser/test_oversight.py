"""A supervisor at a real browser: the review of a month from the draw to the last finding."""

import pytest
from playwright.sync_api import Browser, expect

from tests.desk import seated
from tests.personas import SUPERVISOR
from tests.running import Kelmu

pytestmark = pytest.mark.browser
ADD_MONTH = "SELECT audit_add_month('2026-10-01')"
ACTS = """
    INSERT INTO audit_entry (
        id, at, rule_date, act, outcome, channel, request_id, actor, office, organisation_id,
        agreement, mandates, purpose, laws, rulebook, customer, data_groups, case_reference, details
    )
    SELECT gen_random_uuid(), make_timestamptz(2026, 10, n, 9, 0, 0, 'Europe/Helsinki'),
        make_date(2026, 10, n), 'open', 'permitted', 'browser', gen_random_uuid(),
        gen_random_uuid(), 'mandate', o.id, 'KELMU-2023-9900100/1',
        '{benefits_and_payment_demands}', 'other_benefits', '{703/2023}', repeat('0', 64),
        gen_random_uuid(), '{payments}', 'SOS-' || n, '{}'
    FROM organisations_organisation AS o, generate_series(1, 3) AS n
    WHERE o.business_id = '9900100-2'
"""


def test_a_supervisor_finishes_the_review_of_a_month(browser: Browser, kelmu: Kelmu) -> None:
    with kelmu.owner() as owner:
        owner.execute(ADD_MONTH)
        owner.execute(ACTS)
    with seated(browser, kelmu) as desk:
        desk.be(SUPERVISOR)
        desk.open("/oversight/reviews/")
        desk.press("Draw what is missing")
        acts = desk.page.get_by_role("table", name="Acts to review of October 2026")
        unchecked = acts.locator("tbody tr", has_text="not checked")
        expect(unchecked).to_have_count(3)
        for left in (2, 1, 0):
            unchecked.first.get_by_role("link").click()
            desk.page.get_by_label("Finding").select_option("In order")
            if left == 1:  # it is not, which cannot be said without a word of why
                desk.page.get_by_label("Finding").select_option("Misuse suspected")
                desk.press("Record the finding")
                expect(desk.page.locator("#id_note")).to_have_attribute("aria-invalid", "true")
                desk.page.get_by_label("Note").fill("Asiaa ei ole.")
            desk.press("Record the finding")
            expect(desk.page.get_by_role("status")).to_contain_text("What you found was recorded.")
            expect(unchecked).to_have_count(left)
        months = desk.page.get_by_role("table", name="Samples by month")
        expect(months.locator("[data-label='Not checked']")).to_have_text("0")
