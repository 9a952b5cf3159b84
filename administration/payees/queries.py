"""Reads the accounts of organisations."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import OuterRef, Q, QuerySet

from kelmu.dates import valid_on
from organisations.models import Payee


def payees_of(organisation_id: int) -> "QuerySet[Payee]":
    """All of an organisation, newest first."""
    rows = Payee.objects.filter(organisation=organisation_id).select_related("replaces")
    return rows.order_by("-wanted", "name")


def current_of(organisation_id: int, on: date) -> "QuerySet[Payee]":
    """The accounts that hold on the day or will."""
    still = Q(validity__isempty=False) & (
        Q(validity__upper_inf=True) | Q(validity__endswith__gt=on)
    )
    return Payee.objects.filter(still, organisation=organisation_id).order_by("name", "pk")


def rivals(organisation_id: int, iban: str, time: DateRange) -> "QuerySet[Payee]":
    """Rows that hold, or are proposed to hold, the same account in the time."""
    held = Q(validity__overlap=time) | Q(decision="", wanted__overlap=time)
    return Payee.objects.filter(held, organisation=organisation_id, iban=iban)


def beside_now(rows: "QuerySet[Payee]", on: date) -> "QuerySet[Payee, Any]":
    """The same rows, each with the accounts that its organisation has on the day: `now`."""
    held = Payee.objects.filter(valid_on(on), organisation=OuterRef("organisation"))
    accounts = ArraySubquery(held.order_by("name", "pk").values("iban"))
    return rows.select_related("organisation", "replaces").annotate(now=accounts)
