"""Reads of the access log and of its state."""

from django.db import connection


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
