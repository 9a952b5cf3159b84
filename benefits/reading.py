"""How a row of each data group is read from what the database tells of it, in JSON."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from benefits import rows, words
from benefits.reference import benefits
from kelmu.dates import last_day, read_day

type Told = Mapping[str, Any]


def matter(told: Told) -> rows.MatterRow:
    return rows.MatterRow(
        benefit=benefits()[told["benefit"]],
        applied_for=words.Application(told["applied_for"]),
        arrived_on=date.fromisoformat(told["arrived_on"]),
        state=words.MatterState(told["state"]),
        awaited=words.Awaited(told["awaited"]) if told["awaited"] else None,
        awaited_from=words.AwaitedFrom(told["awaited_from"]) if told["awaited_from"] else None,
    )


def decision(told: Told) -> rows.DecisionRow:
    return rows.DecisionRow(
        benefit=benefits()[told["benefit"]],
        kind=words.DecisionKind(told["kind"]),
        decided_on=date.fromisoformat(told["decided_on"]),
        first=date.fromisoformat(told["first"]),
        last=last_day(read_day(told["upper"])),
        replaced_on=read_day(told["replaced_on"]),
        amount=_euros(told["amount"]),
        unit=words.AmountUnit(told["unit"]) if told["unit"] else None,
        grounds=words.Grounds(told["grounds"]) if "grounds" in told else None,
        law=told["law"],
    )


def payment(told: Told) -> rows.PaymentRow:
    return rows.PaymentRow(
        benefit=benefits()[told["benefit"]],
        paid_on=date.fromisoformat(told["paid_on"]),
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["upper"]) - timedelta(days=1),
        gross=Decimal(told["gross"]),
        tax=Decimal(told["tax"]),
        deductions=Decimal(told["deductions"]),
        deduction_reason=_reason(told.get("deduction_reason")),
        net=Decimal(told["net"]),
        state=words.PaymentState(told["state"]),
        payee=words.Payee(told["payee"]),
        payee_name=told.get("payee_name", ""),
        account_last4=told.get("account_last4", ""),
    )


def insured(told: Told) -> rows.InsuranceRow:
    return rows.InsuranceRow(
        kind=words.InsuranceKind(told["kind"]),
        covered=told["covered"],
        basis=words.InsuranceBasis(told["basis"]),
        first=date.fromisoformat(told["first"]),
        last=last_day(read_day(told["upper"])),
        country=told["country"],
    )


def recovery(told: Told) -> rows.RecoveryRow:
    return rows.RecoveryRow(
        benefit=benefits()[told["benefit"]],
        decided_on=read_day(told["decided_on"]),
        claimed_on=date.fromisoformat(told["claimed_on"]),
        original_amount=Decimal(told["original_amount"]),
        open_amount=Decimal(told["open_amount"]),
        instalment=_euros(told.get("instalment")),
        state=words.RecoveryState(told["state"]),
    )


def medicine_cap(told: Told) -> rows.MedicineCapRow:
    return rows.MedicineCapRow(
        year=told["year"],
        accrued=Decimal(told["accrued"]),
        annual_limit=Decimal(told["annual_limit"]),
        initial_deductible=Decimal(told["initial_deductible"]),
        reached_on=read_day(told["reached_on"]),
    )


def from_others(told: Told) -> rows.DataFromOthersRow:
    return rows.DataFromOthersRow(
        kind=words.PensionOfOthers(told["kind"]),
        payer=told.get("payer", ""),
        gross=Decimal(told["gross"]),
        first=date.fromisoformat(told["first"]),
        last=last_day(read_day(told["upper"])),
    )


def _reason(word: str | None) -> words.DeductionReason | None:
    return words.DeductionReason(word) if word else None


def _euros(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
