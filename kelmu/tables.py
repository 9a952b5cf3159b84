"""A table as pages show it: wide as a table, on a narrow screen as labelled cards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

type Text = str | Promise  # a text, or one that is translated when the page is made


@dataclass(frozen=True)
class Column:
    """A heading, and whether what stands under it are figures."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of ready text under their columns; the first cell of a row names the row.

    `empty` is the sentence that stands instead of a table without rows.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    empty: str

    def lines(self) -> Iterator[list[tuple[Column, Text]]]:
        """Each row's cells with their columns. Raises ValueError if a row has another length."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))
