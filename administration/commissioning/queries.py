"""Reads how far an agreement is on its way to the day of use."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from kelmu.dates import months_before
from organisations.models import SecurityAssessment, SecurityPoint, SecurityState

MONTHS_OF_AN_ASSESSMENT = 12  # the self-assessment of data security is renewed yearly


def newest_assessments(organisation_ids: Collection[int]) -> "QuerySet[SecurityAssessment]":
    """The newest row of each point that each organisation has assessed."""
    assessed = SecurityAssessment.objects.filter(organisation__in=organisation_ids)
    newest_first = assessed.order_by("organisation_id", "point", "-at", "-pk")
    return newest_first.distinct("organisation_id", "point")


def security_is_assessed(organisation_id: int, day: date) -> bool:
    """Whether the organisation has found all seven points in order within the year before a day."""
    return all_in_order(newest_assessments([organisation_id]), day)


def all_in_order(
    newest: "Collection[SecurityAssessment] | QuerySet[SecurityAssessment]", day: date
) -> bool:
    """The same of the newest rows of one organisation."""
    fresh = {
        row.point for row in newest if row.state == SecurityState.IN_ORDER and is_fresh(row, day)
    }
    return fresh == set(SecurityPoint.values)


def is_fresh(row: SecurityAssessment, day: date) -> bool:
    """Whether a point was assessed at most a year before a day."""
    return months_before(day, MONTHS_OF_AN_ASSESSMENT) <= row.on <= day
