"""What the database itself refuses to hold of a customer's basic social assistance."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from benefits.models import CalculationLine, Decision
from tests import told
from tests.acting import customer, owning

pytestmark = pytest.mark.django_db

RENT = {"part": "housing", "item": "rent", "member": None}
WAGES = {"part": "income", "item": "wages", "member": None}
SUM = "a_calculation_adds_up_to_its_decision"


@pytest.fixture
def pekka() -> UUID:
    return customer()


@pytest.fixture
def decision(pekka: UUID) -> Decision:
    decision = told.assistance(pekka, amount=Decimal("900.00"))
    told.member(decision)
    return decision


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def euros(amount: str) -> Decimal:
    return Decimal(amount)


def tell(decision: Decision, rent: str = "600.00", wages: str = "278.43") -> None:
    """900 euros: 578.43 and the rent less wages."""
    told.lines(decision, {}, {"stated": euros(rent)} | RENT, {"stated": euros(wages)} | WAGES)


def test_expenses_less_income_are_the_amount_of_the_decision(decision: Decision) -> None:
    tell(decision)
    assert decision.lines.count() == 3


@pytest.mark.parametrize("wages", ["278.42", "278.44", "0.00", "2000.00"])
def test_a_calculation_that_does_not_add_up_is_refused(decision: Decision, wages: str) -> None:
    with refused_by(SUM):
        tell(decision, wages=wages)


def test_each_month_of_a_decision_adds_up_by_itself(decision: Decision) -> None:
    tell(decision)
    december = {"month": date(2026, 12, 1)}
    with refused_by(SUM):
        told.line(decision, **december)
    told.lines(decision, december, {"stated": euros("321.57")} | december | RENT)


def test_where_income_suffices_the_decision_gives_nothing(pekka: UUID) -> None:
    rejected = told.assistance(pekka, kind="rejected", amount=None, amount_unit="")
    told.member(rejected)
    told.lines(rejected, {}, {"stated": euros("578.44")} | WAGES)
    assert rejected.lines.count() == 2


def test_a_line_that_changes_alone_is_refused(decision: Decision) -> None:
    tell(decision)
    rent = CalculationLine.objects.filter(decision=decision, part="housing")
    with refused_by(SUM), owning():
        rent.update(amount=euros("599.99"))


def test_a_line_that_moves_to_another_month_is_missed_where_it_was(decision: Decision) -> None:
    tell(decision)
    with refused_by(SUM), owning():
        decision.lines.filter(part="income").update(month=date(2026, 12, 1))


def test_a_line_that_goes_alone_is_missed(decision: Decision) -> None:
    tell(decision)
    with refused_by(SUM), owning():
        decision.lines.filter(part="income").delete()
    with owning():
        decision.lines.all().delete()


def test_the_amount_of_a_calculated_decision_stays(decision: Decision) -> None:
    tell(decision)
    with refused_by(SUM), owning():
        Decision.objects.filter(pk=decision.pk).update(amount=euros("900.01"))
    with owning():
        Decision.objects.filter(pk=decision.pk).update(replaced_on=date(2026, 11, 20))


def test_a_line_is_about_a_member_of_the_household(decision: Decision) -> None:
    with refused_by("a_line_is_about_a_member"), connection.cursor() as cursor:
        told.lines(decision, {"member": 2}, {"stated": euros("321.57")} | RENT)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_month_is_its_first_day", {"month": date(2026, 11, 2)}),
        ("an_item_belongs_to_its_part", {"item": "rent"}),
        ("an_item_belongs_to_its_part", {"part": "housing"}),
        ("an_item_belongs_to_its_part", {"part": "bill", "item": "rent"}),
        ("a_basic_amount_is_somebodys", {"member": None}),
        ("no_more_counts_than_was_stated", {"amount": euros("578.42")}),
        ("no_more_counts_than_was_stated", RENT | {"amount": euros("578.44")}),
        ("no_negative_line", RENT | {"amount": euros("-1.00")}),
    ],
)
def test_a_line_must_make_sense(
    decision: Decision, constraint: str, fields: dict[str, Any]
) -> None:
    with refused_by(constraint):
        told.line(decision, **fields)


@pytest.mark.parametrize(
    ("because", "per_cent", "amount", "month"),
    [
        ("refused_work", 20, "462.74", date(2022, 11, 1)),
        ("employment_policy", 40, "347.06", date(2022, 11, 1)),
        ("integration_plan", 20, "462.74", date(2022, 11, 1)),
        ("call_to_act", 50, "289.21", date(2026, 3, 1)),  # 289.215 is taken off by 289.22
    ],
)
def test_a_basic_amount_is_reduced_as_its_ground_says(
    pekka: UUID, because: str, per_cent: int, amount: str, month: date
) -> None:
    reduced = told.assistance(pekka, amount=euros(amount))
    told.member(reduced)
    told.line(
        reduced, reduction=per_cent, reduction_ground=because, amount=euros(amount), month=month
    )
    assert reduced.lines.get().amount == euros(amount)


@pytest.mark.parametrize(
    "fields",
    [
        {"reduction": 20, "reduction_ground": ""},
        {"reduction": None, "reduction_ground": "refused_work", "amount": euros("578.43")},
        {"reduction": 30, "reduction_ground": "refused_work", "amount": euros("404.90")},
        {"reduction": 50, "reduction_ground": "refused_work", "amount": euros("289.21")},
        {"reduction": 40, "reduction_ground": "integration_plan", "amount": euros("347.06")},
        {"reduction": 20, "reduction_ground": "call_to_act"},
        {
            "reduction": 50,
            "reduction_ground": "call_to_act",
            "amount": euros("289.21"),
            "month": date(2026, 2, 1),  # the first halved amounts were those of March
        },
        {"reduction": 20, "reduction_ground": "refused_work", "item": "older_child_1"},
    ],
)
def test_other_reductions_are_not_allowed(decision: Decision, fields: dict[str, Any]) -> None:
    with refused_by("a_reduction_is_as_its_ground_allows"):
        told.line(decision, **{"amount": euros("462.74")} | fields)


def test_a_reduction_to_the_cent(decision: Decision) -> None:
    with refused_by("no_more_counts_than_was_stated"):
        told.line(decision, reduction=20, reduction_ground="refused_work", amount=euros("462.75"))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("the_applicant_is_the_first_member", {"number": 1, "role": "spouse"}),
        ("the_applicant_is_the_first_member", {"number": 2}),
        ("a_child_is_a_minor", {"number": 2, "role": "child"}),
        ("a_child_is_a_minor", {"number": 2, "role": "spouse", "age_group": "10_to_17"}),
        ("known_role_of_member", {"number": 2, "role": "friend"}),
    ],
)
def test_a_household_must_make_sense(pekka: UUID, constraint: str, fields: dict[str, Any]) -> None:
    with refused_by(constraint):
        told.member(told.assistance(pekka), **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("an_application_is_for_a_period", {"period": DateRange(date(2026, 11, 1), None)}),
        ("an_application_is_for_a_period", {"period": DateRange(empty=True)}),
        ("known_state_of_application", {"state": "lost"}),
    ],
)
def test_an_application_must_make_sense(
    pekka: UUID, constraint: str, fields: dict[str, Any]
) -> None:
    with refused_by(constraint):
        told.application(pekka, **fields)


def test_only_a_decided_application_has_a_decision(pekka: UUID, decision: Decision) -> None:
    with refused_by("only_what_is_decided_has_a_decision"):
        told.application(pekka, decision=decision)
    told.application(pekka, decision=decision, state="decided")


def test_an_attachment_is_of_a_known_kind(pekka: UUID) -> None:
    with refused_by("known_kind_of_attachment"):
        told.attachment(told.application(pekka), kind="photograph")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_commitment_holds_for_a_time", {"validity": DateRange(date(2026, 11, 1), None)}),
        ("a_limit_is_more_than_nothing", {"at_most": euros("0.00")}),
        ("known_kind_of_commitment", {"kind": "car"}),
    ],
)
def test_a_commitment_must_make_sense(pekka: UUID, constraint: str, fields: dict[str, Any]) -> None:
    with refused_by(constraint):
        told.commitment(pekka, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("calls_begin_with_their_law", {"given_on": date(2026, 1, 31)}),
        ("a_call_leaves_time_to_act", {"due_on": date(2026, 11, 2)}),
        ("a_call_to_apply_names_the_benefit", {"kind": "apply_for_benefit"}),
        ("a_call_to_apply_names_the_benefit", {"benefit_id": "student_aid"}),
        ("a_call_to_apply_names_the_benefit", {"kind": "call_back"}),
        ("known_state_of_call", {"state": "forgotten"}),
    ],
)
def test_a_call_must_make_sense(pekka: UUID, constraint: str, fields: dict[str, Any]) -> None:
    with refused_by(constraint):
        told.call(pekka, **fields)
