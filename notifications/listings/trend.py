"""What a list came to, period by period: a drawing for the eye, and the same as a table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kelmu.charts import NOTHING, Figure, columns
from kelmu.formats import amount, number, period
from kelmu.tables import Column, Table
from notifications.listings.queries import Edition, Shelf

MOST = 24  # periods
LABELLED = 4  # one bar of so many has its period written below


@dataclass(frozen=True, slots=True)
class Came:
    """What a list came to in a period: of the municipality and of those merged into it."""

    first_on: date
    last_on: date
    rows: int
    total: Decimal


def trend(at: Shelf, found: Sequence[Edition]) -> dict[str, Any] | None:
    """The newest versions of the latest periods, oldest first; nothing where there are fewer than
    two. Bars are of amounts, or of rows where a list has none."""
    latest = _periods(found)[-MOST:]
    if len(latest) < 2:
        return None
    figures = [_figure(at, one, len(latest) - place) for place, one in enumerate(latest, 1)]
    drawn = columns(figures, _told(at, max(NOTHING, *(one.value for one in figures))))
    return drawn | {"table": _table(at, latest)}


def _periods(found: Sequence[Edition]) -> list[Came]:
    by_period: dict[tuple[date, date], list[Edition]] = defaultdict(list)
    for one in found:
        if not one.is_superseded:
            by_period[one.first_on, one.last_on].append(one)
    return [
        Came(
            *days,
            sum(one.publication.rows for one in several),
            sum((one.publication.total or NOTHING for one in several), NOTHING),
        )
        for days, several in sorted(by_period.items())
    ]


def _figure(at: Shelf, one: Came, followers: int) -> Figure:
    value = _value(at, one)
    text = f"{period(one.first_on, one.last_on)}: {_told(at, value)}"
    return Figure(value, text, _label(one) if followers % LABELLED == 0 else "")


def _value(at: Shelf, one: Came) -> Decimal:
    return one.total if at.shape.total else Decimal(one.rows)


def _label(one: Came) -> str:
    """A month as 10/2026, a year as 2026."""
    is_year = (one.first_on.month, one.last_on.month) == (1, 12)
    return str(one.first_on.year) if is_year else f"{one.last_on.month}/{one.last_on.year}"


def _told(at: Shelf, value: Decimal) -> str:
    return amount(value) if at.shape.total else number(int(value))


def _table(at: Shelf, found: Sequence[Came]) -> Table:
    has_amounts = at.shape.total is not None
    headings = [Column(_("Period")), Column(_("Rows"), numeric=True)]
    return Table(
        caption=_("The drawing as a table"),
        columns=[*headings, Column(_("Total"), numeric=True)] if has_amounts else headings,
        rows=[
            (
                period(one.first_on, one.last_on),
                number(one.rows),
                *([_told(at, _value(at, one))] if has_amounts else []),
            )
            for one in found
        ],
        empty=_("Nothing to draw."),
    )
