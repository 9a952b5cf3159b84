"""Days and periods."""

from calendar import monthrange
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q


def valid_on(day: date, path: str = "") -> Q:
    """Rows whose validity holds on the day; `path` leads to the dated row, as in "agreement__"."""
    return Q(**{f"{path}validity__contains": day})


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(upper: date | None) -> date | None:
    """The last day inside a half-open period; none where it has no end."""
    return upper - timedelta(days=1) if upper else None


def through(first: date, last: date | None) -> DateRange:
    """The time from a day to a day, both included; without a last one until further notice."""
    return DateRange(first, last + timedelta(days=1) if last else None)


def cut(time: DateRange, end: date) -> DateRange:
    """What is left of a time when it ends on a day (excluded); empty if it begins no earlier."""
    if time.isempty or time.lower >= end:
        return DateRange(empty=True)
    return DateRange(time.lower, min(time.upper or end, end))


def read_day(text: str | None) -> date | None:
    """A day as files and JSON write it, 2026-11-21; none where nothing is written."""
    return date.fromisoformat(text) if text else None


def years_between(earlier: date, later: date) -> int:
    """Full years, such as an age on a day."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))
