"""Lists by a system: the catalogue, the act first, the file streamed, its checksum."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from audit.models import EntryPerson
from technical_interface.lists import Catalogue, Receipt
from tests.acting import TAMPERE, entries
from tests.agreeing import agree_otherwise
from tests.notifications.listings.publishing import CORRECTED, EVERY_LIST, INVOICE, publish
from tests.notifications.listings.reading import bytes_of, lines_of
from tests.technical_interface.calling import System, problem, registered

pytestmark = pytest.mark.django_db

INVOICES = "/api/v1/lists/labour_market_subsidy_list/837"
OCTOBER = f"{INVOICES}/labour_market_subsidy_invoice/837/2026-10-01"
VETERANS = "/api/v1/lists/front_veterans_list/837"


@pytest.fixture
def tampere(tmp_path: Path) -> System:
    publish(tmp_path / "1", INVOICE)
    agree_otherwise(TAMPERE, by_technical_interface=True)
    registered(TAMPERE)
    return System(TAMPERE).enter()


def test_the_catalogue_tells_what_was_published(tampere: System) -> None:
    answer = tampere.get(INVOICES)
    Catalogue.model_validate_json(answer.content)
    [one] = answer.json()["lists"]
    told = one["first_on"], one["last_on"], one["version"], one["rows"], one["total"]
    assert told == ("2026-10-01", "2026-10-31", 1, 4, "545.59")


def test_the_act_and_its_persons_are_written_before_the_file_is_read(tampere: System) -> None:
    answer = tampere.post(f"{OCTOBER}/1/downloads", {})
    assert answer.status_code == 201, answer.content
    Receipt.model_validate_json(answer.content)
    row = entries(TAMPERE)[-1]
    assert (row.act, row.channel, row.details["format"]) == ("download_list", "interface", "jsonl")
    assert EntryPerson.objects.filter(entry_id=row.id).count() == 3


def test_json_lines_are_an_object_for_each_row(tampere: System) -> None:
    receipt = tampere.post(f"{OCTOBER}/1/downloads", {}).json()
    file = tampere.get(f"/api/v1/downloads/{receipt['id']}/file")
    assert file["Content-Type"] == "application/jsonl"
    content = bytes_of(file)
    rows = [json.loads(line) for line in content.decode().splitlines()]
    assert len(rows) == 4
    assert (rows[0]["amount"], rows[0]["kind"]) == ("245.59", "payment")
    assert rows[1]["name"].startswith("=Perheellinen")  # as it is: no spreadsheet reads this
    told = tampere.get(f"/api/v1/downloads/{receipt['id']}").json()
    assert (told["sha256"], told["size"]) == (sha256(content).hexdigest(), len(content))


def test_csv_is_the_file_of_the_pages(tampere: System) -> None:
    receipt = tampere.post(f"{OCTOBER}/1/downloads", {"format": "csv"}).json()
    file = tampere.get(f"/api/v1/downloads/{receipt['id']}/file")
    assert len(lines_of(bytes_of(file))) == 5


def test_a_superseded_version_goes_out_only_to_who_knows_it(
    tampere: System, tmp_path: Path
) -> None:
    publish(tmp_path / "2", CORRECTED, "2026-11-20T07:00:00+02:00")
    assert problem(tampere.post(f"{OCTOBER}/1/downloads", {})) == "not-in-this-state"
    assert tampere.post(f"{OCTOBER}/1/downloads", {"superseded": True}).status_code == 201
    assert tampere.post(f"{OCTOBER}/2/downloads", {}).status_code == 201


def test_what_was_never_published_is_not_there(tampere: System) -> None:
    assert problem(tampere.post(f"{OCTOBER}/9/downloads", {})) == "not-found"
    assert problem(tampere.get(INVOICES.replace("837", "091"))) == "not-found"
    assert problem(tampere.get("/api/v1/lists/other_benefits/837")) == "purpose-not-open"
    assert problem(tampere.post(f"{OCTOBER}/1/downloads", {"format": "xlsx"})) == "invalid"


def test_another_organisations_receipt_is_not_there(tampere: System, tmp_path: Path) -> None:
    receipt = tampere.post(f"{OCTOBER}/1/downloads", {}).json()
    publish(tmp_path / "2", {"customers.csv": EVERY_LIST["customers.csv"]})
    registered(number=1)
    county = System(number=1).enter()
    assert problem(county.get(f"/api/v1/downloads/{receipt['id']}")) == "not-found"
    assert problem(county.get(f"/api/v1/downloads/{receipt['id']}/file")) == "not-found"
    assert county.get(VETERANS).json() == {"lists": []}
