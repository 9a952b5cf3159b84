"""Days and periods."""

from datetime import date

from django.db.models import Q


def valid_on(day: date, path: str = "") -> Q:
    """Rows whose validity holds on the day; `path` leads to the dated row, as in "agreement__"."""
    return Q(**{f"{path}validity__contains": day})
