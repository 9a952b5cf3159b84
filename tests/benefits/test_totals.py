"""What payments come to, by month and year."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits import totals
from benefits.rows import CustomerBenefits, PaymentRow
from tests import told
from tests.acting import customer
from tests.benefits.opened import narrowed
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

EUROS = ("gross", "tax", "deductions", "net")
BENEFITS = ("national_pension", "pensioners_housing_allowance")
ASKED: list[dict[str, Any]] = [{}, {"benefit": BENEFITS[0]}, {"since": "2026-01-01"}]
cents = st.integers(0, 99_999).map(lambda number: Decimal(number) / 100)
payments = st.lists(
    st.fixed_dictionaries(
        {
            "paid_on": st.dates(TODAY - timedelta(days=1000), TODAY + timedelta(days=40)),
            "benefit_id": st.sampled_from(BENEFITS),
            "state": st.sampled_from(["paid", "scheduled", "returned", "cancelled"]),
            "tax": cents,
            "deductions": cents,
            "net": cents,
        }
    ),
    max_size=12,
)


@pytest.fixture
def eino() -> UUID:
    return customer()


def of_rows(rows: tuple[PaymentRow, ...]) -> list[Decimal]:
    return [sum((getattr(row, name) for row in rows), Decimal(0)) for name in EUROS]


def of_months(found: CustomerBenefits) -> list[Decimal]:
    return [sum((getattr(month, name) for month in found.sums), Decimal(0)) for name in EUROS]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_payments=payments)
def test_months_add_up_to_the_rows(eino: UUID, given_payments: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        point = transaction.savepoint_create()
        told.several_payments(eino, given_payments)
        for asked in ASKED:
            found = narrowed(eino, whole=True, **asked)
            counted = [row for row in found.payments or () if row.state in ("paid", "scheduled")]
            assert of_months(found) == of_rows(tuple(counted))
            assert sum(month.payments for month in found.sums) == len(counted)
        for state in ("returned", "paid"):
            found = narrowed(eino, whole=True, state=f"payments.{state}")
            assert of_months(found) == of_rows(found.payments or ())
        transaction.savepoint_rollback(point)


def test_each_year_comes_before_its_months_and_is_their_sum(eino: UUID) -> None:
    for day in (date(2025, 12, 5), date(2026, 1, 7), date(2026, 1, 8), date(2026, 11, 7)):
        told.payment(eino, paid_on=day)
    rows = [(row[0], row[1], row[-1]) for row in totals.table(narrowed(eino).sums).rows]
    nbsp = "\N{NO-BREAK SPACE}"
    assert rows == [
        ("2026, koko vuosi", "3", f"1{nbsp}800,00{nbsp}€"),
        ("11/2026", "1", f"600,00{nbsp}€"),
        ("1/2026", "2", f"1{nbsp}200,00{nbsp}€"),
        ("2025, koko vuosi", "1", f"600,00{nbsp}€"),
        ("12/2025", "1", f"600,00{nbsp}€"),
    ]


def test_nothing_beyond_the_purpose_is_counted(eino: UUID) -> None:
    told.payment(eino, benefit_id="basic_social_assistance")
    told.payment(eino, paid_on=date(2020, 1, 1))
    found = narrowed(eino)
    assert (found.sums, found.months, found.benefits) == ((), (), ())


def test_totals_are_of_all_pages(eino: UUID) -> None:
    told.payments(eino, [TODAY - timedelta(days=day) for day in range(60)])
    found = narrowed(eino, payments_page=2)
    assert sum(month.payments for month in found.sums) == 60
