"""The one clock that rules use.

Protocol times and the ages of sessions use real time instead (`django.utils.timezone.now`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")
_shown: ContextVar[date | None] = ContextVar("shown", default=None)


def today() -> date:
    """The day in Finland on which rights, agreements and validities are judged.

    `KELMU_TODAY` replaces it in demo and test; production refuses that setting.
    """
    fixed: date | None = settings.KELMU_TODAY
    return fixed or timezone.localdate(timezone=HELSINKI)


def now() -> datetime:
    """The time of the day on that day: what the age of delivered data is judged by."""
    return datetime.combine(today(), timezone.localtime(timezone=HELSINKI).time(), HELSINKI)


def shown_day() -> date:
    """The day that pages are made for: today, or the day of a preview. What is kept between
    requests goes by today."""
    return _shown.get() or today()


def shown_moment() -> datetime:
    """The time of the day on that day."""
    return datetime.combine(shown_day(), now().timetz())


@contextmanager
def showing(day: date) -> Iterator[None]:
    """While pages are made as they would be on another day: authorizations.rights.Preview."""
    token = _shown.set(day)
    try:
        yield
    finally:
        _shown.reset(token)
