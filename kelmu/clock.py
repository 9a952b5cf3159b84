"""The one clock that rules use.

Protocol times and the ages of sessions use real time instead (`django.utils.timezone.now`).
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")


def today() -> date:
    """The day in Finland on which rights, agreements and validities are judged.

    `KELMU_TODAY` replaces it in demo and test; production refuses that setting.
    """
    fixed: date | None = settings.KELMU_TODAY
    return fixed or timezone.localdate(timezone=HELSINKI)


def now() -> datetime:
    """The time of the day on that day: what the age of delivered data is judged by."""
    return datetime.combine(today(), timezone.localtime(timezone=HELSINKI).time(), HELSINKI)
