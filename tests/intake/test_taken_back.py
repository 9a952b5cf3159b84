"""Rows that Kela takes back: they go, and what rested on them stays in order."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Manager

from benefits.models import (
    DataFromOthers,
    Decision,
    Insurance,
    MedicineCap,
    Payment,
    PendingMatter,
    Recovery,
)
from intake.models import Delivery, Reject
from intake.services import take_in
from tests.acting import owning
from tests.delivering import EINO, GOOD, JONNA, SECOND_DAY, deliver

pytestmark = pytest.mark.django_db

GRANTED_ANEW = GOOD["decisions.csv"][0].replace("1,", "3,", 1)


def told(folder: Path, files: dict[str, list[str]]) -> None:
    """A good delivery, and on the next day another."""
    deliver(folder / "first", GOOD)
    deliver(folder / "second", files, SECOND_DAY)
    with owning():
        list(take_in([folder / "first", folder / "second"]))


def count(file: str) -> tuple[int, int, int]:
    """Of the rows of a file: merged, unchanged, rejected."""
    return Delivery.objects.values_list("merged", "unchanged", "rejected").get(file=file)


@pytest.mark.parametrize(
    ("file", "keys", "rows"),
    [
        ("pending_matters", ["1"], PendingMatter.objects),
        ("decisions", ["1", "2"], Decision.objects),
        ("payments", ["1", "2"], Payment.objects),
        ("insurance", ["1", "2"], Insurance.objects),
        ("recoveries", ["1"], Recovery.objects),
        ("data_from_others", ["1"], DataFromOthers.objects),
        ("medicine_caps", [f"{EINO},2026"], MedicineCap.objects),
    ],
)
def test_a_row_that_is_taken_back_is_gone(
    tmp_path: Path, file: str, keys: list[str], rows: Manager[Any]
) -> None:
    told(tmp_path, {f"{file}.removed.csv": keys})
    assert count(f"{file}.removed.csv") == (len(keys), 0, 0)
    assert not rows.exists()


def test_taking_back_what_is_not_there_changes_nothing(tmp_path: Path) -> None:
    told(tmp_path, {"payments.removed.csv": ["1", "77", "1"]})
    assert count("payments.removed.csv") == (1, 2, 0)
    assert [*Payment.objects.values_list("pk", flat=True)] == [2]


def test_a_key_in_bad_form_is_rejected(tmp_path: Path) -> None:
    told(tmp_path, {"payments.removed.csv": ["", "x"]})
    reasons = Reject.objects.order_by("line").values_list("line", "field", "reason")
    assert [*reasons] == [(2, "id", "missing"), (3, "id", "form")]


def test_a_medicine_cap_of_nobody_is_rejected(tmp_path: Path) -> None:
    told(tmp_path, {"medicine_caps.removed.csv": ["150503A965L,2026", f"{JONNA},2026"]})
    assert count("medicine_caps.removed.csv") == (0, 1, 1)


def test_a_payment_loses_the_decision_that_was_taken_back_and_stays(tmp_path: Path) -> None:
    told(tmp_path, {"decisions.removed.csv": ["1"]})
    assert [*Payment.objects.values_list("decision", flat=True)] == [None, None]


def test_a_new_decision_takes_the_time_of_one_that_was_taken_back(tmp_path: Path) -> None:
    payments = [
        row.replace("national_pension,1,", "national_pension,3,") for row in GOOD["payments.csv"]
    ]
    told(
        tmp_path,
        {
            "decisions.removed.csv": ["1"],
            "decisions.csv": [GRANTED_ANEW],
            "payments.csv": payments,
        },
    )
    assert not Reject.objects.exists()
    assert {*Payment.objects.values_list("decision", flat=True)} == {3}


def test_a_row_taken_back_and_told_in_one_delivery_is_there(tmp_path: Path) -> None:
    told(tmp_path, {"payments.removed.csv": ["1"], "payments.csv": GOOD["payments.csv"][:1]})
    assert Payment.objects.filter(pk=1).exists()
