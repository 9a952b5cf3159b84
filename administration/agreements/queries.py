"""Reads agreements by how they stand on a day."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import Exact, IsNull
from django.utils.translation import gettext_lazy as _

from administration.agreements import deadlines
from organisations.models import Agreement, AgreementVersion, Deadline, Standing


class State(models.TextChoices):
    """How an agreement stands: its step while it is under way, its standing after that."""

    RIGHT_EXAMINED = "right_examined", _("Right examined")
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent to the organisation")
    SIGNED_BY_ORGANISATION = "signed_by_organisation", _("Signed by the organisation")
    SIGNED_BY_KELA = "signed_by_kela", _("Signed by Kela")
    COMING = "coming", _("Day of use to come")
    IN_FORCE = "in_force", _("In force")
    RENEWED = "renewed", _("Renewed")
    ENDED = "ended", _("Ended")
    LAPSED = "lapsed", _("Lapsed")
    GIVEN_UP = "given_up", _("Given up")


LATE = "late"  # what may be asked for like a state


def state_on(on: date) -> Case:
    """The state of an agreement on a day, as a column."""
    is_renewed = Exists(Agreement.objects.filter(renews=OuterRef("pk"), validity__isnull=False))
    return Case(
        When(validity=None, then=F("step")),
        When(validity__startswith__gt=on, then=Value(State.COMING.value)),
        When(validity__contains=on, then=Value(State.IN_FORCE.value)),
        When(is_renewed, then=Value(State.RENEWED.value)),
        When(end_reason="", then=Value(State.LAPSED.value)),
        default=Value(State.ENDED.value),
        output_field=CharField(),
    )


def agreements(on: date) -> "QuerySet[Agreement, Any]":
    """Every agreement with its organisation, its state on the day and its first late deadline."""
    late = deadlines.late(on).filter(agreement=OuterRef("pk")).order_by("due_on")
    return (
        Agreement.objects.select_related("organisation")
        .annotate(state=state_on(on), late_since=Subquery(late.values("due_on")[:1]))
        .order_by("organisation__name_fi", "pk")
    )


def found(on: date, *, text: str = "", state: str = "", kind: str = "") -> "QuerySet[Any, Any]":
    """Agreements that a text leads to, in a state, of a type of organisation."""
    rows = agreements(on)
    if text:
        organisation = Q(organisation__name_fi__icontains=text)
        organisation |= Q(organisation__name_sv__icontains=text)
        organisation |= Q(organisation__business_id__contains=text)
        rows = rows.filter(organisation | Q(number__icontains=text))
    if state == LATE:
        rows = rows.filter(IsNull(F("late_since"), False))
    elif state:
        rows = rows.filter(Exact(F("state"), state))
    if kind:
        rows = rows.filter(organisation__type=kind)
    return rows


def late(on: date) -> "QuerySet[Deadline]":
    """What is late, the longest first, with its agreement and organisation."""
    return deadlines.late(on).select_related("agreement__organisation").order_by("due_on", "pk")


def waiting_for_approval() -> "QuerySet[AgreementVersion]":
    """Versions that another person is to decide on, the oldest first."""
    rows = AgreementVersion.objects.filter(decision="").exclude(
        agreement__step=Agreement.Step.GIVEN_UP
    )
    return rows.select_related("agreement__organisation").order_by("proposed_at")


def lapsing(on: date) -> "QuerySet[Agreement, Any]":
    """Agreements in force that end soon, not because anybody ended them, without a renewal that
    has its day."""
    soon = on + timedelta(days=settings.AGREEMENT_LAPSING_DAYS)
    renewed = Agreement.objects.filter(renews=OuterRef("pk"), validity__isnull=False)
    rows = Agreement.objects.filter(
        ~Exists(renewed), validity__contains=on, validity__endswith__lte=soon, end_reason=""
    )
    begun = Agreement.objects.filter(renews=OuterRef("pk")).exclude(step=Agreement.Step.GIVEN_UP)
    return (
        rows.select_related("organisation")
        .annotate(renewal=Subquery(begun.values("number")[:1]))
        .order_by("validity__endswith", "organisation__name_fi")
    )


def state_of(agreement: Agreement, on: date) -> State:
    """The state of one agreement on a day."""
    standing = agreement.standing(on)
    return State(agreement.step if standing == Standing.UNDER_WAY else standing)
