"""The first rows of a list that may be longer."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window


@dataclass(frozen=True, slots=True)
class Some:
    """The first rows, and how many there are."""

    rows: list[Any]
    of: int


def some(rows: Any, most: int) -> Some:
    """The first rows of a query and the number of all, by one statement."""
    told = list(rows.annotate(of=Window(Count("*")))[:most])
    return Some(told, told[0].of if told else 0)
