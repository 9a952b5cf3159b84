"""What a purpose may open of basic social assistance: which rows, and how one is read.

A row leaves the database as JSON, whose amounts are read as decimals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet

from authorizations.rulebook import DataGroup, Field
from benefits.groups import GROUPS, Scope
from benefits.models import (
    AssistanceApplication,
    Attachment,
    CalculationLine,
    CallToAct,
    HouseholdMember,
    PaymentCommitment,
)
from benefits.reading import Told
from benefits.reference import benefits
from benefits.social_assistance import rows, words
from benefits.words import UNDER_WAY, MatterState
from customers.words import ReductionGround
from kelmu.dates import read_day
from kelmu.expressions import ExactObject, SteadyArraySubquery

BENEFIT = "basic_social_assistance"


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows of the tab: the data group that opens them, the files that feed them, how one is read.

    A field that is withheld does not leave the database; `read` finds nothing in its place.
    """

    opened_by: DataGroup
    files: tuple[str, ...]
    rows: Callable[[Scope], QuerySet[Any]]
    fields: Mapping[str, Any]
    read: Callable[[Told], Any]

    def told(self, scope: Scope) -> SteadyArraySubquery:
        """The rows of the customer of the outer query."""
        of_customer = self.rows(scope).filter(customer=OuterRef("pk"))
        granted = scope.granted(self.opened_by, self.fields)
        return SteadyArraySubquery(of_customer.values(row=ExactObject(**granted)))


def _of_all_benefits(slug: DataGroup) -> Shown:
    """A group that the tab Etuudet shows of other benefits."""
    group = GROUPS[slug]
    return Shown(slug, (group.file,), group.rows, group.fields, group.read)


def _parts(parts: QuerySet[Any], fields: Mapping[str, Any]) -> ArraySubquery:
    """The parts of the row of the outer query."""
    return ArraySubquery(parts.values(row=ExactObject(**fields)))


# --- applications and calls to act ------------------------------------------------------------


def _applications(scope: Scope) -> QuerySet[AssistanceApplication]:
    told = AssistanceApplication.objects.filter(
        Q(arrived_on__gte=scope.since) | Q(state__in=UNDER_WAY)
    )
    return told.order_by("-arrived_on", "-id")


def _application(told: Told) -> rows.ApplicationRow:
    return rows.ApplicationRow(
        arrived_on=date.fromisoformat(told["arrived_on"]),
        is_urgent=told["is_urgent"],
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        state=MatterState(told["state"]),
        decided_on=read_day(told["decided_on"]),
        attachments=tuple(map(_attachment, told["attachments"])),
    )


def _attachment(told: Told) -> rows.AttachmentRow:
    kind = words.AttachmentKind(told["kind"])
    return rows.AttachmentRow(kind=kind, received_on=read_day(told["received_on"]))


def _calls(scope: Scope) -> QuerySet[CallToAct]:
    told = CallToAct.objects.filter(Q(given_on__gte=scope.since) | Q(state=words.CallState.OPEN))
    return told.order_by("-given_on", "-id")


def _call(told: Told) -> rows.CallRow:
    return rows.CallRow(
        given_on=date.fromisoformat(told["given_on"]),
        due_on=date.fromisoformat(told["due_on"]),
        kind=words.CallKind(told["kind"]),
        benefit=benefits()[told["benefit"]] if told["benefit"] else None,
        state=words.CallState(told["state"]),
    )


# --- decisions with households and calculations -----------------------------------------------


def _decision(told: Told) -> rows.AssistanceDecision:
    return rows.AssistanceDecision(
        decision=GROUPS[DataGroup.DECISIONS].read(told),
        household=tuple(map(_member, told["household"])),
        lines=tuple(map(_line, told["lines"])),
    )


def _member(told: Told) -> rows.MemberRow:
    return rows.MemberRow(
        number=told["number"],
        role=words.Role(told["role"]),
        age_group=words.AgeGroup(told["age_group"]),
    )


