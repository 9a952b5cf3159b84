"""Reads of the access log and of its state."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Func, JSONField


def log_is_ready() -> bool:
    """Whether the log has a place for the rows of this month and of the next."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass(to_char(now() AT TIME ZONE 'UTC', '\"audit_entry_\"YYYY_MM'))"
            " IS NOT NULL AND to_regclass(to_char((now() AT TIME ZONE 'UTC')"
            " + interval '1 month', '\"audit_entry_\"YYYY_MM')) IS NOT NULL"
        )
        (is_ready,) = cursor.fetchone()
    return bool(is_ready)


@dataclass(frozen=True, slots=True)
class Use:
    """How often an organisation did an act under a purpose in a month."""

    month: date
    organisation_id: int
    purpose: str
    channel: str
    act: str
    number: int


def usage(first: date, last: date, organisation_id: int | None = None) -> list[Use]:
    """The usage of the months that begin from `first` to `last`; no person is in it.

    Of one organisation or of all. Whoever acts for an organisation gets its own alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, organisation_id, purpose, channel, act, number"
            " FROM audit_usage_between(%s, %s, %s)",
            [first, last, organisation_id],
        )
        return [Use(*row) for row in cursor.fetchall()]


def mandates_seen(organisation: str) -> Func:
    """Of a column of organisations, which of their mandates were seen at logins, since when and
    whether they were used: {"<mandate>": {"first_on": …, "is_used": …}}. No person is in it."""
    return Func(F(organisation), function="audit_mandates_seen", output_field=JSONField())
