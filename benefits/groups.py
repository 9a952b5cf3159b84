"""The data groups of a customer's benefits: which rows a scope tells, and how they are narrowed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, TextChoices
from django.db.models.expressions import Combinable

from authorizations.rulebook import DataGroup, Field, OpenedPurpose
from benefits import reading, words
from benefits.models import (
    DataFromOthers,
    Decision,
    Insurance,
    MedicineCap,
    Payment,
    PendingMatter,
    Recovery,
)
from benefits.reading import Told


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a group is told: rows of these benefits, in force on a day or since another."""

    today: date
    since: date
    slugs: tuple[str, ...]
    withheld: tuple[Field, ...]

    def granted[T](self, group: DataGroup, fields: Mapping[str, T]) -> dict[str, T]:
        """The fields of a group that are not withheld."""
        return {name: fields[name] for name in fields if f"{group}.{name}" not in self.withheld}


@dataclass(frozen=True, slots=True)
class Group:
    """`file` is the file that feeds it; `rows` are told newest first, with these `fields`.

    `first` and `last` are the SQL of the days that a row is about, `sorts` the fields that it can
    be sorted by, `states` the words of its field `state`, which has another name in some groups.
    A field that is withheld does not leave the database; `read` finds nothing in its place.
    """

    file: str
    rows: Callable[[Scope], QuerySet[Any]]
    fields: Mapping[str, Combinable]
    read: Callable[[Told], Any]
    first: str
    last: str
    sorts: tuple[str, ...]
    state: str = ""
    states: tuple[TextChoices, ...] = ()

    @property
    def has_benefits(self) -> bool:
        return "benefit" in self.fields


def _matters(scope: Scope) -> QuerySet[PendingMatter]:
    under_way = PendingMatter.objects.filter(state__in=words.UNDER_WAY, benefit__in=scope.slugs)
    return under_way.order_by("-arrived_on", "-id")


def _decisions(scope: Scope) -> QuerySet[Decision]:
    in_force = _lasting(scope.today) & Q(kind__in=words.GIVING)  # or to come
    in_force &= Q(replaced_on__isnull=True) | Q(replaced_on__gt=scope.today)
    told = Decision.objects.filter(in_force | Q(decided_on__gte=scope.since))
    return told.filter(benefit__in=scope.slugs).order_by("-decided_on", "id")


def _payments(scope: Scope) -> QuerySet[Payment]:
    told = Payment.objects.filter(paid_on__gte=scope.since, benefit__in=scope.slugs)
    return told.order_by("-paid_on", "-id")


def _insurance(scope: Scope) -> QuerySet[Insurance]:
    return Insurance.objects.filter(_lasting(scope.since)).order_by("-validity")


def _lasting(after: date) -> Q:
    return Q(validity__upper_inf=True) | Q(validity__endswith__gt=after)


def _recoveries(scope: Scope) -> QuerySet[Recovery]:
    told = Recovery.objects.filter(
        Q(claimed_on__gte=scope.since) | Q(state__in=words.OPEN_RECOVERY), benefit__in=scope.slugs
    )
    return told.order_by("-claimed_on", "-id")


def _medicine_caps(scope: Scope) -> QuerySet[MedicineCap]:
    return MedicineCap.objects.filter(year__gte=scope.since.year).order_by("-year")


def _data_from_others(scope: Scope) -> QuerySet[DataFromOthers]:
    told = DataFromOthers.objects.filter(_lasting(scope.since))
    return told.order_by("-validity", "-id")


def _fields(*names: str, **others: Combinable) -> dict[str, Combinable]:
    """Fields by their own names, and others by ours."""
    return dict(zip(names, map(F, names), strict=True)) | others


VALIDITY = _fields(first=F("validity__startswith"), upper=F("validity__endswith"))
UNTIL = "coalesce(upper - 1, 'infinity')"

GROUPS: Mapping[DataGroup, Group] = {
    DataGroup.PENDENCY: Group(
        "pending_matters.csv",
        _matters,
        _fields("benefit", "applied_for", "arrived_on", "state", "awaited", "awaited_from"),
        reading.matter,
        first="arrived_on",
        last="arrived_on",
        sorts=("benefit", "arrived_on"),
        state="state",
        states=words.UNDER_WAY,
    ),
    DataGroup.DECISIONS: Group(
        "decisions.csv",
        _decisions,
        _fields("benefit", "kind", "decided_on", "replaced_on", "amount", "grounds", "law")
        | VALIDITY
        | _fields(unit=F("amount_unit")),
        reading.decision,
        first="first",
        last=UNTIL,
        sorts=("benefit", "decided_on", "first", "amount"),
        state="kind",
        states=tuple(words.DecisionKind),
    ),
    DataGroup.PAYMENTS: Group(
        "payments.csv",
        _payments,
        _fields("benefit", "paid_on", "gross", "tax", "deductions", "deduction_reason", "net")
        | _fields("state", "payee_name", "account_last4", payee=F("payee_kind"))
        | _fields(first=F("period__startswith"), upper=F("period__endswith")),
        reading.payment,
        first="paid_on",
        last="paid_on",
        sorts=("benefit", "paid_on", "first", "gross", "tax", "deductions", "net"),
        state="state",
        states=tuple(words.PaymentState),
    ),
    DataGroup.INSURANCE: Group(
        "insurance.csv",
        _insurance,
        _fields("kind", "covered", "basis", "country") | VALIDITY,
        reading.insured,
        first="first",
        last=UNTIL,
        sorts=("first",),
    ),
    DataGroup.RECOVERY: Group(
        "recoveries.csv",
        _recoveries,
        _fields("benefit", "claimed_on", "original_amount", "open_amount", "instalment", "state")
        | _fields(decided_on=F("decision__decided_on")),
        reading.recovery,
        first="claimed_on",
        last="claimed_on",
        sorts=("benefit", "claimed_on", "decided_on", "original_amount", "open_amount"),
        state="state",
        states=tuple(words.RecoveryState),
    ),
    DataGroup.MEDICINE_CAP: Group(
        "medicine_caps.csv",
        _medicine_caps,
        _fields("year", "reached_on", "accrued", "annual_limit", "initial_deductible"),
        reading.medicine_cap,
        first="make_date(year, 1, 1)",
        last="make_date(year, 12, 31)",
        sorts=("year", "accrued"),
    ),
    DataGroup.DATA_FROM_OTHERS: Group(
        "data_from_others.csv",
        _data_from_others,
        _fields("kind", "payer", "gross") | VALIDITY,
        reading.from_others,
        first="first",
        last=UNTIL,
        sorts=("gross", "first"),
    ),
}


def groups_of(purpose: OpenedPurpose) -> tuple[DataGroup, ...]:
    """The data groups of the tab Etuudet that a purpose opens, in the rulebook's order."""
    return tuple(slug for slug in purpose.data_groups if slug in GROUPS)
