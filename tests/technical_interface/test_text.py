"""The published text: its examples are answers, and its client gets in."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from demo.environment import CAST
from technical_interface import about, customers, lists, notifications
from technical_interface.presentation import examples
from technical_interface.text import operations, text
from tests.harness import TODAY
from tests.running import Kelmu
from tests.technical_interface.calling import pair, public_key

ROOT = Path(__file__).parents[2]
ANSWERS: dict[str, Any] = {
    "get /api/v1/rights": about.Granted,
    "get /api/v1/usage": about.Usage,
    "post /api/v1/customers/benefits": customers.Benefits,
    "post /api/v1/customers/social-assistance": customers.Assistance,
    "get /api/v1/municipalities/{purpose}": notifications.Places,
    "get /api/v1/notifications/{purpose}/{municipality}": notifications.Rows,
    "get /api/v1/notifications/{purpose}/{municipality}/{number}": notifications.Forwarded,
    "get /api/v1/lists/{purpose}/{municipality}": lists.Catalogue,
    "get /api/v1/downloads/{download_id}": lists.Receipt,
}


@pytest.mark.parametrize(("operation", "answer"), ANSWERS.items(), ids=ANSWERS)
def test_an_example_is_an_answer_as_the_text_describes_it(operation: str, answer: Any) -> None:
    answer.model_validate_json(json.dumps(examples()[operation]["Answer"]))


def test_examples_are_of_operations_that_there_are() -> None:
    known = {f"{method} {path}" for path, method, _operation in operations(text())}
    assert set(examples()) <= known


def test_examples_are_of_invented_people() -> None:
    cast = CAST.read_text(encoding="utf-8")
    told = json.dumps(examples(), ensure_ascii=False)
    codes = set(re.findall(r"\d{6}[-A-FU-Y]\d{3}[0-9A-Y]", told))
    assert codes
    assert all(code[7] == "9" or code in cast for code in codes)


def test_the_example_client_gets_a_token_and_a_customer(kelmu: Kelmu, tmp_path: Path) -> None:
    private, _public = pair()
    key = tmp_path / "private.pem"
    key.write_text(private)
    kid = register(kelmu)
    run = subprocess.run(
        [
            *(sys.executable, ROOT / "docs/interface_client.py", kelmu.address),
            *("9900100-2", kid, key, "131052-9085"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "customer: Esimerkki, Eino Olavi" in run.stdout
    assert "opens: other_benefits social_assistance" in run.stdout


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
