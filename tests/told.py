"""Rows as Kela's systems could have told them, for tests that need one row rather than a file."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils import timezone

from benefits.models import (
    DataFromOthers,
    Decision,
    Insurance,
    MedicineCap,
    Payment,
    PendingMatter,
    Recovery,
)
from intake.models import Batch
from tests.acting import owning

numbers = count(1)


def batch(**fields: Any) -> Batch:
    """A batch of nothing, made now."""
    given = {"source": "test", "made_at": timezone.now(), "digest": uuid4().hex * 2}
    with owning():
        return Batch.objects.using("owner").create(**given | fields)


def matter(customer: UUID, **fields: Any) -> PendingMatter:
    given = {
        "benefit_id": "general_housing_allowance",
        "applied_for": "first",
        "arrived_on": date(2026, 11, 3),
        "state": "in_process",
    }
    return _told(PendingMatter, customer, given | fields)


def decision(customer: UUID, **fields: Any) -> Decision:
    given = {
        "benefit_id": "national_pension",
        "kind": "granted",
        "decided_on": date(2026, 1, 5),
        "validity": DateRange(date(2026, 1, 1), None),
        "amount": Decimal("784.52"),
        "amount_unit": "month",
        "grounds": "conditions_met",
        "law": "568/2007 10 §",
    }
    return _told(Decision, customer, given | fields)


def payment(customer: UUID, **fields: Any) -> Payment:
    given = {
        "benefit_id": "national_pension",
        "paid_on": date(2026, 11, 7),
        "period": DateRange(date(2026, 11, 1), date(2026, 12, 1)),
        "gross": Decimal("784.52"),
        "tax": Decimal("84.52"),
        "deductions": Decimal("100.00"),
        "deduction_reason": "recovery",
        "net": Decimal("600.00"),
        "state": "paid",
        "payee_kind": "customer",
        "account_last4": "1234",
    }
    return _told(Payment, customer, given | fields)


def insurance(customer: UUID, **fields: Any) -> Insurance:
    given = {
        "kind": "social_security",
        "covered": True,
        "basis": "residence",
        "country": "FI",
        "validity": DateRange(date(1952, 10, 13), None),
    }
    return _told(Insurance, customer, given | fields)


def recovery(customer: UUID, **fields: Any) -> Recovery:
    given = {
        "benefit_id": "general_housing_allowance",
        "claimed_on": date(2026, 5, 9),
        "original_amount": Decimal("704.25"),
        "open_amount": Decimal("404.25"),
        "instalment": Decimal("50.00"),
        "state": "open",
    }
    return _told(Recovery, customer, given | fields)


def data_from_others(customer: UUID, **fields: Any) -> DataFromOthers:
    given = {
        "kind": "old_age",
        "payer": "Eläkevakuutus Havu",
        "gross": Decimal("412.30"),
        "validity": DateRange(date(2017, 11, 1), None),
    }
    return _told(DataFromOthers, customer, given | fields)


def medicine_cap(customer: UUID, **fields: Any) -> MedicineCap:
    given = {
        "year": 2026,
        "accrued": Decimal("300.00"),
        "annual_limit": Decimal("636.12"),
        "initial_deductible": Decimal("70.33"),
    }
    source = batch()
    with owning():
        return MedicineCap.objects.using("owner").create(
            customer_id=customer, batch=source, **given | fields
        )


def _told[Row: Model](model: type[Row], customer: UUID, fields: dict[str, Any]) -> Row:
    row = model(id=next(numbers), customer_id=customer, batch_id=batch().pk, **fields)
    with owning():
        row.save(using="owner", force_insert=True)
    return row
