"""Reads the log newest first, a page at a time: each page begins where the last one ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter
from uuid import UUID

from django.db.models import Q, QuerySet

from audit.models import Entry, EntryPerson, Shown
from authorizations.models import Official
from customers.queries import Person, people, read_person
from kelmu.database.preparing import unprepared
from oversight.log.keys import Key
from oversight.reach import Reach

PAGE_SIZE = 50
MOST_IN_A_FILE = 10_000
READ_WITHIN = timedelta(days=1)  # what an act shows is read soon after its row is written
IN_TIME = attrgetter("at", "id")


@dataclass(frozen=True, slots=True)
class LogPage:
    """Rows of the log, and whether older ones follow."""

    entries: list[Entry]
    has_more: bool


def page(reach: Reach, narrowed: Q, before: Key | None, size: int = PAGE_SIZE) -> LogPage:
    """The newest rows within reach, or those before a place."""
    found = [_newest(rows.filter(narrowed), before)[: size + 1] for rows in _sources(reach)]
    ordered = merge(*found, key=IN_TIME, reverse=True)
    with unprepared():  # what is rare is found by an index of its own, what is not by the time
        entries = list(islice(ordered, size + 1))
    return LogPage(entries[:size], has_more=len(entries) > size)


def _sources(reach: Reach) -> "list[QuerySet[Entry]]":
    """All rows; of a customer, those about them and those of lists on which they stand. Each is
    found by an index of its own."""
    customer = reach.customer
    if customer is None:
        return [reach.entries]
    listed = EntryPerson.objects.filter(subject=customer).values("at", "entry_id")
    return [
        reach.entries.filter(customer=customer),
        reach.entries.filter(pk__in=listed).exclude(customer=customer),
    ]


def _newest(rows: "QuerySet[Entry]", before: Key | None) -> "QuerySet[Entry]":
    if before:  # the first condition leaves partitions out, the second begins after the row
        rows = rows.filter(at__lte=before.at, pk__lt=(before.at, before.id))
    return rows.order_by("-at", "-id")


def rows_at(reach: Reach, key: Key) -> "QuerySet[Entry]":
    """The one row at a place, if it is within reach."""
    return reach.entries.filter(at=key.at, id=key.id)


def number_of_persons(entry: Entry) -> int:
    """How many persons stand behind an act on many."""
    return EntryPerson.objects.filter(at=entry.at, entry_id=entry.id).count()


def shown_by(entry: Entry) -> list[Shown]:
    """How many rows an act has shown, and their digest, each time; none where it showed no data.

    It is noted when they are read: of a customer's opening with its first page, of a list when the
    file is fetched.
    """
    read = (entry.at, entry.at + READ_WITHIN)
    return list(Shown.objects.filter(entry_id=entry.id, at__range=read).order_by("at"))


def names_of(entries: Iterable[Entry]) -> dict[tuple[int | None, UUID | None], str]:
    """Who acted, by organisation and person; whoever is of Kela has no name here."""
    rows = list(entries)
    found = Official.objects.filter(
        organisation__in={one.organisation_id for one in rows},
        subject__in={one.actor for one in rows},
    )
    told = found.values_list("organisation_id", "subject", "name")
    return {(organisation, subject): name for organisation, subject, name in told}


def customer_of(customer: UUID, reach: Reach) -> Person | None:
    """Who a customer is, the row of the look written; none whom Kela does not know."""
    found = people().filter(pk=customer).first()
    return read_person(found, reach.right.on) if found else None
