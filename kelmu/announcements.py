"""What is announced now, known to every request without asking the database for it.

Each process reads the announcements again after some seconds, one thread for all. Between readings
the clock alone decides, so a break begins and ends by itself. While the database cannot be read,
what was read last holds: a break that was known still closes the service.
"""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError

from kelmu import clock
from kelmu.models import Announcement

READ_EVERY_SECONDS = 5.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """The announcements of today or later, as they were read."""

    rows: tuple[Announcement, ...]
    day: date
    until: float

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() < self.until and self.day == clock.today()


_reading = threading.Lock()
_known: Known | None = None


def told() -> list[Announcement]:
    """What pages tell now, breaks first."""
    now = clock.now()
    shown = [one for one in _announcements() if one.is_told_at(now)]
    return sorted(shown, key=lambda one: (not one.is_break, one.starts_at))


def break_now() -> Announcement | None:
    """The break that closes the service now, if there is one."""
    now = clock.now()
    return next((one for one in _announcements() if one.is_break and one.holds_at(now)), None)


def forget() -> None:
    """Lets the next request of this process read anew, after a change."""
    global _known  # one for the process
    _known = None


def _announcements() -> tuple[Announcement, ...]:
    known = _known
    if known and known.is_fresh:
        return known.rows
    # Only whoever has nothing at all to go by waits for another thread's reading.
    if _reading.acquire(blocking=known is None):
        try:
            return _read().rows
        finally:
            _reading.release()
    return known.rows if known else ()


def _read() -> Known:
    global _known  # one for the process
    if _known and _known.is_fresh:  # another thread was quicker
        return _known
    rows = _known.rows if _known else ()
    try:
        coming = Announcement.objects.filter(ended_at=None, period__endswith__gt=clock.now())
        rows = tuple(coming)
    except DatabaseError:
        logger.exception("The announcements cannot be read; those read last hold.")
    _known = Known(rows, clock.today(), time.monotonic() + READ_EVERY_SECONDS)
    return _known
