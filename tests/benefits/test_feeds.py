"""What a feed of benefits takes, and what it leaves out with a reason."""

from datetime import date
from pathlib import Path

import pytest

from benefits.models import Decision, Insurance, Payment
from intake.models import Delivery, Reject
from intake.services import take_in
from tests.acting import owning
from tests.delivering import DEMAND, EINO, GOOD, JONNA, MET, deliver

pytestmark = pytest.mark.django_db

PENSION = "national_pension"
GRANTED = f"{EINO},{PENSION},granted,2025-12-12"


def told(folder: Path, files: dict[str, list[str]], day: str = "2026-11-20") -> None:
    deliver(folder, files, f"{day}T06:00:00+02:00")
    with owning():
        list(take_in([folder]))


def reject_of(folder: Path, file: str, row: str) -> tuple[int, str, str]:
    """Line, field and reason of the one row that a good delivery gets as an addition."""
    told(folder, GOOD | {file: [*GOOD[file], row]})
    reject = Reject.objects.get()
    assert reject.file == file
    assert Delivery.objects.get(file=file).merged == len(GOOD[file])
    return reject.line, reject.field, reject.reason


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (f",{JONNA},student_aid,first,2026-11-03,received,,", "id", "missing"),
        (f"01,{JONNA},student_aid,first,2026-11-03,received,,", "id", "form"),
        (f"-3,{JONNA},student_aid,first,2026-11-03,received,,", "id", "form"),
        ("2,280292-9878,student_aid,first,2026-11-03,received,,", "hetu", "unknown_customer"),
        ("2,nobody,student_aid,first,2026-11-03,received,,", "hetu", "unknown_customer"),
        (f"1,{JONNA},student_aid,first,2026-11-03,received,,", "id", "duplicate"),
        (f"2,{JONNA},lottery,first,2026-11-03,received,,", "benefit", "unknown_benefit"),
        (f"2,{JONNA},student_aid,ever,2026-11-03,received,,", "applied_for", "unknown_word"),
        (f"2,{JONNA},student_aid,first,3.11.2026,received,,", "arrived_on", "form"),
        (f"2,{JONNA},student_aid,first,2026-02-30,received,,", "arrived_on", "form"),
        (f"2,{JONNA},student_aid,first,today,received,,", "arrived_on", "form"),
        (f"2,{JONNA},student_aid,first,2026-11-21,received,,", "arrived_on", "future"),
        (f"2,{JONNA},student_aid,first,2026-11-03,awaiting,,", "awaited", "state"),
        (f"2,{JONNA},student_aid,first,2026-11-03,received,income,", "awaited", "state"),
        (f"2,{JONNA},student_aid,first,2026-11-03,awaiting,income,", "awaited", "state"),
    ],
)
def test_a_matter_that_is_not_as_it_should_be(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    assert reject_of(tmp_path, "pending_matters.csv", row) == (3, field, reason)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (f"3,{GRANTED},2025-01-01,2024-12-31,,1.00,month,{MET},x", "last_day", "period"),
        (f"3,{GRANTED},2026-05-01,,,1.00,month,{MET},x", "first_day", "overlap"),
        (f"3,{GRANTED},2024-01-01,2026-01-01,,1.00,month,{MET},x", "first_day", "overlap"),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,1.0,month,{MET},x", "amount", "form"),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,-1.00,month,{MET},x", "amount", "form"),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,NaN,month,{MET},x", "amount", "form"),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,99999999999.00,month,{MET},x", "amount", "form"),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,,month,{MET},x", "amount", "state"),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,1.00,,{MET},x", "amount", "state"),
        (
            f"3,{GRANTED},2025-01-01,2025-12-31,2024-12-31,1.00,month,{MET},x",
            "replaced_on",
            "state",
        ),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,1.00,month,{MET},", "law", "missing"),
        (f"3,{GRANTED},2025-01-01,2025-12-31,,1.00,month,{MET},{'x' * 61}", "law", "form"),
        (f"3,{EINO},{PENSION},lost,2025-12-12,2025-01-01,,,,,{MET},x", "kind", "unknown_word"),
        (f"3,{EINO},{PENSION},rejected,2025-12-12,2025-01-01,,,,,why,x", "grounds", "unknown_word"),
        (f"3,{EINO},{PENSION},rejected,2025-12-12,2025-01-01,,,,,,x", "grounds", "missing"),
        (
            f"3,{EINO},{PENSION},rejected,2025-12-12,2025-01-01,,,1.00,month,{MET},x",
            "amount",
            "state",
        ),
        (f"3,{EINO},{PENSION},ended,2026-11-21,2025-01-01,,,,,{MET},x", "decided_on", "future"),
    ],
)
def test_a_decision_that_is_not_as_it_should_be(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    assert reject_of(tmp_path, "decisions.csv", row) == (4, field, reason)


PAID = "2026-11-09,2026-11-01,2026-11-30"
COMING = "2026-12-07,2026-12-01,2026-12-31"
IN_MAY = "2026-06-15,2026-04-15,2026-05-01"
IN_APRIL = "2026-05-15,2026-04-30,2026-05-31"
GENERAL = "general_social_security_benefit"


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (f"3,{EINO},{PENSION},7,{PAID},1.00,0.00,0.00,,1.00,paid,customer,,1234", "decision",
         "unknown_decision"),
        (f"3,{JONNA},{PENSION},1,{PAID},1.00,0.00,0.00,,1.00,paid,customer,,1234", "decision",
         "unknown_decision"),
        (f"3,{EINO},student_aid,1,{PAID},1.00,0.00,0.00,,1.00,paid,customer,,1234", "decision",
         "unknown_decision"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,0.00,0.00,,1.01,paid,customer,,1234", "net", "sum"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,2.00,0.00,,-1.00,paid,customer,,1234", "net", "form"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,0.00,0.50,,0.50,paid,customer,,1234",
         "deduction_reason", "state"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,0.00,0.00,{DEMAND},1.00,paid,customer,,1234",
         "deduction_reason", "state"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,0.00,0.50,fancy,0.50,paid,customer,,1234",
         "deduction_reason", "unknown_word"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,0.00,0.00,,1.00,paid,customer,X,1234", "payee_name",
         "state"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,0.00,0.00,,1.00,paid,other,,1234", "payee_name",
         "state"),
        (f"3,{EINO},{PENSION},1,{PAID},1.00,0.00,0.00,,1.00,paid,customer,,12", "account_last4",
         "form"),
        (f"3,{EINO},{PENSION},1,{COMING},1.00,0.00,0.00,,1.00,paid,customer,,1234", "paid_on",
         "future"),
        (f"3,{EINO},labour_market_subsidy,,{IN_MAY},1.00,0.00,0.00,,1.00,paid,customer,,1234",
         "benefit", "not_in_force"),
        (f"3,{EINO},basic_unemployment_allowance,,{IN_MAY},1.00,0.00,0.00,,1.00,paid,customer,,1234",
         "benefit", "not_in_force"),
        (f"3,{EINO},{GENERAL},,{IN_APRIL},1.00,0.00,0.00,,1.00,paid,customer,,1234",
         "benefit", "not_in_force"),
    ],
)  # fmt: skip
def test_a_payment_that_is_not_as_it_should_be(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    assert reject_of(tmp_path, "payments.csv", row) == (4, field, reason)


@pytest.mark.parametrize(
    ("file", "row", "field", "reason"),
    [
        ("insurance.csv", f"3,{EINO},social_security,true,residence,2020-01-01,,FI", "first_day",
         "overlap"),
        ("insurance.csv", f"3,{EINO},health_insurance,true,residence,2020-01-01,,SE", "country",
         "state"),
        ("insurance.csv", f"3,{EINO},health_insurance,yes,residence,2020-01-01,,FI", "covered",
         "unknown_word"),
        ("insurance.csv", f"3,{EINO},health_insurance,true,residence,2020-01-01,,Fi", "country",
         "form"),
        ("recoveries.csv", f"2,{EINO},{PENSION},1,2026-05-09,300.00,300.01,,open", "open_amount",
         "sum"),
        ("recoveries.csv", f"2,{EINO},{PENSION},1,2026-05-09,300.00,0.00,,open", "state", "state"),
        ("recoveries.csv", f"2,{EINO},{PENSION},1,2026-05-09,300.00,1.00,,paid", "state", "state"),
        ("recoveries.csv", f"2,{EINO},{PENSION},9,2026-05-09,300.00,1.00,,open", "decision",
         "unknown_decision"),
        ("data_from_others.csv", f"2,{EINO},disability,Havu,0.00,2020-01-01,", "gross", "sum"),
        ("data_from_others.csv", f"2,{EINO},lottery,Havu,1.00,2020-01-01,", "kind",
         "unknown_word"),
        ("data_from_others.csv", f"2,{EINO},disability,,1.00,2020-01-01,", "payer", "missing"),
        ("data_from_others.csv", f"2,{EINO},old_age,Eläkevakuutus Havu,1.00,2020-01-01,",
         "first_day", "overlap"),
        ("data_from_others.csv", f"2,{EINO},disability,Havu,1.00,2020-01-01,2019-12-31",
         "last_day", "period"),
        ("medicine_caps.csv", f"{EINO},2026,1.00,636.12,70.33,", "year", "duplicate"),
        ("medicine_caps.csv", f"{EINO},26,1.00,636.12,70.33,", "year", "form"),
        ("medicine_caps.csv", f"{EINO},2025,636.12,636.12,70.33,", "reached_on", "state"),
        ("medicine_caps.csv", f"{EINO},2025,636.12,636.12,70.33,2026-01-02", "reached_on",
         "state"),
    ],
)  # fmt: skip
def test_another_row_that_is_not_as_it_should_be(
    tmp_path: Path, file: str, row: str, field: str, reason: str
) -> None:
    assert reject_of(tmp_path, file, row) == (len(GOOD[file]) + 2, field, reason)


def test_a_number_that_is_another_customers_row_is_not_taken_over(tmp_path: Path) -> None:
    told(tmp_path / "first", GOOD)
    taken_over = {"insurance.csv": [GOOD["insurance.csv"][0].replace(EINO, JONNA)]}
    told(tmp_path / "second", taken_over, "2026-11-21")
    assert Reject.objects.get().reason == Reject.Reason.OTHER_CUSTOMER


def test_a_row_that_overlaps_one_of_an_earlier_delivery_is_left_out(tmp_path: Path) -> None:
    told(tmp_path / "first", GOOD)
    overlapping = f"3,{EINO},social_security,false,employment,2026-01-01,,SE"
    told(tmp_path / "second", {"insurance.csv": [overlapping]}, "2026-11-21")
    assert Reject.objects.get().reason == Reject.Reason.OVERLAP


def test_a_row_may_take_the_time_that_another_gives_up_in_the_same_delivery(tmp_path: Path) -> None:
    told(tmp_path / "first", GOOD)
    left = f"1,{EINO},social_security,true,residence,1952-10-13,2025-12-31,FI"
    abroad = f"3,{EINO},social_security,false,employment,2026-01-01,,SE"
    told(tmp_path / "second", {"insurance.csv": [left, abroad]}, "2026-11-21")
    assert not Reject.objects.exists()
    assert Insurance.objects.get(pk=1).validity.upper == date(2026, 1, 1)


def test_a_revised_decision_replaces_the_one_before(tmp_path: Path) -> None:
    told(tmp_path / "first", GOOD)
    old = GOOD["decisions.csv"][0].replace("2026-01-01,,,", "2026-01-01,,2026-10-01,")
    new = f"3,{EINO},{PENSION},revised,2026-09-20,2026-10-01,,,700.00,month,{MET},568/2007 10 §"
    told(tmp_path / "second", {"decisions.csv": [old, new]}, "2026-11-21")
    assert Decision.objects.get(pk=1).replaced_on == date(2026, 10, 1)
    assert Decision.objects.get(pk=3).kind == "revised"


def test_a_scheduled_payment_becomes_a_paid_one(tmp_path: Path) -> None:
    told(tmp_path / "first", GOOD)
    paid = GOOD["payments.csv"][1].replace("scheduled", "paid")
    told(tmp_path / "second", {"payments.csv": [paid]}, "2026-12-08")
    assert Payment.objects.get(pk=2).state == "paid"
    assert Payment.objects.count() == 2
