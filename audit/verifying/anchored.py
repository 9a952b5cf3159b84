"""The seals of the anchors, beside those of the database."""

from collections.abc import Iterator
from datetime import date, datetime

from audit import anchors
from audit.seals import Seal
from audit.verifying.findings import Finding, Kind


class Anchored:
    """The anchors beside the rounds of the database: finds those whose seals are gone."""

    def __init__(self, organisation: int | None, since: datetime | None) -> None:
        self._whose = organisation
        names = anchors.names(since.date() if since else date.min)
        self._names = ((anchors.round_of(name), name) for name in names)
        self._next = next(self._names, None)
        self._since = since

    def until(self, number: int) -> Iterator[Finding]:
        """What is found of the rounds before one of the database."""
        while self._next and self._next[0] <= number:
            told, name = self._next
            if told < number:
                yield from self._gone(name)
            self._next = next(self._names, None)

    def left(self) -> Iterator[Finding]:
        """What is found of the rounds after the last one of the database."""
        yield from self.until(2**62)

    def _gone(self, name: str) -> Iterator[Finding]:
        for seal in seals_of(anchors.get(name) or b""):
            is_asked = self._whose in {None, seal.organisation}
            if is_asked and (self._since is None or seal.made_at >= self._since):
                until = seal.told["made_at"]
                yield Finding(seal.organisation, "", until, Kind.SEAL_LOST, seal.named)


def seals_of(content: bytes) -> list[Seal]:
    """The seals of a round's file, as far as they can be read."""
    try:
        found = [Seal.of_line(line) for line in content.decode().splitlines()]
    except ValueError:
        return []
    return [seal for seal in found if seal.columns]
