"""What the feeds of basic social assistance take, and what they leave out with a reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from benefits.models import (
    AssistanceApplication,
    Attachment,
    CalculationLine,
    CallToAct,
    Decision,
    HouseholdMember,
    PaymentCommitment,
)
from intake.models import Delivery, Reject
from intake.services import take_in
from tests.acting import owning
from tests.delivering import ASSISTANCE, EINO, GOOD, JONNA, deliver

pytestmark = pytest.mark.django_db

APPLICATIONS, ATTACHMENTS, HOUSEHOLDS, CALCULATIONS, COMMITMENTS, CALLS = [
    f"social_assistance_{name}.csv"
    for name in (
        *("applications", "attachments", "households"),
        *("calculations", "commitments", "calls"),
    )
]
PERIOD = "2026-12-01,2026-12-31"


def told(folder: Path, files: dict[str, list[str]], day: str = "2026-11-20") -> None:
    deliver(folder, files, f"{day}T06:00:00+02:00")
    with owning():
        list(take_in([folder]))


def rejects() -> list[tuple[str, int, str, str]]:
    return list(
        Reject.objects.order_by("file", "line").values_list("file", "line", "field", "reason")
    )


def reject_of(folder: Path, file: str, row: str) -> tuple[str, str]:
    """Field and reason of the one row that a good delivery gets as an addition."""
    told(folder, ASSISTANCE | {file: [*ASSISTANCE[file], row]})
    reject = Reject.objects.get()
    assert (reject.file, reject.line) == (file, len(ASSISTANCE[file]) + 2)
    assert Delivery.objects.get(file=file).merged == len(ASSISTANCE[file])
    return reject.field, reject.reason


def test_a_good_delivery_is_taken_in_whole(tmp_path: Path) -> None:
    told(tmp_path, ASSISTANCE)
    assert not Reject.objects.exists()
    assert AssistanceApplication.objects.count() == 3
    assert Attachment.objects.count() == 2
    assert HouseholdMember.objects.count() == 3
    assert CalculationLine.objects.count() == 8
    assert PaymentCommitment.objects.get().provider == "Apteekit"
    assert {call.benefit_id for call in CallToAct.objects.all()} == {
        "general_housing_allowance",
        None,
    }


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (f"4,{EINO},2026-11-21,false,{PERIOD},received,", "arrived_on", "future"),
        (f"4,{EINO},2026-11-19,perhaps,{PERIOD},received,", "is_urgent", "unknown_word"),
        (f"4,{EINO},2026-11-19,false,2026-12-02,2026-12-01,received,", "last_day", "period"),
        (f"4,{EINO},2026-11-19,false,2026-12-02,,received,", "last_day", "missing"),
        (f"4,{EINO},2026-11-19,false,{PERIOD},received,1", "decision", "state"),
        (f"4,{EINO},2026-11-19,false,{PERIOD},decided,9", "decision", "unknown_decision"),
        (f"4,{EINO},2026-11-19,false,{PERIOD},decided,2", "decision", "unknown_decision"),
        (f"4,{JONNA},2026-11-19,false,{PERIOD},decided,1", "decision", "unknown_decision"),
        (f"1,{EINO},2026-11-19,false,{PERIOD},received,", "id", "duplicate"),
    ],
)
def test_an_application_that_is_not_as_it_should_be(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    assert reject_of(tmp_path, APPLICATIONS, row) == (field, reason)


@pytest.mark.parametrize(
    ("file", "row", "field", "reason"),
    [
        (ATTACHMENTS, "2,1,bank_statement,", "id", "duplicate"),
        (ATTACHMENTS, "3,9,bank_statement,", "application", "unknown_row"),
        (ATTACHMENTS, "3,1,photograph,", "kind", "unknown_word"),
        (ATTACHMENTS, "3,1,bank_statement,2026-11-21", "received_on", "future"),
        (HOUSEHOLDS, "2,1,applicant,adult", "decision", "unknown_decision"),
        (HOUSEHOLDS, "1,2,spouse,adult", "number", "duplicate"),
        (HOUSEHOLDS, "1,100,spouse,adult", "number", "form"),
        (HOUSEHOLDS, "1,3,applicant,adult", "role", "state"),
        (HOUSEHOLDS, "1,3,child,adult", "age_group", "state"),
        (COMMITMENTS, f"2,{EINO},2026-11-21,pharmacy,X,{PERIOD},", "given_on", "future"),
        (COMMITMENTS, f"2,{EINO},2026-11-20,pharmacy,X,{PERIOD},0.00", "at_most", "sum"),
        (COMMITMENTS, f"2,{EINO},2026-11-20,pharmacy,,{PERIOD},", "provider", "missing"),
        (CALLS, f"3,{EINO},2026-01-31,2026-03-01,register_as_jobseeker,,open", "given_on",
         "not_in_force"),
        (CALLS, f"3,{EINO},2026-11-05,2026-11-05,register_as_jobseeker,,open", "due_on", "period"),
        (CALLS, f"3,{EINO},2026-11-05,2026-12-05,register_as_jobseeker,student_aid,open",
         "benefit", "state"),
        (CALLS, f"3,{EINO},2026-11-05,2026-12-05,apply_for_benefit,,open", "benefit", "state"),
        (CALLS, f"3,{EINO},2026-11-05,2026-12-05,apply_for_benefit,lottery,open", "benefit",
         "unknown_benefit"),
    ],
)  # fmt: skip
def test_another_row_that_is_not_as_it_should_be(
    tmp_path: Path, file: str, row: str, field: str, reason: str
) -> None:
    assert reject_of(tmp_path, file, row) == (field, reason)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("2,2026-12-01,1,housing,rent,,0.00,,,0.00", "decision", "unknown_decision"),
        ("1,2026-10-01,4,housing,rent,,0.00,,,0.00", "number", "duplicate"),
        ("1,2026-12-02,1,housing,rent,,900.00,,,900.00", "month", "form"),
        ("1,2026-12-01,1,housing,wages,,900.00,,,900.00", "item", "unknown_word"),
        ("1,2026-12-01,1,basic_amount,living_alone,,900.00,,,900.00", "member", "state"),
        ("1,2026-12-01,1,basic_amount,living_alone,3,900.00,,,900.00", "member", "unknown_row"),
        ("1,2026-12-01,1,housing,rent,,900.00,20,refused_work,720.00", "reduction", "state"),
        ("1,2026-12-01,1,basic_amount,living_alone,1,900.00,50,refused_work,450.00", "reduction",
         "state"),
        ("1,2026-12-01,1,basic_amount,living_alone,1,900.00,,refused_work,900.00", "reduction",
         "state"),
        ("1,2026-12-01,1,basic_amount,living_alone,1,901.00,,,900.00", "amount", "sum"),
        ("1,2026-12-01,1,housing,rent,,899.99,,,900.00", "amount", "sum"),
        ("1,2026-12-01,1,housing,rent,,899.99,,,899.99", "amount", "sum"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_as_it_should_be(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    assert reject_of(tmp_path, CALCULATIONS, row) == (field, reason)


def test_a_calculation_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    rows = ASSISTANCE[CALCULATIONS]
    bad = rows[0].replace("refused_work", "idleness")
    told(tmp_path, ASSISTANCE | {CALCULATIONS: [bad, *rows[1:]]})
    assert rejects() == [
        (CALCULATIONS, 2, "reduction_ground", "unknown_word"),
        *[(CALCULATIONS, line, "amount", "sum") for line in (3, 4, 5)],
    ]
    assert CalculationLine.objects.count() == len(rows) - 4


def test_a_calculation_told_again_replaces_all_its_lines(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    again = ["1,2026-10-01,1,basic_amount,single_parent,1,900.00,,,900.00"]
    told(tmp_path / "second", {CALCULATIONS: again}, "2026-11-21")
    assert not Reject.objects.exists()
    lines = CalculationLine.objects.filter(decision_id=1)
    assert [(line.month.month, line.number) for line in lines.order_by("month", "number")] == [
        *[(10, 1)],
        *[(11, 1), (11, 2)],
    ]


def test_a_calculation_that_says_the_same_keeps_the_batch_that_brought_it(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    told(tmp_path / "second", ASSISTANCE, "2026-11-21")
    assert CalculationLine.objects.values("batch").distinct().count() == 1


def test_the_amount_of_a_calculated_decision_is_not_told_anew(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    changed = ASSISTANCE["decisions.csv"][0].replace("900.00", "901.00")
    told(tmp_path / "second", {"decisions.csv": [changed]}, "2026-11-21")
    assert rejects() == [("decisions.csv", 2, "amount", "sum")]
    assert Decision.objects.get(pk=1).amount == Decimal("900.00")


def test_a_revised_decision_brings_a_calculation_of_its_own(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    old = ASSISTANCE["decisions.csv"][0].replace("2026-11-30,,", "2026-11-30,2026-11-01,")
    new = "4" + old[1:].replace("granted,2026-10-05,2026-10-01", "revised,2026-11-20,2026-11-01")
    files = {
        "decisions.csv": [old, new.replace("2026-11-01,900.00", ",950.00")],
        HOUSEHOLDS: ["4,1,applicant,adult"],
        CALCULATIONS: ["4,2026-11-01,1,basic_amount,living_alone,1,950.00,,,950.00"],
    }
    told(tmp_path / "second", files, "2026-11-21")
    assert not Reject.objects.exists()
    assert CalculationLine.objects.get(decision_id=4).amount == Decimal("950.00")


def test_an_attachment_does_not_move_to_another_customer(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    told(tmp_path / "second", {ATTACHMENTS: ["2,3,rental_agreement,2026-11-20"]}, "2026-11-21")
    assert rejects() == [(ATTACHMENTS, 2, "id", "other_customer")]


def test_an_application_has_a_file_of_its_own(tmp_path: Path) -> None:
    row = f"2,{JONNA},basic_social_assistance,first,2026-11-03,received,,"
    told(tmp_path, GOOD | {"pending_matters.csv": [*GOOD["pending_matters.csv"], row]})
    assert rejects() == [("pending_matters.csv", 3, "benefit", "other_file")]


def test_the_parts_of_a_decision_go_with_it(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    told(tmp_path / "second", {"decisions.removed.csv": ["1"]}, "2026-11-21")
    assert not Reject.objects.exists()
    assert {*CalculationLine.objects.values_list("decision", flat=True)} == {3}
    assert {*HouseholdMember.objects.values_list("decision", flat=True)} == {3}
    assert AssistanceApplication.objects.get(pk=1).decision_id is None


def test_attachments_go_with_their_application(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    files = {
        "social_assistance_applications.removed.csv": ["1"],
        "social_assistance_calls.removed.csv": ["1"],
        "social_assistance_commitments.removed.csv": ["1"],
    }
    told(tmp_path / "second", files, "2026-11-21")
    assert [attachment.application_id for attachment in Attachment.objects.all()] == [2]
    assert not PaymentCommitment.objects.exists()
    assert CallToAct.objects.count() == 1


def test_a_decision_taken_back_may_come_anew_with_another_amount(tmp_path: Path) -> None:
    told(tmp_path / "first", ASSISTANCE)
    files = {
        "decisions.removed.csv": ["1"],
        "decisions.csv": [ASSISTANCE["decisions.csv"][0].replace("900.00", "950.00")],
        HOUSEHOLDS: ["1,1,applicant,adult"],
        CALCULATIONS: ["1,2026-10-01,1,basic_amount,living_alone,1,950.00,,,950.00"],
    }
    told(tmp_path / "second", files, "2026-11-21")
    assert not Reject.objects.exists()
    assert CalculationLine.objects.get(decision_id=1).amount == Decimal("950.00")
