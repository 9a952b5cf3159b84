"""Reads breaks and news for those who write them."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from kelmu import clock
from kelmu.models import Announcement

PAST_SHOWN = 50


def in_force() -> "QuerySet[Announcement]":
    """Those that hold or are coming; only they can be changed or ended."""
    return Announcement.objects.filter(ended_at=None, period__endswith__gt=clock.now())


def past() -> "QuerySet[Announcement]":
    """Those that are over, newest first."""
    over = Announcement.objects.exclude(pk__in=in_force().values("pk"))
    return over.order_by("-period")[:PAST_SHOWN]


def break_within(
    starts_at: datetime, ends_at: datetime, *, known: Announcement | None
) -> Announcement | None:
    """A break that would overlap, other than the known one."""
    if ends_at <= starts_at:
        return None
    breaks = Announcement.objects.filter(
        kind=Announcement.Kind.BREAK,
        ended_at=None,
        period__overlap=DateTimeTZRange(starts_at, ends_at),
    )
    return (breaks.exclude(pk=known.pk) if known else breaks).first()
