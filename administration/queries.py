"""Reads what was delivered: how old it is, how many rows, what was left out. No row itself."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, Sum

from intake.feeds import registered
from intake.models import Batch, Delivery, Reject

BATCHES = 14
REASONS = 100


def newest_of_each_feed() -> dict[str, Delivery | None]:
    """The newest delivery of each file that is awaited, None where there is none."""
    files = [feed.file for feed in registered() if not feed.takes_back]
    newest = (
        Delivery.objects.filter(file__in=files)
        .select_related("batch")
        .order_by("file", "-batch__made_at")
        .distinct("file")
    )
    delivered = {delivery.file: delivery for delivery in newest}
    return {file: delivered.get(file) for file in files}


def latest_batches() -> "Sequence[Batch]":
    """The batches taken in last, with the sums of their files."""
    sums = {
        f"all_{name}": Sum(f"deliveries__{name}")
        for name in ("rows", "merged", "unchanged", "rejected")
    }
    batches = Batch.objects.annotate(files=Count("deliveries"), **sums)
    return list(batches.order_by("-loaded_at")[:BATCHES])


def rejects_of(batches: Sequence[Batch]) -> "QuerySet[Any, Any]":
    """How many rows of these batches were left out, by file, field and reason; most first."""
    by_reason = Reject.objects.filter(batch__in=batches).values("file", "field", "reason")
    return by_reason.annotate(number=Count("pk")).order_by("-number", "file", "field")[:REASONS]
