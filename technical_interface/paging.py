"""Rows of a long list, page by page in the order of their numbers."""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet


def page[M: Model](
    rows: "QuerySet[M, Any]", after: UUID | None, limit: int
) -> tuple[list[M], str | None]:
    """The rows whose numbers come after one, `limit` at most, and the number after which the next
    page begins; None on the last one."""
    rows = rows.order_by("pk")
    if after:
        rows = rows.filter(pk__gt=after)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    return shown, str(shown[-1].pk) if len(found) > limit else None
