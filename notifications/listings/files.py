"""Lists as files: CSV made by the database itself, workbooks by XlsxWriter.

The rows are read when the transaction of the act has been committed, in transactions of their own
that end before anything of theirs goes out: a slow reader holds none. Meanwhile they wait in a file
without a name.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.db import connection, transaction
from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.text import slugify
from django.utils.translation import gettext as _
from psycopg.sql import SQL

from audit import services as log
from audit.models import EntryPerson
from authorizations import rulebook
from authorizations.queries import spoken
from kelmu.expressions import written_out
from kelmu.spreadsheets import BYTE_ORDER_MARK, SEPARATOR
from notifications.listings import queries
from notifications.listings.queries import Edition, Shelf
from notifications.listings.shapes import Column, Kind
from notifications.models import Download

FIRST_ROWS = 500  # go out before the others are read: so few are looked up one by one
BLOCK = 1 << 16
BUFFER = 1 << 20
PATIENCE = "5min"  # for a list of a million rows
MOST_ROWS_OF_A_SHEET = 1_048_575  # below the headings
COPY = SQL("COPY ({}) TO STDOUT (FORMAT csv, DELIMITER ';', ENCODING 'UTF8')")
HEAD_HEIGHT = 45  # points: three lines of a heading
# JSON holds no such characters but escaped, so a line goes out as it is.
COPY_OF_LINES = SQL(
    "COPY ({}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'UTF8')"
)
WIDTHS = {Kind.DAY: 12, Kind.EUROS: 14, Kind.NUMBER: 10, Kind.PER_CENT: 10, Kind.MARK: 14}

type Rows = QuerySet[Any, Any]


class Gone(Exception):
    """Rows of the list are no longer there: what has gone out is not whole."""


def as_csv(at: Shelf, one: Edition, download: Download) -> Iterator[bytes]:
    """UTF-8 that spreadsheets know as such, semicolons, figures and dates as Finns write them."""
    columns = at.shape.all_columns
    head = io.StringIO()
    csv.writer(head, delimiter=SEPARATOR, lineterminator="\n").writerow(
        str(column.label) for column in columns
    )
    yield (BYTE_ORDER_MARK + head.getvalue()).encode()
    texts = [column.text for column in columns]
    yield from _copied(at, one, download, lambda rows: rows.values_list(*texts), COPY)


def as_json_lines(at: Shelf, one: Edition, download: Download) -> Iterator[bytes]:
    """An object on each line, by the names of the columns: words by their codes, days as ISO 8601,
    amounts as text with two decimals."""
    pairs = [(Value(column.name), _json_value(column)) for column in at.shape.all_columns]
    # JSONObject of Django makes JSONB first, and the text of that: twice the work.
    lines = Func(*chain(*pairs), function="json_build_object", output_field=TextField())
    yield from _copied(at, one, download, lambda rows: rows.values_list(lines), COPY_OF_LINES)


def _json_value(column: Column) -> Combinable:
    return Cast(column.value, TextField()) if column.kind is Kind.EUROS else column.value


def _copied(
    at: Shelf, one: Edition, download: Download, told: Callable[[Rows], Rows], copy: SQL
) -> Iterator[bytes]:
    count = 0
    for rows in _slices(at, one, download):
        with tempfile.TemporaryFile(buffering=BUFFER) as file:
            count += _copy(told(rows), download, file, copy)
            yield from _blocks(file)
    _check(at, one, count)


def _copy(rows: Rows, download: Download, file: IO[bytes], copy: SQL) -> int:
    """Lets the database write the rows; the answer is how many there are."""
    with _reading(download) as cursor:
        with cursor.copy(copy.format(SQL(written_out(rows))), {}) as lines:
            file.writelines(lines)
        count: int = cursor.rowcount
    return count


@contextmanager
def _reading(download: Download) -> Iterator[Any]:
    """A cursor of psycopg in a transaction that reads for the organisation of a download."""
    with transaction.atomic(), connection.cursor() as cursor:
        log.act_for(download.organisation_id)
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
        yield cursor.cursor


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(BLOCK):
        yield block


def as_workbook(at: Shelf, one: Edition, download: Download) -> Iterator[bytes]:
    """A workbook with typed cells and a head that stays, without macros or formulas. Until it has
    gone out it lies in a folder that only this process may read."""
    with tempfile.TemporaryDirectory(prefix="kelmu-list-") as folder:
        path = Path(folder) / "list.xlsx"
        _write(path, folder, at, one, download)
        with path.open("rb") as file:
            yield from _blocks(file)


def _write(path: Path, folder: str, at: Shelf, one: Edition, download: Download) -> None:
    options = {
        "constant_memory": True,
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    columns = at.shape.all_columns
    with xlsxwriter.Workbook(path, options) as book:
        # Fetched once more, it is the same file: the receipt has one checksum.
        book.set_properties({"created": download.asked_at})
        styles = _styles(book)
        sheet = book.add_worksheet(_("List"))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_row(0, HEAD_HEIGHT)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, WIDTHS.get(column.kind, 26))
            sheet.write_string(0, number, str(column.label), styles["head"])
        count = 0
        for rows in _slices(at, one, download):
            for values in _read(rows, columns, download):
                count += 1
                _write_row(sheet, count, columns, values, styles)
        sheet.autofilter(0, 0, count, len(columns) - 1)
    _check(at, one, count)


def _styles(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        Kind.DAY: book.add_format({"num_format": "d.m.yyyy"}),
        Kind.EUROS: book.add_format({"num_format": "#,##0.00"}),
    }


def _write_row(
    sheet: Any, number: int, columns: tuple[Column, ...], values: tuple[Any, ...], styles: Any
) -> None:
    for place, (column, value) in enumerate(zip(columns, values, strict=True)):
        match value:
            case None | "" | False:
                pass
            case True:
                sheet.write_string(number, place, _("yes"))
            case date():
                sheet.write_datetime(number, place, value, styles[Kind.DAY])
            case Decimal() | int():
                sheet.write_number(number, place, value, styles.get(column.kind))
            case _:
                sheet.write_string(number, place, column.word(value))


def _read(rows: Rows, columns: tuple[Column, ...], download: Download) -> Iterator[tuple[Any, ...]]:
    """The values of the rows, a thousand at a time."""
    with _reading(download):
        yield from rows.values_list(*(column.value for column in columns)).iterator(1000)


def _slices(at: Shelf, one: Edition, download: Download) -> Iterator[Rows]:
    """The first rows, so that the reader sees that they come, and all others. What is made of
    notifications may have changed since the act was written: of it only those are read whom the act
    names."""
    rows = queries.to_be_read(queries.rows_of(at, one.publication))
    if at.is_published:
        yield rows.filter(number__lte=FIRST_ROWS)
        if one.publication.rows > FIRST_ROWS:
            yield rows.filter(number__gt=FIRST_ROWS)
        return
    named = EntryPerson.objects.filter(entry_id=download.entry_id)
    yield rows.filter(customer__in=named.values("subject"))


def _check(at: Shelf, one: Edition, count: int) -> None:
    """What breaks here breaks the download off, and the reader sees that it is not whole."""
    if at.is_published and count != one.publication.rows:
        raise Gone


def fits_a_sheet(one: Edition) -> bool:
    """Whether a workbook can hold it."""
    return one.publication.rows <= MOST_ROWS_OF_A_SHEET


def name_of(at: Shelf, one: Edition, form: str) -> str:
    """The name of the file: list, municipality, period, version."""
    listing = slugify(spoken(rulebook.load().name(at.listing)))
    municipality = slugify(one.municipality.name)
    version = one.publication.version
    return f"kelmu_{listing}_{municipality}_{_months(one)}_v{version}.{form}"


def _months(one: Edition) -> str:
    first, last = one.first_on, one.last_on
    if (first.month, last.month) == (1, 12):
        return f"{first:%Y}"
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}" if same else f"{first:%Y-%m}_{last:%Y-%m}"
