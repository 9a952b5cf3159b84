"""A customer's page says which of its data is late."""

from pathlib import Path

import pytest
from django.test import Client

from intake.services import take_in
from tests.acting import client_of, official, owning
from tests.customers.searching import look_up
from tests.delivering import GOOD, deliver

TWO_DAYS_AGO = "2026-11-18T06:00:00+02:00"
TODAY = "2026-11-20T06:00:00+02:00"


@pytest.fixture
def client(db: None) -> Client:
    client = client_of(official())
    client.cookies["kelmu-language"] = "en"
    return client


def page_after(client: Client, folder: Path, *made_at: str) -> str:
    """The customer's page after good deliveries; the second one is of payments alone."""
    files = [GOOD, {"payments.csv": GOOD["payments.csv"]}]
    with owning():
        for number, moment in enumerate(made_at):
            list(take_in([deliver(folder / str(number), files[number], moment)]))
    return " ".join(client.get(look_up(client)).content.decode().split())


def test_data_in_time_is_not_remarked_on(client: Client, tmp_path: Path) -> None:
    assert "in time" not in page_after(client, tmp_path, TODAY)


def test_each_late_group_is_named_with_its_age(client: Client, tmp_path: Path) -> None:
    page = page_after(client, tmp_path, TWO_DAYS_AGO, TODAY)
    assert "Kela’s systems have not delivered newer data in time." in page
    assert "<li>18.11.2026 at 6:00: Pending matters, Benefit decisions, Insurance," in page
    assert "20.11.2026 at 6:00: Payments" not in page
