"""Drawings of figures, made on the server: for the eye, beside a table that says the same.

Across, places are shares of the drawing's width, so that it fits any screen and its texts keep
their size; down, they are pixels.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

TOP, HEIGHT, BELOW = 20, 120, 22  # pixels: above the columns, of the tallest one, below them
LANE, NAME, BAR = 40, 14, 12  # pixels: of a lane, down to its name's foot, of its bar
NOTHING = Decimal(0)


class Figure(NamedTuple):
    """A figure, the text that tells it, and what stands below or above it; perhaps nothing."""

    value: Decimal
    text: str
    label: str


def columns(figures: Sequence[Figure], most: str) -> dict[str, Any]:
    """A column for each figure, which may be below nothing. `most` tells the tallest one."""
    values = [one.value for one in figures]
    highest, lowest = max(NOTHING, *values), min(NOTHING, *values)
    return {
        "height": TOP + HEIGHT + BELOW,
        "zero": TOP + round(HEIGHT * highest / (highest - lowest or Decimal(1))),
        "label_y": TOP + HEIGHT + BELOW - 5,
        "most": most,
        "bars": [
            _column(one, (place, len(figures)), (highest, lowest))
            for place, one in enumerate(figures)
        ],
    }


def _column(
    figure: Figure, place: tuple[int, int], ends: tuple[Decimal, Decimal]
) -> dict[str, Any]:
    (index, count), (highest, lowest) = place, ends
    scale = HEIGHT / (highest - lowest or Decimal(1))
    step = 100 / count
    is_last = index == count - 1
    return {
        "x": f"{step * index + step * 0.15:.2f}%",
        "width": f"{step * 0.7:.2f}%",
        "y": TOP + round((highest - max(figure.value, NOTHING)) * scale),
        "height": max(1, round(abs(figure.value) * scale)),
        "text": figure.text,
        "label": figure.label,
        "label_x": f"{step * (index + 0.85 if is_last else index + 0.5):.2f}%",
        "anchor": "end" if is_last else "middle",
    }


def lanes(figures: Sequence[Figure]) -> dict[str, Any]:
    """A lane for each figure, none below nothing: its label above a bar from the left."""
    highest = max((one.value for one in figures), default=NOTHING) or Decimal(1)
    return {
        "height": LANE * len(figures),
        "bar_height": BAR,
        "lanes": [
            {
                "name_y": LANE * place + NAME,
                "y": LANE * place + NAME + 5,
                "width": f"{max(100 * one.value / highest, Decimal('0.3')):.2f}%",
                "text": one.text,
                "label": one.label,
            }
            for place, one in enumerate(figures)
        ],
    }
