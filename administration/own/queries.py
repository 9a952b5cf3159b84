"""Reads what an organisation sees of its own agreement."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from administration.commissioning.queries import version_of
from authorizations.explaining.agreed import AGREED
from authorizations.rulebook import Narrowing
from kelmu.dates import valid_on
from organisations.models import Agreement, Standing
from organisations.queries import under_way


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is agreed on a day: which purposes, and what is left out of each."""

    on: date
    agreed: dict[str, Narrowing]
    by_user_interface: bool


def agreements(organisation_id: int, on: date) -> "QuerySet[Agreement]":
    """The organisation's agreement in force on the day, and one that is under way, that first."""
    shown: Q = under_way(on) | valid_on(on)
    rows = Agreement.objects.filter(shown, organisation=organisation_id)
    return rows.select_related("organisation").order_by("-pk")


def content(organisation_id: int, on: date) -> Content | None:
    """What is agreed today, or will be from the first day of an agreement that is under way."""
    shown = list(agreements(organisation_id, on))
    in_force = [one for one in shown if one.standing(on) is Standing.IN_FORCE]
    for agreement in [*in_force, *shown][:1]:
        version = version_of(agreement, on)
        if version is None:
            return None
        day = max(on, version.wanted.lower or on)
        rows = version.purposes.filter(valid_on(day)).values(*AGREED)
        agreed = {row.pop("purpose"): Narrowing.of(**row) for row in rows}
        return Content(on=day, agreed=agreed, by_user_interface=version.by_user_interface)
    return None
