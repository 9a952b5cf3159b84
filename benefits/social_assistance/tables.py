"""The rows of basic social assistance as tables of ready text."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from authorizations.rulebook import Field
from benefits.rows import DecisionRow, PaymentRow, RecoveryRow
from benefits.social_assistance.rows import ApplicationRow, AttachmentRow, CallRow, CommitmentRow
from benefits.tables import NOTHING, amount_in_unit, deductions_of, payee_of
from kelmu.formats import amount, day, law, period
from kelmu.tables import Column, Table


def applications(rows: Sequence[ApplicationRow]) -> Table:
    """What was applied for, when, and which attachments have come."""
    return Table(
        caption=_("Applications"),
        columns=[
            Column(_("Arrived")),
            Column(_("For the time")),
            Column(_("Urgent")),
            Column(_("State")),
            Column(_("Attachments")),
        ],
        rows=[
            (
                day(row.arrived_on),
                period(row.first, row.last),
                _("yes") if row.is_urgent else _("no"),
                state_of(row),
                ", ".join(map(_attachment, row.attachments)) or NOTHING,
            )
            for row in rows
        ],
        empty=_("No applications."),
    )


def state_of(row: ApplicationRow) -> str:
    """The state of an application, with the day of its decision."""
    return f"{row.state.label} {day(row.decided_on)}" if row.decided_on else str(row.state.label)


def _attachment(row: AttachmentRow) -> str:
    if row.received_on is None:
        return _("%(attachment)s has not come") % {"attachment": row.kind.label}
    return f"{row.kind.label} {day(row.received_on)}"


def calls(rows: Sequence[CallRow]) -> Table:
    """What the customer was called to do, and by when."""
    return Table(
        caption=_("Calls to act"),
        columns=[
            Column(_("Given")),
            Column(_("Call")),
            Column(_("By the day")),
            Column(_("State")),
        ],
        rows=[(day(row.given_on), _call(row), day(row.due_on), row.state.label) for row in rows],
        empty=_("No calls to act."),
    )


def _call(row: CallRow) -> str:
    return f"{row.kind.label}: {row.benefit.name}" if row.benefit else str(row.kind.label)


def decisions(rows: Sequence[DecisionRow]) -> Table:
    """What was decided, for which time, how much and why."""
    return Table(
        caption=_("Decisions"),
        columns=[
            Column(_("Decided")),
            Column(_("Decision")),
            Column(_("For the time")),
            Column(_("Amount"), numeric=True),
            Column(_("Grounds"), field=Field.GROUNDS),
            Column(_("Law")),
        ],
        rows=[
            (
                day(row.decided_on),
                row.kind.label,
                period(row.first, row.until),
                amount_in_unit(row),
                row.grounds.label if row.grounds else NOTHING,
                law(row.law),
            )
            for row in rows
        ],
        empty=_("No decisions."),
    )


def payments(rows: Sequence[PaymentRow]) -> Table:
    """What was paid of a month, or will be, to whom."""
    return Table(
        caption=_("Payments"),
        columns=[
            Column(_("Payment day")),
            Column(_("Period")),
            Column(_("Payee")),
            Column(_("Gross"), numeric=True),
            Column(_("Deductions"), numeric=True),
            Column(_("Net"), numeric=True),
            Column(_("State")),
        ],
        rows=[
            (
                day(row.paid_on),
                period(row.first, row.last),
                payee_of(row),
                amount(row.gross),
                deductions_of(row),
                amount(row.net),
                row.state.label,
            )
            for row in rows
        ],
        empty=_("No payments."),
    )


def commitments(rows: Sequence[CommitmentRow]) -> Table:
    """To whom Kela has promised to pay, and for how long."""
    return Table(
        caption=_("Payment commitments"),
        columns=[
            Column(_("Commitment")),
            Column(_("Provider"), field=Field.PAYEE_NAME),
            Column(_("Valid")),
            Column(_("At most"), numeric=True),
            Column(_("Given")),
        ],
        rows=[
            (
                capfirst(row.kind.label),
                row.provider,
                period(row.first, row.last),
                amount(row.at_most) if row.at_most else _("no limit"),
                day(row.given_on),
            )
            for row in rows
        ],
        empty=_("No payment commitments."),
    )


def recovery(rows: Sequence[RecoveryRow]) -> Table:
    """What Kela claims back and how much of it is open."""
    return Table(
        caption=_("Recovery"),
        columns=[
            Column(_("Claimed")),
            Column(_("Decided")),
            Column(_("Original amount"), numeric=True),
            Column(_("Open"), numeric=True),
            Column(_("Instalment a month"), numeric=True, field=Field.INSTALMENT),
            Column(_("State")),
        ],
        rows=[
            (
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
