"""What an agreement may lawfully cover: the rulebook by type of organisation, law and time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateRange

from authorizations import rulebook
from authorizations.rulebook import (
    Action,
    Law,
    Mandate,
    OpenedAction,
    OpenedPurpose,
    OrganisationType,
    Purpose,
)

type Covered = Purpose | Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Lawful:
    """What an agreement may cover from a day to a day, and the laws that it may name for it.

    Beside purposes these are the actions that only an agreement opens.
    """

    covered: Covered
    laws: tuple[Law, ...]
    validity: DateRange
    by_agreement_only: bool

    @property
    def citations(self) -> list[str]:
        """The laws as agreements and the log name them."""
        return [law.citation.fi for law in self.laws]


def lawful(organisation_type: OrganisationType, time: DateRange) -> Iterator[Lawful]:
    """What the rulebook opens to the type within the time, cut at each day on which it changes."""
    for span in _spans(time):
        rights = rulebook.load().rights(organisation_type, Mandate, span.lower)
        for purpose in rights.purposes:
            yield _lawful(purpose.purpose, purpose, span)
        for action in rights.general_actions:
            if action.by_agreement_only:
                yield _lawful(action.action, action, span)


def _lawful(covered: Covered, opened: OpenedPurpose | OpenedAction, span: DateRange) -> Lawful:
    return Lawful(
        covered=covered,
        laws=opened.law,
        validity=span,
        by_agreement_only=opened.by_agreement_only,
    )


def _spans(time: DateRange) -> list[DateRange]:
    """The time cut at every day on which a row of the rulebook begins or ends."""
    days = rulebook.load().days_of_change
    start = days[0] if time.lower is None else time.lower
    inside = [day for day in days if start < day and (time.upper is None or day < time.upper)]
    edges: list[date | None] = [start, *inside, time.upper]
    return [DateRange(first, end) for first, end in pairwise(edges)]
