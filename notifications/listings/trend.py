"""What a list came to, period by period: a drawing for the eye, and the same as a table.

Across, places are shares of the drawing's width, so that it fits any screen; down, they are pixels.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kelmu.formats import amount, number, period
from kelmu.tables import Column, Table
from notifications.listings.queries import Edition, Shelf

MOST = 24  # periods
TOP, HEIGHT, BELOW = 20, 120, 22  # pixels: above the bars, of the tallest one, below them
NOTHING = Decimal(0)
LABELLED = 4  # one bar of so many has its period written below


def trend(at: Shelf, found: Sequence[Edition]) -> dict[str, Any] | None:
    """The newest versions of the latest periods, oldest first; nothing where there are fewer than
    two. Bars are of amounts, or of rows where a list has none."""
    newest = [one for one in found if not one.is_superseded][:MOST][::-1]
    if len(newest) < 2:
        return None
    values = [_value(at, one) for one in newest]
    most, least = max(NOTHING, *values), min(NOTHING, *values)
    return {
        "height": TOP + HEIGHT + BELOW,
        "zero": TOP + round(HEIGHT * most / (most - least or Decimal(1))),
        "label_y": TOP + HEIGHT + BELOW - 5,
        "most": _told(at, most),
        "bars": [
            _bar(at, one, value, (place, len(newest)), (most, least))
            for place, (one, value) in enumerate(zip(newest, values, strict=True))
        ],
        "table": _table(at, newest),
    }


def _value(at: Shelf, one: Edition) -> Decimal:
    return one.publication.total or NOTHING if at.shape.total else Decimal(one.publication.rows)


def _bar(
    at: Shelf, one: Edition, value: Decimal, place: tuple[int, int], ends: tuple[Decimal, Decimal]
) -> dict[str, Any]:
    (index, count), (most, least) = place, ends
    scale = HEIGHT / (most - least or Decimal(1))
    step = 100 / count
    return {
        "x": f"{step * index + step * 0.15:.2f}%",
        "width": f"{step * 0.7:.2f}%",
        "y": TOP + round((most - max(value, NOTHING)) * scale),
        "height": max(1, round(abs(value) * scale)),
        "text": f"{period(one.first_on, one.last_on)}: {_told(at, value)}",
        "label": _label(one) if (count - 1 - index) % LABELLED == 0 else "",
        "label_x": f"{step * (index + 0.85 if index == count - 1 else index + 0.5):.2f}%",
        "anchor": "end" if index == count - 1 else "middle",
    }


def _label(one: Edition) -> str:
    """A month as 10/2026, a year as 2026."""
    is_year = (one.first_on.month, one.last_on.month) == (1, 12)
    return str(one.first_on.year) if is_year else f"{one.last_on.month}/{one.last_on.year}"


def _told(at: Shelf, value: Decimal) -> str:
    return amount(value) if at.shape.total else number(int(value))


def _table(at: Shelf, found: Sequence[Edition]) -> Table:
    has_amounts = at.shape.total is not None
    columns = [Column(_("Period")), Column(_("Rows"), numeric=True)]
    return Table(
        caption=_("The drawing as a table"),
        columns=[*columns, Column(_("Total"), numeric=True)] if has_amounts else columns,
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
