"""A file of changes to the register: its format, and what of it cannot be read.

The format is told in docs/register.md.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

COLUMNS = ["change", "code", "day", "name_fi", "name_sv", "language", "county", "successor"]
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


class Change(StrEnum):
    """What a row says, in the order in which rows are taken in."""

    NEW = "new"
    RENAMED = "renamed"
    MOVED = "moved"
    ENDED = "ended"
    MERGED = "organisation_merged"


NEEDED: dict[Change, set[str]] = {
    Change.NEW: {"name_fi", "name_sv", "language", "county"},
    Change.RENAMED: {"name_fi", "name_sv", "language"},
    Change.MOVED: {"county"},
    Change.ENDED: {"successor"},
    Change.MERGED: {"successor"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One change from a day on: of a municipality by its code, of an organisation by its ID."""

    line: int
    change: Change
    code: str
    day: date
    name_fi: str
    name_sv: str
    language: str
    county: str
    successor: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is not taken in."""

    line: int
    reason: str


def read(text: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a file in the order in which they are taken in, and the lines that are wrong."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter)
    heading = [name.strip() for name in next(reader, [])]
    if heading != COLUMNS:
        return [], [Problem(1, _wrong_heading())]
    rows, problems = [], []
    for line, cells in _lines(reader):
        try:
            rows.append(_row(line, cells))
        except ValidationError as error:
            problems.append(Problem(line, " ".join(error.messages)))
    if not rows and not problems:
        problems.append(Problem(1, _("There is no row under the headings.")))
    return sorted(rows, key=lambda row: list(Change).index(row.change)), problems


def _wrong_heading() -> str:
    return _("The headings of the columns must be: %(columns)s") % {"columns": ",".join(COLUMNS)}


def _lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def _row(line: int, cells: list[str]) -> Row:
    if len(cells) != len(COLUMNS):
        message = _("There are %(found)s columns instead of %(wanted)s.")
        raise ValidationError(message % {"found": len(cells), "wanted": len(COLUMNS)})
    told = dict(zip(COLUMNS, cells, strict=True))
    change = _change(told.pop("change"))
    _check_columns(change, told)
    return Row(line=line, change=change, day=_day(told.pop("day")), **told)


def _change(word: str) -> Change:
    try:
        return Change(word)
    except ValueError:
        message = _("“%(word)s” is no change. There are: %(words)s")
        known = ", ".join(Change)
        raise ValidationError(message % {"word": word, "words": known}) from None


def _check_columns(change: Change, told: dict[str, str]) -> None:
    """A change has the columns that it needs filled in, and no others."""
    filled = {name for name, cell in told.items() if cell}
    needed = NEEDED[change] | {"code", "day"}
    if missing := sorted(needed - filled):
        message = _("These columns must be filled in: %(columns)s")
        raise ValidationError(message % {"columns": ", ".join(missing)})
    if beyond := sorted(filled - needed):
        message = _("This change leaves these columns empty: %(columns)s")
        raise ValidationError(message % {"columns": ", ".join(beyond)})


def _day(cell: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    message = _("“%(cell)s” is no day. Write it as 2027-01-01 or 1.1.2027.")
    raise ValidationError(message % {"cell": cell})
