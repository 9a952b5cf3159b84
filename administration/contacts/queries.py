"""Reads the people whom an organisation names."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import OuterRef, Q, QuerySet

from kelmu.dates import valid_on
from organisations.models import Contact


def contacts_of(organisation_id: int) -> "QuerySet[Contact]":
    """All of an organisation, by role; the newest first within one."""
    rows = Contact.objects.filter(organisation=organisation_id).select_related("replaces")
    return rows.order_by("role", "-wanted", "name")


def current_of(organisation_id: int, on: date) -> "QuerySet[Contact]":
    """Those who hold a role on the day or will."""
    still = Q(validity__isempty=False) & (
        Q(validity__upper_inf=True) | Q(validity__endswith__gt=on)
    )
    return Contact.objects.filter(still, organisation=organisation_id).order_by("role", "name")


def rivals(
    organisation_id: int, role: str, subject: UUID | None, time: DateRange
) -> "QuerySet[Contact]":
    """Rows that hold, or are proposed to hold, the same role for the same person in the time."""
    held = Q(validity__overlap=time) | Q(decision="", wanted__overlap=time)
    return Contact.objects.filter(
        held, organisation=organisation_id, role=role, subject=subject, subject__isnull=False
    )


def by_role(contacts: Iterable[Contact]) -> list[Contact]:
    """In the order in which the roles are told."""
    order = list(Contact.Role)
    return sorted(contacts, key=lambda contact: order.index(Contact.Role(contact.role)))


def beside_now(rows: "QuerySet[Contact]", on: date) -> "QuerySet[Contact, Any]":
    """The same rows, each with the names of those who hold its role on the day: `now`."""
    holders = Contact.objects.filter(
        valid_on(on), organisation=OuterRef("organisation"), role=OuterRef("role")
    )
    names = ArraySubquery(holders.order_by("name").values("name"))
    return rows.select_related("organisation", "replaces").annotate(now=names)
