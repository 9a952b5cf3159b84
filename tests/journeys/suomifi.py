"""What somebody does in Suomi.fi e-Authorizations, in a window of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.desk import Desk


@contextmanager
def mandates_page(desk: Desk) -> Iterator[Page]:
    page = desk.page.context.new_page()
    page.goto(f"{desk.kelmu.addresses.simulator}/mandates?lang=en")
    yield page
    page.close()


def void(desk: Desk, giver: str, receiver: str, mandate: str) -> None:
    """Take a mandate back."""
    with mandates_page(desk) as page:
        page.get_by_role("button", name=f"Void: {giver}, {receiver}, {mandate}", exact=True).click()
        expect(page.get_by_role("status")).to_have_text(
            "The mandate has been voided. It no longer holds."
        )


def grant(desk: Desk, giver: str, receiver: str, mandate: str) -> None:
    """Give a mandate for transactions."""
    with mandates_page(desk) as page:
        page.get_by_label("Assignor").select_option(giver)
        page.get_by_label("Assignee").select_option(receiver)
        page.get_by_label("Mandate theme").select_option(mandate)
        page.get_by_role("button", name="Grant a mandate").click()
        expect(page.get_by_role("status")).to_have_text(
            "The mandate has been granted. It holds at once."
        )
