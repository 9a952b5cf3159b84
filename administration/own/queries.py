"""Reads what an organisation sees of its own agreement."""

from datetime import date

from django.db.models import Q, QuerySet

from kelmu.dates import valid_on
from organisations.models import Agreement
from organisations.queries import under_way


def agreements(organisation_id: int, on: date) -> "QuerySet[Agreement]":
    """The organisation's agreement in force on the day, and one that is under way, that first."""
    shown: Q = under_way(on) | valid_on(on)
    return Agreement.objects.filter(shown, organisation=organisation_id).order_by("-pk")
