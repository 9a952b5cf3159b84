"""A merged municipality: its successor's organisation goes on with its notifications and lists.

Pertunmaa (588) was merged into Mäntyharju (507) on 1.1.2025.
"""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from authorizations.rulebook import Mandate
from organisations.models import Organisation
from tests.acting import PIRKANMAA, TAMPERE, client_of, official, owning
from tests.notifications.forwarding import (
    INTEGRATION,
    NOTIFICATIONS,
    attach,
    change,
    county,
    eino,
    handling,
    notify,
    page_of,
    seen,
)
from tests.notifications.listings.publishing import INVOICE, publish
from tests.notifications.listings.reading import SUBSIDY, bytes_of, fetched, lines_of, reader

pytestmark = pytest.mark.django_db
BEFORE, BY_THEN = "588", date(2024, 12, 2)
SEPTEMBER = "2026-09-01,2026-09-30"
LISTS = "/notifications/labour_market_subsidy_list/507/lists/labour_market_subsidy_invoice/"


@pytest.fixture(autouse=True)
def _in_south_savo() -> None:
    """The cast has no organisation there: the county and the town of the cast stand in."""
    with owning():
        told = Organisation.objects.using("owner")
        told.filter(business_id=PIRKANMAA).update(county_id="12")
        told.filter(business_id=TAMPERE).update(municipality_id="507")


def test_its_queue_is_the_successors_and_is_worked_on() -> None:
    number = notify(eino(), municipality=BEFORE, arrived=BY_THEN)
    attach(number)
    assert "Esimerkki, Eino Olavi" in seen(county(), place="507")
    client = client_of(county())
    one = handling(number, municipality=BEFORE)
    address = page_of(one, place="507")
    assert "Tiliote.pdf" in client.get(address).content.decode()
    archive = client.get(f"{address}attachments.zip")
    assert b"Tiliote.pdf" in b"".join(archive.streaming_content)  # type: ignore[attr-defined]  # it streams
    told = {"do": "handled", "version": "1", "note": "Tavattu."}
    assert client.post(f"{address}change/", told).status_code == 302
    assert handling(number, municipality=BEFORE).state == "handled"


def test_under_its_own_number_nothing_opens() -> None:
    number = notify(eino(), municipality=BEFORE, arrived=BY_THEN)
    client = client_of(county())
    assert client.get(f"/notifications/{NOTIFICATIONS}/{BEFORE}/").status_code == 403
    assert client.get(page_of(handling(number, municipality=BEFORE))).status_code == 403
    assert change(client, handling(number, municipality=BEFORE), "taken").status_code == 403


def test_its_immigrants_are_the_successor_municipalitys_too() -> None:
    notify(eino(), "immigrant", BEFORE, arrived=BY_THEN)
    town = official(TAMPERE, Mandate.INTEGRATION_SERVICES_CUSTOMERS, subject=uuid4())
    assert "Esimerkki, Eino Olavi" in seen(town, INTEGRATION, "507")


def test_its_lists_stand_among_the_successors_under_its_name(tmp_path: Path) -> None:
    files = {
        name: [row.replace(",837,", ",588,") for row in rows] for name, rows in INVOICE.items()
    }
    told = files["list_publications.csv"][0]
    files["list_publications.csv"] = [
        told,
        told.replace("1,", "3,", 1).replace(",588,", ",507,"),
        f"4,labour_market_subsidy_invoice,507,{SEPTEMBER},1,2026-10-16,1,245.59,",
    ]
    files["list_invoice_rows.csv"] += [
        row.replace("1,", "3,", 1) for row in files["list_invoice_rows.csv"]
    ] + [files["list_invoice_rows.csv"][0].replace("1,", "4,", 1).replace("-10-15,", "-09-15,")]
    assert publish(tmp_path, files) == []
    client = reader(TAMPERE, SUBSIDY)
    page = client.get(LISTS).content.decode()
    assert "Pertunmaa" in page
    assert "Mäntyharju" in page
    assert page.count('class="trend__bar"') == 2  # of two periods, both municipalities together
    assert "1.10.–31.10.2026: 1\N{NO-BREAK SPACE}091,18\N{NO-BREAK SPACE}€" in page
    assert len(lines_of(bytes_of(fetched(client, f"{LISTS}588/2026-10-01/1/")))) == 5
    assert client.get(LISTS.replace("/507/", "/588/")).status_code == 403
