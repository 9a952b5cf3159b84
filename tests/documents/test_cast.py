"""What the demo's cast has sent to Kela by now."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from demo.environment import CAST
from documents.inspecting import files
from documents.models import Errand
from tests.acting import HELSINKI, PIRKANMAA, POHJANMAA, TAMPERE, customer, owning
from tests.documents.sending import application, sendings

CUSTOMERS = [
    *("081099-9436", "280292-9878", "040474-945C"),
    *("230989-923U", "121287X901X", "060666-999Y"),
]


@pytest.fixture
def customers(db: None) -> None:
    for number, code in enumerate(CUSTOMERS):
        application(customer(code), number)


def load(day: date = date(2026, 11, 20)) -> None:
    with override_settings(KELMU_TODAY=day), owning():
        call_command("load_sendings", CAST)


def states_of(business_id: str) -> list[str]:
    return [one.state for one in sendings(business_id)]


def test_they_stand_in_many_states_and_may_be_sent(customers: None, kela: Path) -> None:
    load()
    assert states_of(PIRKANMAA) == [
        *("answered", "acknowledged", "taken", "returned", "acknowledged", "asked", "sent")
    ]
    assert [states_of(TAMPERE), states_of(POHJANMAA)] == [["sent"], ["taken"]]
    assert states_of(HELSINKI) == ["stuck"]
    assert Errand.objects.get().fault == "not_taken 503"
    assert len(list(kela.iterdir())) == 9
    for path in kela.glob("*/1.*"):
        with path.open("rb") as file:
            files.inspect(file)


def test_before_documents_could_be_sent_nobody_has(customers: None, kela: Path) -> None:
    load(date(2022, 9, 20))
    assert [sendings(one) for one in (PIRKANMAA, TAMPERE, POHJANMAA, HELSINKI)] == [[]] * 4
    load(date(2023, 1, 22))  # what an answer answers would have been sent before
    assert states_of(PIRKANMAA) == ["taken", "returned", "acknowledged", "asked", "sent"]


def test_production_has_no_cast() -> None:
    with override_settings(IN_PRODUCTION=True), pytest.raises(CommandError, match="production"):
        call_command("load_sendings", CAST)
