"""A value of another service, kept while it is good."""

import time
from collections.abc import Callable
from threading import Lock

from authorizations.suomifi.errors import Unavailable

SECONDS_FRESH = 3600.0
SECONDS_BETWEEN_TRIES = 60.0


class LastGood[T]:
    """Fetches a value when it is first wanted and again every hour.

    While the other service is down the last good value serves. Several threads may fetch at
    once, which is harmless; none waits for another, but for a refresh under way.
    """

    def __init__(self, fetch: Callable[[], T], seconds_fresh: float = SECONDS_FRESH) -> None:
        self._fetch = fetch
        self._seconds_fresh = seconds_fresh
        self._kept: T | None = None
        self._due = 0.0
        self._next_refresh = 0.0
        self._lock = Lock()

    def get(self) -> T:
        """The value, fresh if its service is up; Unavailable if there is none."""
        kept = self._kept
        if kept is not None and time.monotonic() < self._due:
            return kept
        return self._fetched(kept)

    def refreshed(self) -> T:
        """The value fetched anew, unless that was done within a minute. Whoever asks meanwhile
        waits: what is kept is not what they need."""
        with self._lock:
            if time.monotonic() < self._next_refresh:
                return self.get()
            self._next_refresh = time.monotonic() + SECONDS_BETWEEN_TRIES
            return self._fetched(self._kept)

    def _fetched(self, kept: T | None) -> T:
        try:
            self._kept = value = self._fetch()
        except Unavailable:
            if kept is None:
                raise
            self._due = time.monotonic() + SECONDS_BETWEEN_TRIES
            return kept
        self._due = time.monotonic() + self._seconds_fresh
        return value
