"""What is read of a customer's benefits, row by row. Days are inclusive, amounts euros."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from authorizations.rulebook import DataGroup
from benefits import words
from benefits.reference import BenefitFacts
from customers.queries import Person
from kelmu.dates import last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """An application under way; `awaited` and `awaited_from` when something is."""

    benefit: BenefitFacts
    applied_for: words.Application
    arrived_on: date
    state: words.MatterState
    awaited: words.Awaited | None
    awaited_from: words.AwaitedFrom | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision; `replaced_on` is the day from which a later one holds instead.

    `grounds` is None where the purpose withholds them.
    """

    benefit: BenefitFacts
    kind: words.DecisionKind
    decided_on: date
    first: date
    last: date | None
    replaced_on: date | None
    amount: Decimal | None
    unit: words.AmountUnit | None
    grounds: words.Grounds | None
    law: str

    @property
    def until(self) -> date | None:
        """The last day on which it holds: its own, or the one before a later decision."""
        ends = [self.last, last_day(self.replaced_on)]
        return min(filter(None, ends), default=None)

    def is_coming_on(self, day: date) -> bool:
        """Whether the benefit has been given from a later day on."""
        replaced = self.replaced_on is not None and self.replaced_on <= self.first
        return self.kind in words.GIVING and self.first > day and not replaced

    def in_force_on(self, day: date) -> bool:
        """Whether the benefit is given on the day by this decision."""
        held = self.first <= day and (self.last is None or day <= self.last)
        replaced = self.replaced_on is not None and self.replaced_on <= day
        return self.kind in words.GIVING and held and not replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A payment; `payee_name` is empty when the customer is the payee.

    It, `account_last4` and `deduction_reason` are empty too where the purpose withholds them.
    """

    benefit: BenefitFacts
    paid_on: date
    first: date
    last: date
    gross: Decimal
    tax: Decimal
    deductions: Decimal
    deduction_reason: words.DeductionReason | None
    net: Decimal
    state: words.PaymentState
    payee: words.Payee
    payee_name: str
    account_last4: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceRow:
    """A time under the social security of a country (ISO 3166-1 alpha-2)."""

    kind: words.InsuranceKind
    covered: bool
    basis: words.InsuranceBasis
    first: date
    last: date | None
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRow:
    """A claim and the day of its decision; `instalment` is what is paid back a month."""

    benefit: BenefitFacts
    decided_on: date | None
    claimed_on: date
    original_amount: Decimal
    open_amount: Decimal
    instalment: Decimal | None
    state: words.RecoveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineCapRow:
    """A year's own medicine costs against the limit of the year."""

    year: int
    accrued: Decimal
    annual_limit: Decimal
    initial_deductible: Decimal
    reached_on: date | None

    @property
    def left(self) -> Decimal:
        """What the customer still pays this year before the limit is reached."""
        return max(self.annual_limit - self.accrued, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFromOthersRow:
    """What another than Kela pays a month, before tax; `payer` is empty where withheld."""

    kind: words.PensionOfOthers
    payer: str
    gross: Decimal
    first: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfPayments:
    """What was paid of a benefit in a month, or is to be: how many payments, how much net."""

    benefit: BenefitFacts
    state: words.PaymentState
    month: date
    payments: int
    net: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the payments of a month come to; `month` is its first day."""

    month: date
    payments: int
    gross: Decimal
    tax: Decimal
    deductions: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a group's rows, counted from 1, and which of them changed lately.

    `found` rows are on all its pages together, `total` without narrowing, `changed_rows` lately.
    """

    rows: tuple[Any, ...]
    changed: tuple[bool, ...]
    number: int
    pages: int
    found: int
    total: int
    changed_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """When Kela's systems made each data group; what was never delivered is not there."""

    made_at: Mapping[DataGroup, datetime]

    @property
    def oldest(self) -> datetime | None:
        """When the oldest of what is shown was made."""
        return min(self.made_at.values(), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBenefits(Delivered):
    """What is read of a customer: a page of each group that the purpose opens, and an overview.

    It is told on a day (`on`), with what is in force or has happened since another. Each group is
    as old as the newest delivery of its file. The overview is not narrowed: matters, decisions and
    months of payments, newest first, and the soonest coming payment of each benefit. `sums` are of
    the payments found, by month.
    """

    on: date
    since: date
    person: Person
    pages: Mapping[DataGroup, Page]
    matters: tuple[MatterRow, ...]
    all_decisions: tuple[DecisionRow, ...]
    coming: tuple[PaymentRow, ...]
    months: tuple[MonthOfPayments, ...]
    sums: tuple[Sums, ...]
    benefits: tuple[BenefitFacts, ...]

    @property
    def pendency(self) -> tuple[MatterRow, ...] | None:
        return self._rows(DataGroup.PENDENCY)

    @property
    def decisions(self) -> tuple[DecisionRow, ...] | None:
        return self._rows(DataGroup.DECISIONS)

    @property
    def payments(self) -> tuple[PaymentRow, ...] | None:
        return self._rows(DataGroup.PAYMENTS)

    @property
    def insurance(self) -> tuple[InsuranceRow, ...] | None:
        return self._rows(DataGroup.INSURANCE)

    @property
    def recovery(self) -> tuple[RecoveryRow, ...] | None:
        return self._rows(DataGroup.RECOVERY)

    @property
    def medicine_cap(self) -> tuple[MedicineCapRow, ...] | None:
        return self._rows(DataGroup.MEDICINE_CAP)

    @property
    def data_from_others(self) -> tuple[DataFromOthersRow, ...] | None:
        return self._rows(DataGroup.DATA_FROM_OTHERS)

    def _rows(self, group: DataGroup) -> tuple[Any, ...] | None:
        return self.pages[group].rows if group in self.pages else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show under this purpose."""
        return not any(page.total for page in self.pages.values())

    @property
    def applied(self) -> tuple[MatterRow, ...]:
        """Has it been applied for? What is under way."""
        return self.matters

    @property
    def decided(self) -> DecisionRow | None:
        """Has it been decided? The newest decision."""
        return next(iter(self.all_decisions), None)

    @property
    def others(self) -> tuple[DecisionRow, ...]:
        """Which other benefits? What is in force or to come beside that of the newest decision."""
        coming = [row for row in self.all_decisions if row.is_coming_on(self.on)]
        in_force = [row for row in self.all_decisions if row.in_force_on(self.on)]
        others = {row.benefit.slug: row for row in coming + in_force}  # the last one stays
        if self.decided:
            others.pop(self.decided.benefit.slug, None)
        return tuple(sorted(others.values(), key=lambda row: row.benefit.order))

    @property
    def next_payments(self) -> tuple[PaymentRow, ...]:
        """When is the next payment of each benefit, and to whom? The soonest first."""
        return tuple(sorted(self.coming, key=lambda row: (row.paid_on, row.benefit.order)))
