"""A human pace of searches: so many in five minutes and in an hour, by person and organisation."""

from datetime import datetime, timedelta
from zlib import crc32

from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit.models import ActKind, Entry
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right

SEARCHES = [ActKind.SEARCH, ActKind.OPEN]  # misses and hits


def keep(right: Right) -> None:
    """Refuses a search that comes too soon (Reason.PACE), and says when one may go on.

    The log is what is counted. Until the transaction ends, no other search of the same person is
    counted beside this one.
    """
    _one_at_a_time(right)
    limits: list[tuple[int, timedelta]] = settings.SEARCH_PACE
    latest = _latest(right, most=max(number for number, _ in limits))
    waits = [
        latest[number - 1] + within
        for number, within in limits
        if len(latest) >= number and latest[number - 1] + within > timezone.now()
    ]
    if waits:
        raise Refused(Reason.PACE, retry_at=max(waits))


def _one_at_a_time(right: Right) -> None:
    key = crc32(f"search {right.acting_for.id} {right.subject}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _latest(right: Right, most: int) -> list[datetime]:
    """The moments of the person's latest searches for the organisation, newest first."""
    searches = Entry.objects.filter(
        actor=right.subject,
        organisation_id=right.acting_for.id,
        act__in=SEARCHES,
        at__gt=timezone.now() - max(within for _, within in settings.SEARCH_PACE),
    )
    return list(searches.order_by("-at").values_list("at", flat=True)[:most])
