"""Käyttömäärät: how much each organisation uses Kelmu, for Kela's admins, and as a file."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.acting import (
    CUSTOMER,
    HELSINKI,
    PIRKANMAA,
    client_of,
    customer,
    kela_admin,
    official,
    organisation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = client_of(kela_admin("preparing"))
    client.cookies["kelmu-language"] = "en"
    return client


@pytest.fixture
def _used() -> None:
    """Pirkanmaa opens a customer, looks again and searches in vain; Helsinki opens one."""
    customer()
    for business_id in (PIRKANMAA, HELSINKI):
        browser = client_of(official(business_id))
        typed = {"purpose": "other_benefits", "hetu": CUSTOMER}
        page = browser.post("/start/", typed)["Location"]
    browser = client_of(official())
    page = browser.post("/start/", typed)["Location"]
    browser.get(page)
    browser.get(f"{page}?print=1")
    browser.post("/start/", typed | {"hetu": "010190-902S"})


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/kela/usage/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def cells(row: str, shown: str) -> list[str]:
    """The figures of the first row of that name."""
    after = shown.split(f"> {row} <", 1)[1].split("</tr>", 1)[0]
    return [cell.split(">", 1)[1].split("<")[0] for cell in after.split('class="numeric"')[1:]]


def test_before_any_use_there_is_nothing_to_tell(admin: Client) -> None:
    assert "Kelmu was not used in this time." in page(admin)


@pytest.mark.usefixtures("_used")
def test_figures_are_shown_by_month_and_by_organisation(admin: Client) -> None:
    shown = page(admin)
    assert cells("November 2026", shown) == ["3", "1", "1", "0", "0"]
    assert cells("Pirkanmaan hyvinvointialue", shown) == ["2", "1", "1", "0", "0"]
    assert cells("Helsingin kaupunki", shown) == ["1", "0", "0", "0", "0"]


@pytest.mark.usefixtures("_used")
def test_figures_of_one_organisation(admin: Client) -> None:
    shown = page(admin, f"?year=2026&organisation={organisation(HELSINKI).pk}")
    assert cells("November 2026", shown) == ["1", "0", "0", "0", "0"]
    assert "> Pirkanmaan hyvinvointialue <" not in shown


@pytest.mark.usefixtures("_used")
def test_another_year_has_its_own_figures(admin: Client, settings: Settings) -> None:
    assert "Kelmu was not used in this time." in page(admin, "?year=2025")
    settings.KELMU_TODAY = date(2027, 1, 2)
    assert "Kelmu was not used in this time." in page(admin)


@pytest.mark.parametrize("query", ["?year=1999", "?year=x", "?year=2026&organisation=0"])
def test_a_wrong_question_is_told(admin: Client, query: str) -> None:
    answer = admin.get(f"/kela/usage/{query}")
    assert answer.status_code == 422
    assert "There is" in answer.content.decode() or "There are" in answer.content.decode()
    assert admin.get(f"/kela/usage.csv{query}").status_code == 400


@pytest.mark.usefixtures("_used")
def test_the_file_has_a_row_for_each_act(admin: Client) -> None:
    answer = admin.get("/kela/usage.csv?year=2026")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Organisation;Month;Purpose of use;Way of use;Act;Times"
    assert (
        "Pirkanmaan hyvinvointialue;2026-11;Other benefits;user interface;Opened a customer;2"
        in rows
    )
    assert "131052" not in answer.content.decode()
