"""Reads how far agreements are on their way to the day of use."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import JSONObject

from administration.commissioning.steps import Facts, Step
from administration.preview.queries import CONTENT
from audit.queries import mandates_seen
from kelmu.dates import months_before, valid_on
from organisations.models import (
    Agreement,
    AgreementEvent,
    AgreementVersion,
    CommissioningRecord,
    Contact,
    PreviewAcceptance,
    Proposed,
    SecurityAssessment,
    SecurityPoint,
    SecurityState,
    StepState,
)
from organisations.queries import ending_within

MONTHS_OF_AN_ASSESSMENT = 12  # the self-assessment of data security is renewed yearly


# --- data security ----------------------------------------------------------------------------


def newest_assessments(organisation_ids: Iterable[int]) -> "QuerySet[SecurityAssessment]":
    """The newest row of each point that each organisation has assessed."""
    assessed = SecurityAssessment.objects.filter(organisation__in=organisation_ids)
    newest_first = assessed.order_by("organisation_id", "point", "-at", "-pk")
    return newest_first.distinct("organisation_id", "point")


def security_is_assessed(organisation_id: int, day: date) -> bool:
    """Whether the organisation has found all seven points in order within the year before a day."""
    return all_in_order(newest_assessments([organisation_id]), day)


def all_in_order(newest: Iterable[SecurityAssessment], day: date) -> bool:
    """The same of the newest rows of one organisation."""
    fresh = {row.point for row in newest if is_in_order(row, day)}
    return fresh == set(SecurityPoint.values)


def is_in_order(row: SecurityAssessment, day: date) -> bool:
    """Whether a point was found in order at most a year before a day."""
    is_fresh = months_before(day, MONTHS_OF_AN_ASSESSMENT) <= row.on <= day
    return is_fresh and row.state == SecurityState.IN_ORDER


def without_security(on: date) -> "QuerySet[Agreement]":
    """Agreements in force whose organisation has not assessed each point within the last year."""
    whole = _newest(SecurityAssessment.objects.all()).filter(_in_order(on))
    points = whole.values("organisation").annotate(points=Count("point", distinct=True))
    assessed = points.filter(points=len(SecurityPoint)).values("organisation")
    return Agreement.objects.filter(valid_on(on)).exclude(organisation__in=assessed)


def _newest(rows: "QuerySet[SecurityAssessment]") -> "QuerySet[SecurityAssessment]":
    """Of these rows, part of a larger statement, the newest of each point."""
    later = SecurityAssessment.objects.filter(
        organisation=OuterRef("organisation"), point=OuterRef("point"), at__gt=OuterRef("at")
    )
    return rows.filter(~Exists(later))


def _in_order(on: date) -> Q:
    """Points that `is_in_order` finds so."""
    since = months_before(on, MONTHS_OF_AN_ASSESSMENT)
    return Q(on__range=(since, on), state=SecurityState.IN_ORDER)


# --- commissioning ----------------------------------------------------------------------------


def in_commissioning(on: date) -> "QuerySet[Agreement]":
    """Agreements whose day of use is still to come."""
    coming = Q(validity__isnull=True) | Q(validity__startswith__gt=on)
    return Agreement.objects.filter(coming).exclude(step=Agreement.Step.GIVEN_UP)


def ending(on: date) -> "QuerySet[Agreement]":
    """Agreements whose end is near, or was lately, and that no other follows."""
    return ending_within(on, settings.AGREEMENT_LAPSING_DAYS)


def with_facts(agreements: "QuerySet[Agreement]", on: date) -> "QuerySet[Agreement, Any]":
    """Agreements with all that their steps follow from, in one statement: for `facts_of`."""
    own = SecurityAssessment.objects.filter(organisation=OuterRef("organisation"))
    by_organisation = _newest(own).order_by().values("organisation")
    points = by_organisation.filter(_in_order(on)).annotate(number=Count("point", distinct=True))
    return agreements.select_related("organisation", "enquiry").annotate(
        shown_version=Subquery(_version(OuterRef("pk"), on).values(said=_VERSION)),
        record_states=ArraySubquery(_newest_records(OuterRef("pk")).values(said=_STATE)),
        authorizers=ArraySubquery(_authorizers(on).values("name")),
        points_in_order=Subquery(points.values("number")),
        security_since=Subquery(by_organisation.annotate(first=Min("on")).values("first")),
        security_on=Subquery(by_organisation.annotate(last=Max("on")).values("last")),
        steps_taken=ArraySubquery(_newest_steps(OuterRef("pk")).values(said=_DAY)),
        seen=mandates_seen("organisation"),
    )


def facts_of(agreement: Any, on: date) -> Facts:
    """What the steps of an agreement follow from; it comes from `with_facts`."""
    version = agreement.shown_version or {}
    return Facts(
        agreement=agreement,
        on=on,
        is_agreed=version.get("decision") == Proposed.Decision.ACCEPTED,
        by_user_interface=version.get("by_user_interface", True),
        by_technical_interface=version.get("by_technical_interface", False),
        is_tested=version.get("tested_at") is not None,
        records={row["step"]: StepState(row["state"]) for row in agreement.record_states},
        done_on=_done_on(agreement, version),
        security_in_order=agreement.points_in_order == len(SecurityPoint),
        security_since=agreement.security_since,
        authorizers=tuple(agreement.authorizers),
        mandates_seen={
            mandate: date.fromisoformat(seen["first_on"])
            for mandate, seen in agreement.seen.items()
        },
        is_used=any(seen["is_used"] for seen in agreement.seen.values()),
    )


def _done_on(agreement: Any, version: dict[str, Any]) -> dict[str, date]:
    """On which day each thing was done that other steps wait for."""
    told = {row["step"]: row["on"] for row in (*agreement.steps_taken, *agreement.record_states)}
    told |= {Step.CONTENT: version.get("decided_at"), Step.TESTED: version.get("tested_at")}
    days = {name: datetime.fromisoformat(on).date() for name, on in told.items() if on}
    if agreement.security_on:
        days[Step.SECURITY.value] = agreement.security_on
    return days


def _newest_steps(agreement: OuterRef | int) -> "QuerySet[AgreementEvent]":
    events = AgreementEvent.objects.filter(agreement=agreement)
    return events.order_by("step", "-on", "-pk").distinct("step")


def standing_still(on: date) -> "QuerySet[Agreement, Any]":
    """Agreements in commissioning with their facts, those first that took no step for longest."""
    taken = AgreementEvent.objects.filter(agreement=OuterRef("pk")).order_by("-on")
    newest = Subquery(taken.values("on")[:1])
    return with_facts(in_commissioning(on), on).order_by(newest, "pk")


def version_of(agreement: Agreement, on: date) -> AgreementVersion | None:
    """The version of an agreement that holds on the day, or else the newest not refused."""
    return _version(agreement.pk, on).first()


def records_of(agreement: Agreement) -> dict[str, CommissioningRecord]:
    """The newest row of each step of an agreement."""
    return {row.step: row for row in _newest_records(agreement.pk)}


_VERSION = JSONObject(
    decision="decision",
    by_user_interface="by_user_interface",
    by_technical_interface="by_technical_interface",
    decided_at="decided_at",
    tested_at=Subquery(
        PreviewAcceptance.objects.filter(version=OuterRef("pk"), content=CONTENT).values("at")[:1]
    ),
)
_STATE = JSONObject(step="step", state="state", on="on")
_DAY = JSONObject(step="step", on="on")


def _version(agreement: OuterRef | int, on: date) -> "QuerySet[AgreementVersion]":
    versions = AgreementVersion.objects.filter(agreement=agreement)
    holds = Case(When(valid_on(on), then=0), default=1)
    return versions.exclude(decision__in=Proposed.DROPPED).order_by(holds, "-number")[:1]


def _newest_records(agreement: OuterRef | int) -> "QuerySet[CommissioningRecord]":
    records = CommissioningRecord.objects.filter(agreement=agreement)
    return records.order_by("step", "-at", "-pk").distinct("step")


def _authorizers(on: date) -> "QuerySet[Contact]":
    named = Contact.objects.filter(valid_on(on), role=Contact.Role.AUTHORIZER)
    return named.filter(organisation=OuterRef("organisation")).order_by("name")
