"""What the database itself refuses to hold of a customer's benefits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from benefits.models import Decision
from tests import told
from tests.acting import customer

pytestmark = pytest.mark.django_db

YEAR = DateRange(date(2026, 1, 1), date(2027, 1, 1))
SUMMER = DateRange(date(2026, 6, 1), date(2026, 9, 1))
EMPTY = DateRange(empty=True)


@pytest.fixture
def eino() -> UUID:
    return customer()


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield
        connection.check_constraints()  # also those that wait for the end of a transaction


def test_two_decisions_of_a_benefit_cannot_be_in_force_at_once(eino: UUID) -> None:
    told.decision(eino, validity=YEAR)
    with refused_by("one_decision_in_force_at_a_time"):
        told.decision(eino, validity=SUMMER)


def test_a_replaced_decision_may_overlap_the_one_that_replaced_it(eino: UUID) -> None:
    told.decision(eino, validity=YEAR, replaced_on=date(2026, 6, 1))
    told.decision(eino, validity=SUMMER, kind="revised")
    assert Decision.objects.filter(customer=eino).count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"benefit_id": "guarantee_pension"},
        {"kind": "rejected", "amount": None, "amount_unit": ""},
        {"validity": DateRange(date(2027, 1, 1), None)},
    ],
)
def test_other_decisions_stand_beside_one_in_force(eino: UUID, other: dict[str, Any]) -> None:
    told.decision(eino, validity=YEAR)
    told.decision(eino, **{"validity": SUMMER} | other)
    assert Decision.objects.filter(customer=eino).count() == 2


@pytest.mark.parametrize("validity", [EMPTY, DateRange(None, date(2026, 1, 1))])
def test_a_decision_concerns_a_time_with_a_beginning(eino: UUID, validity: DateRange) -> None:
    with refused_by("a_decision_concerns_a_time"):
        told.decision(eino, validity=validity)


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": None},
        {"amount_unit": ""},
        {"amount_unit": "year"},
        {"amount": Decimal("-0.01")},
        {"kind": "rejected"},
        {"kind": "ended", "amount": None},
        {"kind": "mistaken"},
    ],
)
def test_the_amount_is_as_the_kind_of_decision_says(eino: UUID, fields: dict[str, Any]) -> None:
    with refused_by("an_amount_as_the_kind_of_decision_says"):
        told.decision(eino, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"replaced_on": date(2025, 12, 31)},
        {"kind": "ended", "amount": None, "amount_unit": "", "replaced_on": date(2026, 6, 1)},
    ],
)
def test_only_a_decision_that_gives_is_replaced(eino: UUID, fields: dict[str, Any]) -> None:
    with refused_by("only_a_decision_that_gives_is_replaced"):
        told.decision(eino, **fields)


def test_a_payment_rests_on_a_decision_of_its_own_customer(eino: UUID) -> None:
    decision = told.decision(customer("081099-9436"))
    with refused_by("a_payment_rests_on_its_own_decision"):
        told.payment(eino, decision=decision)


def test_a_decision_tells_its_grounds(eino: UUID) -> None:
    with refused_by("known_grounds_of_decision"):
        told.decision(eino, grounds="")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_payment_is_for_a_period", {"period": EMPTY}),
        ("a_payment_is_for_a_period", {"period": DateRange(date(2026, 11, 1), None)}),
        ("no_negative_payment", {"tax": Decimal("-1.00"), "net": Decimal("685.52")}),
        ("net_adds_up", {"net": Decimal("600.01")}),
        ("another_payee_has_a_name", {"payee_name": "Pirkanmaan hyvinvointialue"}),
        ("another_payee_has_a_name", {"payee_kind": "authority"}),
        ("a_deduction_has_its_reason", {"deduction_reason": ""}),
        ("a_deduction_has_its_reason", {"deduction_reason": "fancy"}),
        ("a_deduction_has_its_reason", {"deductions": Decimal(0), "net": Decimal("700.00")}),
        ("last_digits_of_an_account", {"account_last4": "12a4"}),
        ("known_state_of_payment", {"state": "lost"}),
        ("known_payee_kind_of_payment", {"payee_kind": "friend", "payee_name": "Ystävä"}),
    ],
)
def test_a_payment_must_make_sense(eino: UUID, constraint: str, fields: dict[str, Any]) -> None:
    with refused_by(constraint):
        told.payment(eino, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("what_is_awaited_is_told", {"state": "awaiting"}),
        ("what_is_awaited_is_told", {"awaited": "income", "awaited_from": "customer"}),
        ("what_is_awaited_is_told", {"state": "awaiting", "awaited": "income"}),
        ("known_applied_for_of_matter", {"applied_for": "everything"}),
        ("known_state_of_matter", {"state": "forgotten"}),
    ],
)
def test_a_matter_must_make_sense(eino: UUID, constraint: str, fields: dict[str, Any]) -> None:
    with refused_by(constraint):
        told.matter(eino, **fields)


def test_a_customer_is_insured_in_one_way_at_a_time(eino: UUID) -> None:
    told.insurance(eino, validity=YEAR)
    with refused_by("insured_in_one_way_at_a_time"):
        told.insurance(eino, validity=SUMMER, covered=False, country="SE")
    told.insurance(eino, validity=SUMMER, kind="health_insurance")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("an_insurance_has_a_beginning", {"validity": DateRange(None, None)}),
        ("covered_means_by_finland", {"country": "SE"}),
        ("covered_means_by_finland", {"covered": False}),
        ("a_country_has_two_letters", {"covered": False, "country": "s3"}),
        ("known_kind_of_insurance", {"kind": "car"}),
        ("known_basis_of_insurance", {"basis": "wish"}),
    ],
)
def test_an_insurance_must_make_sense(eino: UUID, constraint: str, fields: dict[str, Any]) -> None:
    with refused_by(constraint):
        told.insurance(eino, **fields)


def test_a_payer_pays_one_amount_of_a_pension_at_a_time(eino: UUID) -> None:
    told.data_from_others(eino, validity=YEAR)
    with refused_by("one_amount_of_a_payer_at_a_time"):
        told.data_from_others(eino, validity=SUMMER, gross=Decimal("500.00"))
    told.data_from_others(eino, validity=SUMMER, kind="survivors")
    told.data_from_others(eino, validity=SUMMER, payer="Työeläkeyhtiö Kanerva")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("others_pay_since_a_day", {"validity": DateRange(None, None)}),
        ("somebody_pays_something", {"gross": Decimal("0.00")}),
        ("somebody_pays_something", {"payer": ""}),
        ("known_kind_of_data_from_others", {"kind": "lottery"}),
    ],
)
def test_what_others_tell_must_make_sense(
    eino: UUID, constraint: str, fields: dict[str, Any]
) -> None:
    with refused_by(constraint):
        told.data_from_others(eino, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("no_more_is_open_than_was_claimed", {"open_amount": Decimal("704.26")}),
        (
            "no_more_is_open_than_was_claimed",
            {"original_amount": Decimal(0), "open_amount": Decimal(0), "state": "paid"},
        ),
        ("an_instalment_is_more_than_nothing", {"instalment": Decimal("0.00")}),
        ("a_claim_is_open_while_something_is", {"state": "paid"}),
        ("a_claim_is_open_while_something_is", {"open_amount": Decimal("0.00")}),
        ("a_claim_is_open_while_something_is", {"state": "forgotten"}),
    ],
)
def test_a_recovery_must_make_sense(eino: UUID, constraint: str, fields: dict[str, Any]) -> None:
    with refused_by(constraint):
        told.recovery(eino, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("no_negative_medicine_cap", {"accrued": Decimal("-1.00")}),
        ("no_negative_medicine_cap", {"annual_limit": Decimal("0.00")}),
        ("the_cap_is_reached_when_enough_accrued", {"accrued": Decimal("636.12")}),
        ("the_cap_is_reached_when_enough_accrued", {"reached_on": date(2026, 10, 9)}),
        (
            "the_cap_is_reached_when_enough_accrued",
            {"accrued": Decimal("636.12"), "reached_on": date(2025, 10, 9)},
        ),
    ],
)
def test_a_medicine_cap_must_make_sense(
    eino: UUID, constraint: str, fields: dict[str, Any]
) -> None:
    with refused_by(constraint):
        told.medicine_cap(eino, **fields)


def test_a_year_has_one_medicine_cap(eino: UUID) -> None:
    told.medicine_cap(eino)
    with refused_by("benefits_medicinecap_pkey"):
        told.medicine_cap(eino)


def test_a_payment_of_an_unknown_benefit_is_refused(eino: UUID) -> None:
    with refused_by("benefits_payment_benefit_id"):
        told.payment(eino, benefit_id="lottery_prize")
        connection.check_constraints()


def test_the_application_cannot_change_what_kela_told(eino: UUID) -> None:
    told.decision(eino)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.update(amount=Decimal("1000.00"))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.all().delete()
