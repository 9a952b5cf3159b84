"""What rows of all applications share, and what the service tells everybody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kelmu.clock import HELSINKI
from kelmu.formats import moments
from kelmu.languages import page_language


class Dated(models.Model):
    """A row that holds from a day (included) to a day (excluded), or until further notice."""

    validity = DateRangeField()

    class Meta:
        abstract = True


def known(row: str, field: str, words_of_it: type[models.TextChoices]) -> models.CheckConstraint:
    """Only words that the vocabulary has."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": words_of_it.values}), name=f"known_{field}_of_{row}"
    )


class Announcement(models.Model):
    """What every page tells on top: news for a time, or a break, which closes the service.

    `period` is when the news is shown, or when the service is closed; a break is told so many days
    before. An announcement that was withdrawn or ended early has its `ended_at` and holds no more.
    """

    class Kind(models.TextChoices):
        BREAK = "break", _("Service break")
        NEWS = "news", _("News")

    kind = models.CharField(max_length=5, choices=Kind)
    period = DateTimeRangeField()
    days_before = models.PositiveSmallIntegerField(default=0)
    text_fi = models.CharField(max_length=500)
    text_sv = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                    period__isempty=False,
                ),
                name="an_announcement_begins_and_ends",
            ),
            models.CheckConstraint(
                condition=~Q(text_fi="") & ~Q(text_sv="") & ~Q(text_en=""),
                name="an_announcement_speaks_three_languages",
            ),
            models.CheckConstraint(
                condition=Q(kind="break") | Q(kind="news", days_before=0),
                name="news_is_not_told_beforehand",
            ),
            ExclusionConstraint(
                name="one_break_at_a_time",
                expressions=[("period", RangeOperators.OVERLAPS)],
                condition=Q(kind="break", ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def starts_at(self) -> datetime:
        """In Finnish time, as `ends_at`."""
        return timezone.localtime(self.period.lower, HELSINKI)

    @property
    def ends_at(self) -> datetime:
        return timezone.localtime(self.period.upper, HELSINKI)

    @property
    def text(self) -> str:
        """In the language of the page."""
        return next(text for code, _name, text in self.texts() if code == page_language())

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """In each language: its code, its own name, and the text."""
        for code, name in settings.LANGUAGES:
            yield code, name, getattr(self, f"text_{code}")

    @property
    def key(self) -> str:
        """By which a reader dismisses it; what has been changed is told anew."""
        return f"{self.pk}-{crc32(repr(list(self.content())).encode()):08x}"

    def content(self) -> Iterator[tuple[str, Any]]:
        """What it says, as the log keeps it."""
        yield "kind", self.kind
        yield "from", self.starts_at.isoformat()
        yield "until", self.ends_at.isoformat()
        yield "days_before", self.days_before
        for code, _name, text in self.texts():
            yield code, text

    @property
    def when(self) -> str:
        """Its period in words, in Finnish time."""
        return moments(self.starts_at, self.ends_at)

    @property
    def is_break(self) -> bool:
        return self.kind == self.Kind.BREAK

    def holds_at(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at

    def is_told_at(self, now: datetime) -> bool:
        """Whether pages show it: while it holds, and a break so many days before it."""
        return self.starts_at - timedelta(days=self.days_before) <= now < self.ends_at
