"""The print view of a customer's page: an act of its own, with who, when and why on it."""

import pytest
from django.test import Client

from tests.acting import customer
from tests.customers.searching import acts, last_entry, look_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client: Client) -> str:
    """A customer that was just opened."""
    customer()
    return look_up(client)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_printing_is_an_act_even_on_the_first_page(client: Client, address: str) -> None:
    text(client, f"{address}?print=1")
    assert acts() == [("open", "permitted"), ("print", "permitted")]
    assert last_entry().details == {"tab": "benefits"}


def test_the_page_looked_at_after_printing_is_still_the_first_one(
    client: Client, address: str
) -> None:
    text(client, f"{address}?print=1")
    text(client, address)
    assert acts() == [("open", "permitted"), ("print", "permitted")]


def test_the_print_view_tells_who_when_for_whom_and_why(client: Client, address: str) -> None:
    page = text(client, f"{address}?print=1&lang=en")
    assert "Aino Virkailija, Pirkanmaan hyvinvointialue, 20.11.2026 at " in page
    assert "Purpose of use: Other benefits." in page
    assert "data-print" in page


def test_a_page_leads_to_its_print_view_and_that_back_to_the_page(
    client: Client, address: str
) -> None:
    assert 'href="?print=1"' in text(client, address)
    printed = text(client, f"{address}?print=1")
    assert 'href="?"' in printed


def test_a_page_that_is_looked_at_does_not_open_the_printer(client: Client, address: str) -> None:
    assert "data-print" not in text(client, address)
