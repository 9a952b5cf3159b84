"""What the commands of the log have in common."""

from datetime import UTC, datetime

from django.core.management.base import CommandError
from django.db import connections
from django.utils.dateparse import parse_date, parse_datetime

from kelmu.clock import HELSINKI


def instant(text: str) -> datetime:
    """An instant, or the beginning of a day in Finland, as an argument. ValueError otherwise."""
    if told := parse_datetime(text) if len(text) > len("2026-11-28") else None:
        return told if told.tzinfo else told.replace(tzinfo=UTC)
    day = parse_date(text)
    if day is None:
        raise ValueError(text)
    return datetime(day.year, day.month, day.day, tzinfo=HELSINKI)


def require_sealer() -> None:
    """CommandError unless the settings say how to log in as kelmu_sealer."""
    if "sealer" not in connections.settings:
        raise CommandError("Set DATABASE_SEALER_URL: the whole log is read as kelmu_sealer.")
