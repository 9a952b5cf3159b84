"""Aineistot: what Kela's systems delivered, for Kela's admins."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from intake.services import take_in
from tests.acting import client_of, kela_admin, owning
from tests.delivering import GOOD, SECOND_DAY, deliver

pytestmark = pytest.mark.django_db

TWO_DAYS_AGO = "2026-11-18T06:00:00+02:00"
NAMELESS = "150503A965L,,,Nimi,2003-05-15,837,false,fi,,,"


@pytest.fixture
def admin() -> Client:
    client = client_of(kela_admin("preparing"))
    client.cookies["kelmu-language"] = "en"
    return client


def take(folder: Path) -> None:
    with owning():
        list(take_in([folder]))


def page(admin: Client) -> str:
    """The text of the page, without its markup's white space."""
    answer = admin.get("/kela/feeds/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_before_the_first_delivery_there_is_nothing_to_tell(admin: Client) -> None:
    shown = page(admin)
    assert "payments.csv" in shown
    assert "never delivered" in shown
    assert "Nothing has been delivered." in shown


def test_every_feed_tells_its_age_and_its_rows(admin: Client, tmp_path: Path) -> None:
    take(deliver(tmp_path / "first", GOOD))
    take(deliver(tmp_path / "second", {"payments.csv": GOOD["payments.csv"]}, SECOND_DAY))
    shown = page(admin)
    assert "21.11.2026 at 6:00" in shown
    assert "in time" in shown
    assert ">late<" not in shown


def test_a_late_feed_is_marked(admin: Client, tmp_path: Path) -> None:
    take(deliver(tmp_path, GOOD, TWO_DAYS_AGO))
    assert ">late<" in page(admin)


def test_a_list_of_last_month_is_not_late(admin: Client, tmp_path: Path) -> None:
    told = "1,prolonged_unemployment_risk,837,2026-10-01,2026-10-31,1,2026-11-05,1,,"
    take(deliver(tmp_path, {"list_publications.csv": [told]}, TWO_DAYS_AGO))
    assert ">late<" not in page(admin)
    assert "late" not in Client().get("/health/ready").json()


def test_rows_left_out_are_counted_by_reason(admin: Client, tmp_path: Path) -> None:
    files = {"customers.csv": [*GOOD["customers.csv"], NAMELESS, NAMELESS]}
    take(deliver(tmp_path, files))
    shown = page(admin)
    assert "given_names" in shown
    assert "a value is missing" in shown
    assert "150503A965L" not in shown


def test_health_names_what_is_late_and_stays_in_rotation(
    tmp_path: Path, settings: Settings
) -> None:
    take(deliver(tmp_path / "first", GOOD, TWO_DAYS_AGO))
    take(deliver(tmp_path / "second", {"payments.csv": GOOD["payments.csv"]}))
    answer = Client().get("/health/ready")
    assert answer.status_code == 200
    late = answer.json()["late"]
    assert "decisions.csv" in late
    assert "payments.csv" not in late
