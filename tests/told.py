"""Rows as Kela's systems could have told them, for tests that need one row rather than a file."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils import timezone

from benefits.models import (
    AssistanceApplication,
    Attachment,
    CalculationLine,
    CallToAct,
    DataFromOthers,
    Decision,
    HouseholdMember,
    Insurance,
    MedicineCap,
    Payment,
    PaymentCommitment,
    PendingMatter,
    Recovery,
)
from intake.models import Batch
from tests.acting import owning

numbers = count(1)
A_PAYMENT: dict[str, Any] = {
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
NOVEMBER = DateRange(date(2026, 11, 1), date(2026, 12, 1))


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
    return _told(Payment, customer, A_PAYMENT | fields)


def payments(customer: UUID, days: Iterable[date]) -> None:
    """A payment on each of these days, in one batch."""
    several_payments(customer, [{"paid_on": day} for day in days])


def several_payments(customer: UUID, given: Sequence[dict[str, Any]]) -> None:
    """Payments in one batch; the gross amount is what the others add up to."""
    source = batch().pk
    rows = [
        Payment(
            id=next(numbers), customer_id=customer, batch_id=source, **_summed(A_PAYMENT | fields)
        )
        for fields in given
    ]
    with owning():
        Payment.objects.using("owner").bulk_create(rows)


def _summed(fields: dict[str, Any]) -> dict[str, Any]:
    gross = fields["tax"] + fields["deductions"] + fields["net"]
    reason = "recovery" if fields["deductions"] else ""
    return fields | {"gross": gross, "deduction_reason": reason}


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


def assistance(customer: UUID, **fields: Any) -> Decision:
    """A decision on basic social assistance of November 2026."""
    given = {
        "benefit_id": "basic_social_assistance",
        "decided_on": date(2026, 11, 2),
        "validity": NOVEMBER,
        "amount": Decimal("578.43"),
        "law": "1412/1997 6 §",
    }
    return decision(customer, **given | fields)


def application(customer: UUID, **fields: Any) -> AssistanceApplication:
    given = {
        "arrived_on": date(2026, 11, 1),
        "is_urgent": False,
        "period": NOVEMBER,
        "state": "in_process",
    }
    return _told(AssistanceApplication, customer, given | fields)


def attachment(application: AssistanceApplication, **fields: Any) -> Attachment:
    given = {"kind": "bank_statement", "received_on": date(2026, 11, 2)}
    return _saved(Attachment(id=next(numbers), application=application, **given | fields))


def member(decision: Decision, number: int = 1, **fields: Any) -> HouseholdMember:
    given = {"role": "applicant", "age_group": "adult"}
    return _saved(HouseholdMember(decision=decision, number=number, **given | fields))


def line(decision: Decision, **fields: Any) -> CalculationLine:
    """A line of November's calculation, the applicant's basic amount unless told otherwise."""
    return lines(decision, fields)[0]


def lines(decision: Decision, *rows: dict[str, Any]) -> list[CalculationLine]:
    """Lines of November's calculation, told at once."""
    given = {
        "month": date(2026, 11, 1),
        "part": "basic_amount",
        "item": "living_alone",
        "stated": Decimal("578.43"),
        "member": 1,
    }
    source = batch()
    made = []
    for number, row in enumerate(rows, start=1):
        said = given | row
        counted = {"number": number, "amount": said["stated"]} | said
        made.append(CalculationLine(decision=decision, batch=source, **counted))
    with owning():
        return CalculationLine.objects.using("owner").bulk_create(made)


def commitment(customer: UUID, **fields: Any) -> PaymentCommitment:
    given = {
        "given_on": date(2026, 11, 2),
        "validity": NOVEMBER,
        "kind": "pharmacy",
        "provider": "Apteekit",
    }
    return _told(PaymentCommitment, customer, given | fields)


def call(customer: UUID, **fields: Any) -> CallToAct:
    given = {
        "given_on": date(2026, 11, 2),
        "due_on": date(2026, 12, 2),
        "kind": "register_as_jobseeker",
        "state": "open",
    }
    return _told(CallToAct, customer, given | fields)


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
    return _saved(model(id=next(numbers), customer_id=customer, **fields))


def _saved[Row: Model](row: Row) -> Row:
    row.batch_id = batch().pk  # type: ignore[attr-defined]  # every row of these tests is Fed
    with owning():
        row.save(using="owner", force_insert=True)
    return row
