"""A table as pages show it: wide as a table, on a narrow screen as labelled cards."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from django.utils.functional import Promise

type Text = str | Promise  # a text, or one that is translated when the page is made


@dataclass(frozen=True)
class Column:
    """A heading, and whether what stands under it are figures.

    `field` names what it shows where that can be withheld.
    """

    label: str
    numeric: bool = False
    field: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of ready text under their columns; the first cell of a row names the row.

    `empty` is the sentence that stands instead of a table without rows.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    empty: str

    def without(self, withheld: Collection[str]) -> "Table":
        """The table without the columns of fields that are withheld."""
        kept = [column.field not in withheld for column in self.columns]
        rows = [list(compress(row, kept)) for row in self.rows]
        return replace(self, columns=list(compress(self.columns, kept)), rows=rows)

    def lines(self) -> Iterator[list[tuple[Column, Text]]]:
        """Each row's cells with their columns. Raises ValueError if a row has another length."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))
