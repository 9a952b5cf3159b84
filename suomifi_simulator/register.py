"""The register of mandates, in which a demo grants and voids."""

from collections.abc import Iterable
from dataclasses import replace

from suomifi_simulator.cast import Cast, Grant
from suomifi_simulator.clock import Clock
from suomifi_simulator.rules import Mandates, mandates_of


class Register:
    """The mandates in force and not, as they now stand; every change holds at once."""

    def __init__(self, cast: Cast, clock: Clock) -> None:
        self._cast = cast
        self._clock = clock
        self._grants = list(cast.grants)

    def reset(self) -> None:
        """Back to what the cast file says."""
        self._grants = list(self._cast.grants)

    def grant(self, grant: Grant) -> None:
        """Add what an organisation gives; ValueError if it names somebody unknown."""
        self._cast.check(grant)
        self._grants.append(grant)

    def void(self, pattern: Grant) -> int:
        """Void the pattern's mandates between its parties, whenever they were given to hold.

        Returns how many grants lost something.
        """
        self._cast.check(pattern)
        hit = [grant for grant in self._grants if _same_parties(grant, pattern)]
        hit = [grant for grant in hit if grant.mandates & pattern.mandates]
        for grant in hit:
            self._grants.remove(grant)
            if left := grant.mandates - pattern.mandates:
                self._grants.append(replace(grant, mandates=left))
        return len(hit)

    def in_force(self) -> Iterable[Grant]:
        """What holds today, a mandate at a time, each once, in order."""
        today = self._clock.today()
        single = {
            replace(grant, mandates=frozenset({mandate}))
            for grant in self._grants
            if grant.is_valid(today)
            for mandate in grant.mandates
        }
        return sorted(single, key=_order)

    def mandates_of(self, person: str) -> Mandates:
        """What the rule engine forwards of a person (slug) today."""
        return mandates_of(person, self._grants, self._clock.today())


def _same_parties(one: Grant, other: Grant) -> bool:
    return _parties(one) == _parties(other)


def _parties(grant: Grant) -> tuple[str | None, ...]:
    return (grant.giver, grant.to_person, grant.to_organisation, grant.kind, grant.via)


def _order(grant: Grant) -> tuple[str, ...]:
    return (*(part or "" for part in _parties(grant)), *grant.mandates, str(grant.valid_from))
