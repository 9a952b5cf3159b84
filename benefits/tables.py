"""The rows of each data group as a table of ready text."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from authorizations.rulebook import DataGroup, Field
from benefits.rows import (
    DataFromOthersRow,
    DecisionRow,
    InsuranceRow,
    MatterRow,
    MedicineCapRow,
    PaymentRow,
    RecoveryRow,
)
from kelmu import clock
from kelmu.formats import amount, country, day, law, period
from kelmu.tables import Column, Table

NOTHING = "–"
JOINED = "\N{WORD JOINER}"  # the dots and the digits of an account stay on one line


def pendency(rows: Sequence[MatterRow]) -> Table:
    """What was applied for, when, and what is awaited from whom."""
    return Table(
        caption=_("Pending matters"),
        columns=[
            Column(_("Benefit"), sort="benefit"),
            Column(_("Applied for")),
            Column(_("Arrived"), sort="arrived_on"),
            Column(_("State")),
            Column(_("Awaited")),
        ],
        rows=[
            (
                row.benefit.title,
                row.applied_for.label,
                day(row.arrived_on),
                row.state.label,
                _awaited(row),
            )
            for row in rows
        ],
        empty=_("No pending benefits."),
    )


def _awaited(row: MatterRow) -> str:
    if row.awaited is None or row.awaited_from is None:
        return NOTHING
    return _("%(what)s, from %(whom)s") % {
        "what": row.awaited.label,
        "whom": row.awaited_from.label,
    }


def decisions(rows: Sequence[DecisionRow]) -> Table:
    """What was decided, for which time, how much and by which law."""
    return Table(
        caption=_("Decisions"),
        columns=[
            Column(_("Benefit"), sort="benefit"),
            Column(_("Decision")),
            Column(_("Decided"), sort="decided_on"),
            Column(_("For the time"), sort="first"),
            Column(_("Amount"), sort="amount", numeric=True),
            Column(_("Grounds")),
        ],
        rows=[
            (
                row.benefit.title,
                _kind(row),
                day(row.decided_on),
                period(row.first, row.until),
                amount_in_unit(row),
                _grounds(row),
            )
            for row in rows
        ],
        empty=_("No decisions."),
    )


def _kind(row: DecisionRow) -> str:
    if row.is_coming_on(clock.shown_day()):
        return _("%(kind)s, to come") % {"kind": row.kind.label}
    return str(row.kind.label)


def _grounds(row: DecisionRow) -> str:
    section = law(row.law)
    return f"{row.grounds.label} ({section})" if row.grounds else section


def amount_in_unit(row: DecisionRow) -> str:
    """How much was granted and how often; a dash where no amount was."""
    if row.amount is None or row.unit is None:
        return NOTHING
    return f"{amount(row.amount)} {row.unit.label}"


def payments(rows: Sequence[PaymentRow]) -> Table:
    """What was paid, or will be, to whom and what was taken from it."""
    return Table(
        caption=_("Payments"),
        columns=[
            Column(_("Payment day"), sort="paid_on"),
            Column(_("Benefit"), sort="benefit"),
            Column(_("Period"), sort="first"),
            Column(_("Gross"), sort="gross", numeric=True),
            Column(_("Tax"), sort="tax", numeric=True),
            Column(_("Deductions"), sort="deductions", numeric=True),
            Column(_("Net"), sort="net", numeric=True),
            Column(_("Payee")),
            Column(_("State")),
        ],
        rows=[
            (
                day(row.paid_on),
                row.benefit.title,
                period(row.first, row.last),
                amount(row.gross),
                _or_nothing(row.tax),
                deductions_of(row),
                amount(row.net),
                payee_of(row),
                row.state.label,
            )
            for row in rows
        ],
        empty=_("No payments."),
    )


def _or_nothing(value: Decimal) -> str:
    return amount(value) if value else NOTHING


def deductions_of(row: PaymentRow) -> str:
    """What was taken from a payment, and why."""
    if row.deduction_reason is None:
        return _or_nothing(row.deductions)
    return f"{amount(row.deductions)}, {row.deduction_reason.label}"


def payee_of(row: PaymentRow) -> str:
    """Who was paid, and the last digits of the account."""
    payee = row.payee_name or str(row.payee.label)
    return f"{payee}, …{JOINED}{row.account_last4}" if row.account_last4 else payee


def insurance(rows: Sequence[InsuranceRow]) -> Table:
    """Whether and why the customer is covered, and by which country."""
    return Table(
        caption=_("Insurance"),
        columns=[
            Column(_("Insurance")),
            Column(_("Covered in Finland")),
            Column(_("Basis")),
            Column(_("Period"), sort="first"),
            Column(_("Country")),
        ],
        rows=[
            (
                capfirst(row.kind.label),
                _("yes") if row.covered else _("no"),
                row.basis.label,
                period(row.first, row.last),
                country(row.country),
            )
            for row in rows
        ],
        empty=_("No insurance periods."),
    )


def recovery(rows: Sequence[RecoveryRow]) -> Table:
    """What Kela claims back and how much of it is open."""
    return Table(
        caption=_("Recovery"),
        columns=[
            Column(_("Benefit"), sort="benefit"),
            Column(_("Claimed"), sort="claimed_on"),
            Column(_("Decided"), sort="decided_on"),
            Column(_("Original amount"), sort="original_amount", numeric=True),
            Column(_("Open"), sort="open_amount", numeric=True),
            Column(_("Instalment a month"), numeric=True, field=Field.INSTALMENT),
            Column(_("State")),
        ],
        rows=[
            (
                row.benefit.title,
                day(row.claimed_on),
                day(row.decided_on) if row.decided_on else NOTHING,
                amount(row.original_amount),
                amount(row.open_amount),
                amount(row.instalment) if row.instalment else NOTHING,
                row.state.label,
            )
            for row in rows
        ],
        empty=_("No recovery."),
    )


def medicine_cap(rows: Sequence[MedicineCapRow]) -> Table:
    """Own costs of medicines against the limit of each year."""
    return Table(
        caption=_("Annual limit of medicine costs"),
        columns=[
            Column(_("Year"), sort="year"),
            Column(_("Accrued"), sort="accrued", numeric=True),
            Column(_("Limit"), numeric=True),
            Column(_("Left"), numeric=True),
            Column(_("Initial deductible"), numeric=True),
            Column(_("Limit reached")),
        ],
        rows=[
            (
                str(row.year),
                amount(row.accrued),
                amount(row.annual_limit),
                amount(row.left),
                amount(row.initial_deductible),
                day(row.reached_on) if row.reached_on else NOTHING,
            )
            for row in rows
        ],
        empty=_("No medicine costs."),
    )


def data_from_others(rows: Sequence[DataFromOthersRow]) -> Table:
    """Which pensions others pay, how much and since when."""
    return Table(
        caption=_("Data forwarded to Kela by others"),
        columns=[
            Column(_("Pension")),
            Column(_("Payer"), field=Field.PAYER),
            Column(_("Gross a month"), sort="gross", numeric=True),
            Column(_("Period"), sort="first"),
        ],
        rows=[
            (capfirst(row.kind.label), row.payer, amount(row.gross), period(row.first, row.last))
            for row in rows
        ],
        empty=_("Nothing forwarded by others."),
    )


TABLES: Mapping[DataGroup, Callable[[Sequence[Any]], Table]] = {
    DataGroup.PENDENCY: pendency,
    DataGroup.DECISIONS: decisions,
    DataGroup.PAYMENTS: payments,
    DataGroup.INSURANCE: insurance,
    DataGroup.RECOVERY: recovery,
    DataGroup.MEDICINE_CAP: medicine_cap,
    DataGroup.DATA_FROM_OTHERS: data_from_others,
}


def share_left(rows: Sequence[MedicineCapRow] | None) -> dict[str, str] | None:
    """How much of the newest year's limit is left, for a bar with its number."""
    if not rows:
        return None
    newest = rows[0]
    return {
        "label": _("Left of the limit of %(year)s") % {"year": newest.year},
        "whole": f"{newest.annual_limit}",
        "part": f"{newest.left}",
        "text": amount(newest.left),
    }
