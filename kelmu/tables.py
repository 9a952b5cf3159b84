"""A table as pages show it: wide as a table, on a narrow screen as labelled cards."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, repeat

from django.utils.functional import Promise
from django.utils.translation import ngettext

from kelmu.formats import number

LONG = 500  # rows; a page of a table has far fewer, so only print has such

type Text = str | Promise  # a text, or one that is translated when the page is made


@dataclass(frozen=True)
class Column:
    """A heading, and whether what stands under it are figures.

    `field` names what it shows where that can be withheld, `sort` what the rows can be sorted by.
    `url` sorts them so; `order` says how they are: ascending, descending, or neither.
    """

    label: str
    numeric: bool = False
    field: str = ""
    sort: str = ""
    url: str = ""
    order: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of ready text under their columns; the first cell of a row names the row.

    `empty` is the sentence that stands instead of a table without rows. `marks` are words beside
    the names of rows, empty for a row without one. A page of a longer table says which row of how
    many it begins with: `start`, `of`.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    empty: str
    marks: Sequence[Text] = ()
    start: int = 1
    of: int | None = None

    @property
    def count(self) -> str:
        """How many rows there are, or which of how many are shown."""
        shown = len(self.rows)
        if self.of is None or self.of == shown:
            return ngettext("%(rows)s row", "%(rows)s rows", shown) % {"rows": number(shown)}
        return f"{number(self.start)}–{number(self.start + shown - 1)} / {number(self.of)}"

    @property
    def is_long(self) -> bool:
        """Whether its rows are written as shortly as can be: it stays a table on any screen."""
        return len(self.rows) > LONG

    @property
    def numeric(self) -> str:
        """Which columns hold figures, counted from 1."""
        places = (place for place, column in enumerate(self.columns, start=1) if column.numeric)
        return " ".join(map(str, places))

    def without(self, withheld: Collection[str]) -> "Table":
        """The table without the columns of fields that are withheld."""
        kept = [column.field not in withheld for column in self.columns]
        rows = [list(compress(row, kept)) for row in self.rows]
        return replace(self, columns=list(compress(self.columns, kept)), rows=rows)

    def lines(self) -> Iterator[tuple[Text, list[tuple[Column, Text]]]]:
        """Each row's mark, and its cells with their columns. ValueError for another length."""
        for mark, row in self.marked_rows():
            yield mark, list(zip(self.columns, row, strict=True))

    def marked_rows(self) -> Iterator[tuple[Text, Sequence[Text]]]:
        """Each row's mark, and its texts."""
        return zip(self.marks or repeat(""), self.rows, strict=bool(self.marks))
