"""What must hold of the rows of a rulebook, and between them."""

from collections.abc import Iterable
from itertools import combinations

from .rows import Content, Grant, Opening
from .rules import Rulebook
from .tables import RulebookError
from .words import Tab

type Row = Opening | Grant | Content


def check(rulebook: Rulebook) -> None:
    """Raises RulebookError at the first row that says too little or contradicts another."""
    rows: list[Row] = [*rulebook.openings, *rulebook.grants, *rulebook.contents]
    for row in rows:
        _check_row(row)
    for opening in rulebook.openings:
        _check_tabs(opening)
        _check_contents(opening, [c for c in rulebook.contents if c.purpose is opening.purpose])
    _check_overlaps(rulebook.openings)
    _check_overlaps(rulebook.grants)
    _check_overlaps(rulebook.contents)


def _check_row(row: Row) -> None:
    if row.validity.valid_to and row.validity.valid_to <= row.validity.valid_from:
        raise _error(row, "its validity is empty")
    if not row.basis.sources:
        raise _error(row, "it names no source")
    if not _keys(row):
        raise _error(row, "it is for no organisation type")
    if not isinstance(row, Opening) and not row.law:
        raise _error(row, "it rests on no law")


def _check_tabs(opening: Opening) -> None:
    if not opening.tabs:
        raise _error(opening, "it opens no tab")
    forwarded = opening.notification_types or opening.listings
    if forwarded and Tab.FORWARDED_NOTIFICATIONS not in opening.tabs:
        raise _error(opening, f"it does not open the tab {Tab.FORWARDED_NOTIFICATIONS}")


def _check_contents(opening: Opening, contents: list[Content]) -> None:
    ends = [content.validity.valid_to for content in contents]
    for day in (opening.validity.valid_from, *filter(None, ends)):
        if day in opening.validity and not any(day in c.validity for c in contents):
            raise _error(opening, f"no content says what it shows on {day}")
    for content in contents:
        overlaps = content.validity.overlaps(opening.validity)
        if overlaps and bool(content.data_groups) != opening.shows_one_customer:
            raise _error(content, "data groups belong to a customer's tab and to no other")


def _check_overlaps(rows: Iterable[Row]) -> None:
    for earlier, later in combinations(rows, 2):
        if _keys(earlier) & _keys(later) and earlier.validity.overlaps(later.validity):
            raise _error(later, f"overlaps the row from {earlier.validity.valid_from}")


def _keys(row: Row) -> set[tuple[str, ...]]:
    """What only one row may decide on any day."""
    if isinstance(row, Content):
        return {(row.purpose,)}
    what = row.purpose if isinstance(row, Opening) else row.action
    return {(kind, row.mandate, what) for kind in row.organisation_types}


def _error(row: Row, message: str) -> RulebookError:
    what = row.action if isinstance(row, Grant) else row.purpose
    by = "" if isinstance(row, Content) else f" by {row.mandate}"
    start = row.validity.valid_from
    return RulebookError(f"{type(row).__name__} of {what}{by} from {start}: {message}")
