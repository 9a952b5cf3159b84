"""Reads the keys of the technical interface."""

from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.models import ActKind, Entry, Outcome
from kelmu.dates import valid_on
from organisations.models import Agreement, AgreementVersion, InterfaceKey
from organisations.queries import under_way

TOLD_FOR, MOST_TOLD = timedelta(days=7), 5


class State(StrEnum):
    """How a key stands on a day."""

    WAITS = "waits"
    HOLDS = "holds"
    EXPIRED = "expired"
    REVOKED = "revoked"


def state(key: InterfaceKey, on: date) -> State:
    """How a key stands; one that nobody revoked in time has expired."""
    if key.expires_on <= on:
        return State.EXPIRED
    if key.ended_at:
        return State.REVOKED
    return State.HOLDS if key.approved_at else State.WAITS


def keys_of(organisation_id: int) -> "QuerySet[InterfaceKey]":
    """All keys of an organisation, the newest first."""
    return InterfaceKey.objects.filter(organisation=organisation_id)


def not_ended(organisation_id: int) -> "QuerySet[InterfaceKey]":
    """The keys that take a place, be they approved or not, expired or not."""
    return keys_of(organisation_id).filter(ended_at__isnull=True)


def waiting(on: date) -> "QuerySet[InterfaceKey]":
    """The keys that wait for Kela, the oldest first."""
    rows = InterfaceKey.objects.filter(
        ended_at__isnull=True, approved_at__isnull=True, expires_on__gt=on
    )
    return rows.select_related("organisation").order_by("registered_at", "pk")


def refused(key: InterfaceKey) -> "QuerySet[Entry]":
    """The latest times that a system named the key and got no token."""
    rows = Entry.objects.filter(
        organisation_id=key.organisation_id,
        act=ActKind.ENTER_INTERFACE,
        outcome=Outcome.FAILED,
        details__key=key.kid,
        at__gt=timezone.now() - TOLD_FOR,
    )
    return rows.order_by("-at")[:MOST_TOLD]


def covers_interface(organisation_id: int, on: date) -> bool:
    """Whether an agreement, in force or under way, names the technical interface."""
    agreements = Agreement.objects.filter(
        under_way(on) | valid_on(on), organisation=organisation_id
    )
    versions = AgreementVersion.objects.filter(
        Q(validity__isnull=True) | Q(validity__upper_inf=True) | Q(validity__endswith__gt=on),
        agreement__in=agreements,
        by_technical_interface=True,
    )
    return versions.exclude(decision__in=AgreementVersion.DROPPED).exists()
