"""A human pace of searches: so many in five minutes and in an hour, by person and organisation."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from authorizations.refusals import Reason, Refused
from authorizations.rights import Right


def keep(right: Right) -> None:
    """Refuses a search that comes too soon (Reason.PACE), and says when one may go on.

    The log is what is counted. Until the transaction ends, no other search of the same person is
    counted beside this one.
    """
    if retry_at := _wait(right):
        raise Refused(Reason.PACE, retry_at=retry_at)


def _wait(right: Right) -> datetime | None:
    pace = settings.INTERFACE_SEARCH_PACE if right.call else settings.SEARCH_PACE
    numbers, spans = zip(*pace, strict=True)
    asked: list[Any] = [
        right.subject,
        right.acting_for.id,
        timezone.now(),
        list(numbers),
        list(spans),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT authorizations_search_wait(%s, %s, %s, %s, %s)", asked)
        retry_at: datetime | None = cursor.fetchone()[0]
    return retry_at
