"""How old the data is that Kela's systems delivered, and what of it is late."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.db.models.functions import JSONObject

from intake.feeds import registered
from intake.models import Delivery
from kelmu import clock


def ages(files: Iterable[str]) -> "QuerySet[Any, Any]":
    """For a query of rows that these files told: when the newest delivery of each was made."""
    told = JSONObject(file="file", made_at="made_at")
    newest: QuerySet[Any, Any] = _newest(files).annotate(told=told).values_list("told")
    return newest


def read_ages(told: Iterable[dict[str, str]]) -> dict[str, datetime]:
    """What `ages` answered, by file; a file that was never delivered is not there."""
    return {one["file"]: datetime.fromisoformat(one["made_at"]) for one in told}


def is_late(made_at: datetime) -> bool:
    """Whether younger data should have come by now (FEED_MAX_AGE)."""
    return clock.shown_moment() - made_at > settings.FEED_MAX_AGE


def late_files() -> list[str]:
    """The files of which younger data should have come. One never delivered is not awaited."""
    newest = _newest(awaited_files())
    return [file["file"] for file in newest if is_late(file["made_at"])]


def awaited_files() -> list[str]:
    """The files that come every day: none of rows taken back, nor one that comes when there is
    something to tell."""
    return [feed.file for feed in registered() if feed.is_awaited and not feed.takes_back]


def _newest(files: Iterable[str]) -> "QuerySet[Any, Any]":
    delivered = Delivery.objects.filter(file__in=[*files]).values("file")
    return delivered.annotate(made_at=Max("batch__made_at")).order_by("file")
