"""One act of the log, read in full: the row of the look first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from audit.models import ActKind, Entry, Shown
from customers.queries import Person
from oversight.log import presentation, queries
from oversight.log.keys import Key
from oversight.pages import frame
from oversight.reach import Reach


@dataclass(frozen=True, slots=True)
class ReadAct:
    """A row, whom it concerned and what it has shown; the number of persons where it is a list."""

    entry: Entry
    customer: Person | None
    persons: int
    shown: list[Shown]


def read(reach: Reach, at: Key, **details: Any) -> ReadAct:
    """The row at a place. Http404 where there is none within reach."""
    rows = queries.rows_at(reach, at)
    concerned: QuerySet[Any, Any] = rows.exclude(customer=None).values_list("customer", flat=True)
    reach.write(ActKind.VIEW_LOG_ENTRY, concerned, entry=at.id, **details)
    entry = rows.first()
    if entry is None:
        raise Http404
    customer = queries.customer_of(entry.customer, reach) if entry.customer else None
    persons, shown = queries.number_of_persons(entry), queries.shown_by(entry)
    return ReadAct(entry, customer, persons, shown)


def context(reach: Reach, told: ReadAct) -> dict[str, Any]:
    """What the page of an act shows."""
    entry = told.entry
    named = presentation.customer(told.customer) if entry.customer else ""
    return frame(reach, "act") | {
        "customer": named,
        "facts": presentation.facts(entry, told.persons, told.shown),
    }
