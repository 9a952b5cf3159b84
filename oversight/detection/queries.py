"""Reads what detection looks at, as kelmu_sealer: the role that reads the log and serves nobody."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.fields.json import KT

from audit.models import ActKind, Channel, Entry, Outcome
from kelmu.clock import HELSINKI
from kelmu.dates import read_day
from oversight.detection.acts import Act, Pair, Tie
from oversight.models import Sweep, Switch

USING = "sealer"
SEARCHES = {ActKind.OPEN, ActKind.SEARCH}
COLUMNS = ("id", "at", "actor", "customer", "act", "outcome", "purpose", "case_reference")


def switched_on() -> dict[int, date]:
    """The organisations whose latest switch is on, and since when their acts may be looked at."""
    switches = Switch.objects.using(USING).order_by("organisation_id", "-pk")
    latest = switches.distinct("organisation_id")
    return {one.organisation_id: one.held_on for one in latest if one.held_on}


def is_swept(organisation: int, month: date) -> bool:
    """Whether detection has looked at a month of an organisation."""
    return Sweep.objects.using(USING).filter(organisation=organisation, month=month).exists()


def acts(organisation: int, first: date, last: date) -> Iterator[Act]:
    """What people did by a mandate with one customer at a time, from a day up to another."""
    rows = Entry.objects.using(USING).filter(
        organisation_id=organisation,
        at__gte=_midnight(first),
        at__lt=_midnight(last),
        outcome__in=[Outcome.PERMITTED, Outcome.NOT_FOUND],
        channel=Channel.BROWSER,
        office="mandate",
        actor__isnull=False,
        customer__isnull=False,
    )
    told: QuerySet[Any, Any] = rows.order_by().values_list(*COLUMNS, KT("details__filters__since"))
    return map(_act, told.iterator())


def ties(organisation: int, month: date, today: date) -> dict[Pair, Tie]:
    """How the people of a month are tied to its customers, as far as the database tells."""
    with connections[USING].cursor() as cursor:
        cursor.execute("SELECT * FROM oversight_ties(%s, %s, %s)", [organisation, month, today])
        return {
            (actor, customer): Tie(
                namesakes=namesakes, is_colleague=is_colleague, is_elsewhere=is_elsewhere
            )
            for actor, customer, namesakes, is_colleague, is_elsewhere in cursor.fetchall()
        }


def _act(row: tuple[Any, ...]) -> Act:
    entry_id, at, actor, customer, act, outcome, purpose, reference, since = row
    here = at.astimezone(HELSINKI)
    day = read_day(since)
    return Act(
        id=entry_id,
        at=here,
        actor=actor,
        customer=customer,
        is_search=act in SEARCHES,
        is_miss=outcome == Outcome.NOT_FOUND,
        purpose=purpose,
        reference=reference,
        look_back_days=max(0, (here.date() - day).days) if day else 0,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI)
