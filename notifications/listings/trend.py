"""What a list came to, period by period: a drawing for the eye, and the same as a table."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kelmu.charts import NOTHING, Figure, columns
from kelmu.formats import amount, number, period
from kelmu.tables import Column, Table
from notifications.listings.queries import Edition, Shelf

MOST = 24  # periods
LABELLED = 4  # one bar of so many has its period written below


def trend(at: Shelf, found: Sequence[Edition]) -> dict[str, Any] | None:
    """The newest versions of the latest periods, oldest first; nothing where there are fewer than
    two. Bars are of amounts, or of rows where a list has none."""
    newest = [one for one in found if not one.is_superseded][:MOST][::-1]
    if len(newest) < 2:
        return None
    figures = [_figure(at, one, len(newest) - place) for place, one in enumerate(newest, 1)]
    drawn = columns(figures, _told(at, max(NOTHING, *(one.value for one in figures))))
    return drawn | {"table": _table(at, newest)}


def _figure(at: Shelf, one: Edition, followers: int) -> Figure:
    value = _value(at, one)
    text = f"{period(one.first_on, one.last_on)}: {_told(at, value)}"
    return Figure(value, text, _label(one) if followers % LABELLED == 0 else "")


def _value(at: Shelf, one: Edition) -> Decimal:
    return one.publication.total or NOTHING if at.shape.total else Decimal(one.publication.rows)


def _label(one: Edition) -> str:
    """A month as 10/2026, a year as 2026."""
    is_year = (one.first_on.month, one.last_on.month) == (1, 12)
    return str(one.first_on.year) if is_year else f"{one.last_on.month}/{one.last_on.year}"


def _told(at: Shelf, value: Decimal) -> str:
    return amount(value) if at.shape.total else number(int(value))


def _table(at: Shelf, found: Sequence[Edition]) -> Table:
    has_amounts = at.shape.total is not None
    headings = [Column(_("Period")), Column(_("Rows"), numeric=True)]
    return Table(
        caption=_("The drawing as a table"),
        columns=[*headings, Column(_("Total"), numeric=True)] if has_amounts else headings,
        rows=[
            (
                period(one.first_on, one.last_on),
                number(one.publication.rows),
                *([_told(at, _value(at, one))] if has_amounts else []),
            )
            for one in found
        ],
        empty=_("Nothing to draw."),
    )
