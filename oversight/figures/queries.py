"""Who did how much: counted from the rows of the log of some months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from audit.models import ActKind, Outcome
from authorizations.models import Official
from kelmu.clock import HELSINKI
from kelmu.dates import months_before
from oversight.reach import Reach

ON_CUSTOMERS = ~Q(purpose="") | Q(customer__isnull=False)
BY_MANDATE = "mandate"
SEEN = [ActKind.VIEW, ActKind.PRINT]


@dataclass(frozen=True, slots=True)
class Doer:
    """What one person did with customers and lists."""

    name: str
    opened: int
    seen: int
    missed: int
    other: int
    refused: int

    @property
    def total(self) -> int:
        return self.opened + self.seen + self.missed + self.other


def doers(reach: Reach, first: date, last: date) -> list[Doer]:
    """The people who acted by a mandate in the months, who did most first."""
    refused = Q(outcome=Outcome.REFUSED)
    done = ON_CUSTOMERS & ~refused
    rows: QuerySet[Any, Any] = (
        reach.entries.filter(at__gte=_begin(first), at__lt=_begin(months_before(last, -1)))
        .filter(office=BY_MANDATE, actor__isnull=False)
        .values("actor")
        .annotate(
            opened=Count("id", filter=done & Q(act=ActKind.OPEN)),
            seen=Count("id", filter=done & Q(act__in=SEEN)),
            missed=Count("id", filter=done & Q(act=ActKind.SEARCH)),
            other=Count("id", filter=done & ~Q(act__in=[*SEEN, ActKind.OPEN, ActKind.SEARCH])),
            refused=Count("id", filter=refused),
        )
    )
    names = _names(reach, [row["actor"] for row in rows])
    found = [Doer(name=names.get(row.pop("actor"), ""), **row) for row in rows]
    return sorted(found, key=lambda one: (-one.total, one.name))


def _names(reach: Reach, subjects: Sequence[UUID]) -> dict[UUID, str]:
    officials = Official.objects.filter(organisation=reach.organisation_id, subject__in=subjects)
    return dict(officials.values_list("subject", "name"))


def _begin(month: date) -> datetime:
    return datetime.combine(month, time(), HELSINKI)
