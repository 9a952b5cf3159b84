"""Handles that nobody can guess and that do not live long."""

from secrets import token_urlsafe

from suomifi_simulator.clock import Clock


class Expiring[T]:
    """Values by handle, each of them for a fixed number of seconds.

    Touched from the event loop only and never across an `await`, so it needs no lock.
    """

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: dict[str, tuple[float, T]] = {}

    def keep(self, value: T, handle: str | None = None) -> str:
        """Keep the value under a new handle, or under the given one, and return the handle."""
        self._sweep()
        handle = handle or token_urlsafe(32)
        self._kept[handle] = (self._clock.now() + self._seconds, value)
        return handle

    def get(self, handle: str) -> T | None:
        """The value of a live handle."""
        return self._kept[handle][1] if handle in self else None

    def take(self, handle: str) -> T | None:
        """The value of a live handle, which dies by this."""
        value = self.get(handle)
        self._kept.pop(handle, None)
        return value

    def __contains__(self, handle: str) -> bool:
        self._sweep()
        return handle in self._kept

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def values(self) -> list[T]:
        """All that is live."""
        self._sweep()
        return [value for _, value in self._kept.values()]

    def _sweep(self) -> None:
        now = self._clock.now()
        for handle in [handle for handle, (until, _) in self._kept.items() if until <= now]:
            del self._kept[handle]
