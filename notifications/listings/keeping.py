"""How long versions of lists are kept that a correction has superseded.

No source tells a time. The setting is an assumption; the newest version of every period stays.
"""

import logging
from datetime import date

from django.conf import settings
from django.db import connection

from kelmu import clock
from kelmu.dates import months_before

logger = logging.getLogger(__name__)


def remove_superseded() -> None:
    """Removes the rows of what was superseded so many months ago, a version at a time."""
    today = clock.today()
    before = months_before(today, settings.LISTS_SUPERSEDED_MONTHS)
    while (removed := _remove_one(before, today)) is not None:
        logger.info("The superseded list %s was removed.", removed)


def _remove_one(before: date, today: date) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT notifications_remove_superseded(%s, %s)", [before, today])
        row: tuple[int | None] = cursor.fetchone() or (None,)
    return row[0]
