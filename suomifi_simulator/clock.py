"""Two times: the protocol's seconds and the mandates' day."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


class Clock:
    """Real time, put off by `skew` seconds; and today, which may be fixed."""

    def __init__(self, fixed_day: date | None) -> None:
        self.skew = 0.0
        self._fixed_day = fixed_day

    def now(self) -> float:
        """Seconds since 1970, as this simulator believes them to be."""
        return time.time() + self.skew

    def today(self) -> date:
        """The day on which a mandate must be valid."""
        return self._fixed_day or datetime.now(HELSINKI).date()
