"""What is read of a customer's basic social assistance. Days are inclusive, amounts euros."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import TextChoices

from benefits.reference import BenefitFacts
from benefits.rows import DecisionRow, Delivered, PaymentRow, RecoveryRow
from benefits.social_assistance import words
from benefits.words import UNDER_WAY, MatterState, PaymentState
from customers.words import ReductionGround


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow:
    """Something that an application needs; `received_on` None: asked for, not come yet."""

    kind: words.AttachmentKind
    received_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow:
    """An application, the day of its decision if there is one, and its attachments."""

    arrived_on: date
    is_urgent: bool
    first: date
    last: date
    state: MatterState
    decided_on: date | None
    attachments: tuple[AttachmentRow, ...]

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A call to act; `benefit` is the one to apply for."""

    given_on: date
    due_on: date
    kind: words.CallKind
    benefit: BenefitFacts | None
    state: words.CallState


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A member of the household, known by role and age group alone."""

    number: int
    role: words.Role
    age_group: words.AgeGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line of a month's calculation.

    `ground` is None where nothing is taken off (`reduction`, per cent) or where it is withheld.
    """

    month: date
    part: words.Part
    item: TextChoices
    member: int | None
    stated: Decimal
    amount: Decimal
    reduction: int | None
    ground: ReductionGround | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceDecision:
    """A decision, the household that it is about, and the lines of its months."""

    decision: DecisionRow
    household: tuple[MemberRow, ...]
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """The lines of a month of a decision."""

    of: AssistanceDecision
    lines: tuple[LineRow, ...]

    def sum_of(self, *parts: words.Part) -> Decimal:
        return sum((line.amount for line in self.lines if line.part in parts), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """Expenses less income."""
        expenses = (words.Part.BASIC_AMOUNT, words.Part.HOUSING, words.Part.OTHER_EXPENSE)
        return self.sum_of(*expenses) - self.sum_of(words.Part.INCOME)

    @property
    def result(self) -> Decimal:
        """What is granted: the difference, if it is more than nothing (act 1412/1997 6 §)."""
        return max(self.difference, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRow:
    """Kela's promise to pay a provider, `at_most` so much if that is said.

    `provider` is empty where the purpose withholds who is paid.
    """

    given_on: date
    kind: words.CommitmentKind
    provider: str
    first: date
    last: date
    at_most: Decimal | None


@dataclass(frozen=True, slots=True)
class Month:
    """What was calculated and paid for a month."""

    first: date
    calculations: tuple[Calculation, ...]
    payments: tuple[PaymentRow, ...]

    @property
    def result(self) -> Decimal:
        """What the calculations of the month come to."""
        return sum((calculation.result for calculation in self.calculations), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAssistance(Delivered):
    """A customer's rows, newest first; None where the purpose does not open them.

    Each data group is as old as the oldest of its files.
    """

    on: date
    applications: tuple[ApplicationRow, ...] | None = None
    calls: tuple[CallRow, ...] | None = None
    decisions: tuple[AssistanceDecision, ...] | None = None
    payments: tuple[PaymentRow, ...] | None = None
    commitments: tuple[CommitmentRow, ...] | None = None
    recovery: tuple[RecoveryRow, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show under this purpose."""
        applied = (self.applications, self.calls)
        return not any((*applied, self.decisions, self.payments, self.commitments, self.recovery))

    @property
    def latest_application(self) -> ApplicationRow | None:
        return next(iter(self.applications or ()), None)

    @property
    def in_force(self) -> DecisionRow | None:
        """The decision by which assistance is given today."""
        decisions = (row.decision for row in self.decisions or ())
        return next((row for row in decisions if row.in_force_on(self.on)), None)

    @property
    def next_payments(self) -> tuple[PaymentRow, ...]:
        """What is paid on the next payment day; a landlord may get a part of it."""
        coming = [row for row in self.payments or () if _is_coming(row, self.on)]
        soonest = min((row.paid_on for row in coming), default=None)
        return tuple(row for row in coming if row.paid_on == soonest)

    @property
    def months(self) -> tuple[Month, ...]:
        """Month by month, the newest first; a payment stands in the month that it begins with."""
        calculated = sorted(_calculations(self.decisions or ()), key=_month, reverse=True)
        by_month = {first: tuple(found) for first, found in groupby(calculated, key=_month)}
        paid = sorted(self.payments or (), key=_paid_month, reverse=True)
        payments = {first: tuple(found) for first, found in groupby(paid, key=_paid_month)}
        return tuple(
            Month(first, by_month.get(first, ()), payments.get(first, ()))
            for first in sorted({*by_month, *payments}, reverse=True)
        )


def _is_coming(payment: PaymentRow, day: date) -> bool:
    return payment.state is PaymentState.SCHEDULED and payment.paid_on >= day


def _calculations(decisions: Iterable[AssistanceDecision]) -> Iterable[Calculation]:
    for decision in decisions:
        for _, lines in groupby(decision.lines, key=lambda line: line.month):
            yield Calculation(decision, tuple(lines))


def _month(calculation: Calculation) -> date:
    return calculation.lines[0].month


def _paid_month(payment: PaymentRow) -> date:
    return payment.first.replace(day=1)