def _line(told: Told) -> rows.LineRow:
    part, ground = words.Part(told["part"]), told.get("ground")
    return rows.LineRow(
        month=date.fromisoformat(told["month"]),
        part=part,
        item=words.ITEMS[part](told["item"]),
        member=told["member"],
        stated=Decimal(told["stated"]),
        amount=Decimal(told["amount"]),
        reduction=told["reduction"],
        ground=ReductionGround(ground) if ground else None,
    )


HOUSEHOLD = _parts(
    HouseholdMember.objects.filter(decision=OuterRef("pk")).order_by("number"),
    {name: F(name) for name in ("number", "role", "age_group")},
)
LINE = {
    name: F(name) for name in ("month", "part", "item", "member", "stated", "reduction", "amount")
}
LINES = CalculationLine.objects.filter(decision=OuterRef("pk")).order_by("month", "number")
DECISIONS = replace(
    _of_all_benefits(DataGroup.DECISIONS),
    files=(
        "decisions.csv",
        "social_assistance_households.csv",
        "social_assistance_calculations.csv",
    ),
    fields={
        **GROUPS[DataGroup.DECISIONS].fields,
        "household": HOUSEHOLD,
        "lines": _parts(LINES, {**LINE, "ground": F("reduction_ground")}),
    },
    read=_decision,
)
DECISIONS_WITHOUT_GROUNDS = replace(
    DECISIONS, fields={**DECISIONS.fields, "lines": _parts(LINES, LINE)}
)


# --- payment commitments ----------------------------------------------------------------------


def _commitments(scope: Scope) -> QuerySet[PaymentCommitment]:
    told = PaymentCommitment.objects.filter(validity__endswith__gt=scope.since)
    return told.order_by("-given_on", "-id")


def _commitment(told: Told) -> rows.CommitmentRow:
    return rows.CommitmentRow(
        given_on=date.fromisoformat(told["given_on"]),
        kind=words.CommitmentKind(told["kind"]),
        provider=told.get("payee_name", ""),
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        at_most=None if told["at_most"] is None else Decimal(told["at_most"]),
    )


def _both_ends(period: str) -> dict[str, Any]:
    return {"first": F(f"{period}__startswith"), "last": F(f"{period}__endswith") - 1}


APPLICATIONS = Shown(
    DataGroup.PENDENCY,
    ("social_assistance_applications.csv", "social_assistance_attachments.csv"),
    _applications,
    {
        **{name: F(name) for name in ("arrived_on", "is_urgent", "state")},
        **_both_ends("period"),
        "decided_on": F("decision__decided_on"),
        "attachments": _parts(
            Attachment.objects.filter(application=OuterRef("pk")).order_by("received_on", "id"),
            {name: F(name) for name in ("kind", "received_on")},
        ),
    },
    _application,
)
CALLS = Shown(
    DataGroup.PENDENCY,
    ("social_assistance_calls.csv",),
    _calls,
    {name: F(name) for name in ("given_on", "due_on", "kind", "benefit", "state")},
    _call,
)
COMMITMENTS = Shown(
    DataGroup.PAYMENTS,
    ("social_assistance_commitments.csv",),
    _commitments,
    {
        **{name: F(name) for name in ("given_on", "kind", "at_most")},
        **_both_ends("validity"),
        "payee_name": F("provider"),  # as of a payment: the two are withheld together
    },
    _commitment,
)


def opened(scope: Scope, groups: tuple[DataGroup, ...]) -> Mapping[str, Shown]:
    """What these data groups open, by its name in rows.CustomerAssistance."""
    if BENEFIT not in scope.slugs:  # which an agreement may leave out
        return {}
    grounds_withheld = Field.GROUNDS in scope.withheld
    everything = {
        "applications": APPLICATIONS,
        "calls": CALLS,
        "decisions": DECISIONS_WITHOUT_GROUNDS if grounds_withheld else DECISIONS,
        "payments": _of_all_benefits(DataGroup.PAYMENTS),
        "commitments": COMMITMENTS,
        "recovery": _of_all_benefits(DataGroup.RECOVERY),
    }
    return {name: shown for name, shown in everything.items() if shown.opened_by in groups}
