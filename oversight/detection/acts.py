"""What detection knows of acts: rows of the log, and how a person is tied to a customer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

type Pair = tuple[UUID, UUID]  # who acted, and the customer


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A row of the log. `look_back_days`: how far before the act the page was narrowed to begin."""

    id: UUID
    at: datetime  # in Finland
    actor: UUID
    customer: UUID
    is_search: bool  # an opening or a miss, not a page of what has been opened
    is_miss: bool
    purpose: str
    reference: str
    look_back_days: int = 0

    @property
    def pair(self) -> Pair:
        return self.actor, self.customer

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How a person is tied to a customer. The database answers it; no name or place leaves it."""

    namesakes: float = 0.0  # the share of customers with the surname of both; 0: not the same
    is_colleague: bool = False
    is_elsewhere: bool = False  # lives elsewhere, and has no matter with the organisation


UNTIED = Tie()


@dataclass(frozen=True, slots=True)
class Dealing:
    """All that a person did with a customer in the month, in time: what is looked at as one."""

    acts: tuple[Act, ...]
    tie: Tie

    @property
    def actor(self) -> UUID:
        return self.acts[0].actor

    @property
    def customer(self) -> UUID:
        return self.acts[0].customer

    @property
    def searches(self) -> list[Act]:
        return [one for one in self.acts if one.is_search]

    @property
    def days(self) -> set[date]:
        return {one.day for one in self.acts}


def dealings(acts: Iterable[Act], ties: Mapping[Pair, Tie]) -> list[Dealing]:
    """The acts of a month by person and customer, however they are ordered."""
    ordered = sorted(acts, key=attrgetter("pair", "at", "id"))
    return [
        Dealing(tuple(several), ties.get(pair, UNTIED))
        for pair, several in groupby(ordered, key=attrgetter("pair"))
    ]
