"""What every file for a spreadsheet has in common."""

import csv
import io
import re
from collections.abc import Iterable

import xlsxwriter
from django.db.models import Case, CharField, Func, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate
from django.db.models.lookups import LessThan

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
SEPARATOR = ";"
WIDTH = 26  # of a column of a workbook, in characters
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORMULA = f"^([{re.escape(''.join(BEGINS_A_FORMULA))}])"


def harmless(text: str) -> str:
    """What a spreadsheet would take for a formula begins with an apostrophe (ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def harmless_in_database(text: Combinable) -> Case:
    """The same, of an expression of text in the database. Most is told at a glance: none of those
    characters is as large as an A."""
    replaced = Func(
        text, Value(_FORMULA), Value(r"'\1"), function="regexp_replace", output_field=CharField()
    )
    begins_so = LessThan(Collate(text, "C"), Value("A"))
    return Case(When(begins_so, then=replaced), default=text, output_field=CharField())


def as_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table of text as a file of CSV: UTF-8 that spreadsheets know as such, no formulas."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=SEPARATOR)
    writer.writerow(headings)
    writer.writerows(map(harmless, row) for row in rows)
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def as_workbook(title: str, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """The same as a workbook with a head that stays, without macros or formulas."""
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, WIDTH)
            sheet.write_string(0, place, heading, head)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
    return file.getvalue()
