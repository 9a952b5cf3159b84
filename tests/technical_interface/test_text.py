"""The published text: its examples are answers, and its client gets in."""

import json
import re
import runpy
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from demo.environment import CAST
from technical_interface import about, customers, lists
from technical_interface.demands import told as demands
from technical_interface.documents import told as documents
from technical_interface.notifications import told as notifications
from technical_interface.presentation import examples
from technical_interface.text import operations, text
from tests.documents.hostile import pdf
from tests.harness import TODAY
from tests.running import Kelmu
from tests.technical_interface.calling import pair, public_key

CLIENT = Path(__file__).parents[2] / "docs/interface_client.py"
PENSIONER = "140559-939K"  # without a demand
DEMAND: dict[str, Any] = {
    "ground": "client_fees_14",
    "benefit": "national_pension",
    "municipality": "837",
    "first": "2027-06-01",
    "last": "2027-08-31",
    "recurrence": "recurrent",
    "measure": "amount",
    "amount": "300.00",
    "contact_name": "Aino Virkailija",
    "contact_phone": "03 123 456",
}
ANSWERS: dict[str, Any] = {
    "get /api/v1/rights": about.Granted,
    "get /api/v1/usage": about.Usage,
    "post /api/v1/customers/benefits": customers.Benefits,
    "post /api/v1/customers/social-assistance": customers.Assistance,
    "post /api/v1/customers/payment-demands": demands.CustomersDemands,
    "get /api/v1/payment-demands": demands.DemandRows,
    "get /api/v1/payment-demands/choices": demands.Choices,
    "post /api/v1/payment-demands/preview": demands.Preview,
    "post /api/v1/payment-demands": demands.DemandStanding,
    "get /api/v1/payment-demands/{demand_id}": demands.OneDemand,
    "put /api/v1/payment-demands/{demand_id}": demands.DemandStanding,
    "post /api/v1/payment-demands/{demand_id}/end": demands.DemandStanding,
    "post /api/v1/payment-demands/{demand_id}/void": demands.DemandStanding,
    "post /api/v1/customers/documents": documents.CustomersDocuments,
    "post /api/v1/sendings": documents.Sent,
    "get /api/v1/sendings": documents.SendingRows,
    "get /api/v1/sendings/{sending_id}": documents.SendingWhole,
    "get /api/v1/municipalities/{purpose}": notifications.Places,
    "get /api/v1/notifications/{purpose}/{municipality}": notifications.Rows,
    "get /api/v1/notifications/{purpose}/{municipality}/{number}": notifications.Forwarded,
    "get /api/v1/lists/{purpose}/{municipality}": lists.Catalogue,
    "get /api/v1/downloads/{download_id}": lists.Receipt,
}


@pytest.mark.parametrize(("operation", "answer"), ANSWERS.items(), ids=ANSWERS)
def test_an_example_is_an_answer_as_the_text_describes_it(operation: str, answer: Any) -> None:
    answer.model_validate_json(json.dumps(examples()[operation]["Answer"]))


def test_each_operation_has_an_example() -> None:
    known = {f"{method} {path}" for path, method, _operation in operations(text())}
    assert set(examples()) == known


def test_each_parameter_has_a_name_and_only_what_is_in_the_path_is_required() -> None:
    for path, method, operation in operations(text()):
        for one in operation.get("parameters", []):
            if "$ref" not in one:
                assert one["name"], f"{method} {path}"
                assert one["required"] == (one["in"] == "path"), f"{method} {path}"


def test_examples_are_of_invented_people() -> None:
    cast = CAST.read_text(encoding="utf-8")
    told = json.dumps(examples(), ensure_ascii=False)
    codes = set(re.findall(r"\d{6}[-A-FU-Y]\d{3}[0-9A-Y]", told))
    assert codes
    assert all(code[7] == "9" or code in cast for code in codes)


def test_the_example_client_reads_a_customer_registers_a_demand_and_sends_a_document(
    kelmu: Kelmu, tmp_path: Path
) -> None:
    private, _public = pair()
    key = tmp_path / "private.pem"
    key.write_text(private)
    kid = register(kelmu)
    demand = tmp_path / "demand.json"
    demand.write_text(json.dumps(DEMAND | {"payee": account(kelmu)}))
    letter = tmp_path / "statement.pdf"
    letter.write_bytes(pdf())
    run = subprocess.run(
        [
            *(sys.executable, CLIENT, kelmu.address),
            *("9900100-2", kid, key, PENSIONER, demand, letter),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "customer: " in run.stdout
    assert re.search(r"list: \d+ rows in \w+.jsonl, whole", run.stdout)
    [fetched] = tmp_path.glob("*.jsonl")
    assert json.loads(fetched.read_text().splitlines()[0])
    assert "opens: other_benefits social_assistance" in run.stdout
    assert re.search("demand: .{36} registered", run.stdout)
    assert re.search("sending: .{36} received", run.stdout)


def test_two_at_once_by_the_same_key_make_one(kelmu: Kelmu) -> None:
    client = runpy.run_path(str(CLIENT))["Client"](
        kelmu.address, "9900100-2", register(kelmu), pair()[0]
    )
    client.enter()
    asked = DEMAND | {"payee": account(kelmu), "hetu": PENSIONER}

    def make(number: int) -> Any:
        return client.make("/payment-demands", f"u-{number}", "one-key", content=asked)

    with ThreadPoolExecutor(4) as at_once:
        answers = list(at_once.map(make, range(4)))
    assert len({one["id"] for one in answers}) == 1
    with kelmu.owner() as owner:
        found = owner.execute(
            "SELECT count(*) FROM payment_demands_demand WHERE id = %s", [answers[0]["id"]]
        )
        assert found.fetchone() == (1,)


def account(kelmu: Kelmu) -> int:
    """The number of the first account of the county."""
    with kelmu.owner() as owner:
        found = owner.execute(
            "SELECT min(p.id) FROM organisations_payee p"
            " JOIN organisations_organisation o ON o.id = p.organisation_id"
            " WHERE o.business_id = '9900100-2'"
        )
        [number] = found.fetchone() or [0]
        return int(number)


def register(kelmu: Kelmu) -> str:
    """Enters an approved key as the owner; its name."""
    key = public_key()
    with kelmu.owner() as owner:
        owner.execute(
            "INSERT INTO organisations_interfacekey (organisation_id, kid, label, algorithm,"
            " public_key, place, registered_on, registered_at, registered_by, registered_by_name,"
            " expires_on, approved_at, approved_by, approved_by_name, ended_by_name)"
            " SELECT id, %s, 'Esimerkki', %s, %s, 1, %s, %s, gen_random_uuid(), 'Tarmo', %s, %s,"
            " gen_random_uuid(), 'Heikki', '' FROM organisations_organisation"
            " WHERE business_id = '9900100-2'",
            [
                *(key.kid, key.algorithm.value, key.pem, TODAY, timezone.now()),
                *(TODAY + timedelta(days=9), timezone.now()),
            ],
        )
    return key.kid
