"""What a feed is: a CSV file of Kela's systems, the form of its columns, its checks, its target.

An application registers its feeds when it is ready; this one knows none of them. A feed's SQL sees
two temporary tables: `raw`, the file as text, and `told`, the rows of good form in their types.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db.models import TextChoices
from psycopg import Cursor
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from intake.models import Reject

type Rows = Cursor[tuple[Any, ...]]
type Parameters = Mapping[str, Any]
type Reason = Reject.Reason
type Statement = SQL | Composed

TAKEN_BACK = ".removed.csv"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file. `bad` is true of a text that is not in the column's form."""

    name: str
    type: LiteralString
    bad: Composable
    required: bool
    reason: Reason = Reject.Reason.FORM

    @property
    def typed(self) -> Composable:
        """The value in its type; a text that is not there is empty, anything else NULL."""
        name, kind = Identifier(self.name), SQL(self.type)
        if self.type == "text":
            return SQL("coalesce(raw.{name}, '') AS {name}").format(name=name)
        return SQL("raw.{name}::{kind} AS {name}").format(name=name, kind=kind)


@dataclass(frozen=True, slots=True)
class Check:
    """Refuses the rows of `told t` of which `bad` is true, naming the field and the reason.

    `among_rows`: it compares rows with one another and sees only those that are left by then, or
    it looks into a table that grows and is run as a join of its own: as a condition of a row it
    would hold that table's keys in memory.
    """

    field: str
    reason: Reason
    bad: Composable
    among_rows: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """`source` is what `told` is selected from, `extra` what stands there beside the columns.

    `prepare` runs before `told` is made. `merge` brings `told` to the table of the feed and touches
    only rows that change; where it leaves new rows to `insert`, that one takes them slice by slice,
    so that a large file shows progress and takes no more memory than a small one. `before` and
    `after` run around them. All may use %(batch)s, %(made_on)s and %(key_version)s.
    """

    file: str
    table: LiteralString
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    merge: Statement
    source: Composable
    extra: Composable
    insert: Statement | None = None
    prepare: Callable[[Rows, Parameters], None] | None = None
    before: tuple[Statement, ...] = ()
    after: tuple[Statement, ...] = ()
    is_awaited: bool = True  # every day; else it comes when there is something to tell

    @property
    def takes_back(self) -> bool:
        """Whether its rows are those that Kela takes back."""
        return self.file.endswith(TAKEN_BACK)


_feeds: dict[str, Feed] = {}


def register(*feeds: Feed) -> None:
    """Makes feeds known. A delivery is taken in in the order in which its feeds were registered."""
    _feeds.update({feed.file: feed for feed in feeds})


def registered() -> tuple[Feed, ...]:
    return tuple(_feeds.values())


# --- columns ----------------------------------------------------------------------------------
# By casts and plain functions of text where they do: a regular expression takes several times as
# long. What comes out of its type as it went in is in the one form that the type writes.


def day(name: str, *, required: bool = True) -> Column:
    """2026-11-21"""
    bad = SQL("{0} NOT LIKE '____-__-__' OR {1} <> '--' OR NOT pg_input_is_valid({0}, 'date')")
    return Column(name, "date", _of(bad, name), required)


def instant(name: str) -> Column:
    """2026-11-21T09:12:00+02:00"""
    bad = SQL("""
        {0} NOT LIKE '____-__-__T__:__:__+__:__' OR NOT pg_input_is_valid({0}, 'timestamptz')
    """).format(Identifier(name))
    return Column(name, "timestamptz", bad, True)


def euros(name: str, *, required: bool = True) -> Column:
    """1234.56, not negative"""
    return _figure(name, "numeric(12, 2)", "9999999999.99", required=required, least="0")


def signed_euros(name: str, *, required: bool = True) -> Column:
    """1234.56, or -1234.56 for what comes back"""
    least, most = "-9999999999.99", "9999999999.99"
    return _figure(name, "numeric(12, 2)", most, required=required, least=least)


def number(name: str, *, required: bool = True) -> Column:
    """A number from 1 up, of 18 digits at most."""
    return _figure(name, "bigint", "999999999999999999", required=required, least="1")


def count(name: str) -> Column:
    """A number from 1 up that an integer holds."""
    return _figure(name, "integer", "2147483647", required=True, least="1")


def small_number(name: str, *, required: bool = True) -> Column:
    """A number from 1 to 99."""
    return _figure(name, "smallint", "99", required=required, least="1")


def year(name: str) -> Column:
    """2026"""
    return Column(name, "smallint", _of(SQL("{0} NOT LIKE '____' OR {1} <> ''"), name), True)


def digits(name: str, length: int) -> Column:
    """So many digits."""
    bad = SQL("length({0}) <> {2} OR {1} <> ''")
    return Column(name, "text", _of(bad, name, Literal(length)), True)


def truth(name: str) -> Column:
    """true or false"""
    return _words(name, "boolean", ["true", "false"], required=True)


def word(name: str, choices: type[TextChoices], *, required: bool = True) -> Column:
    """One of the words of a vocabulary."""
    return _words(name, "text", choices.values, required=required)


def key(name: str) -> Column:
    """What a check will look up: whatever is found is of good form."""
    return Column(name, "text", SQL("false"), True)


def text(name: str, most: int, *, required: bool = True) -> Column:
    """Any text of so many characters at most, on one line."""
    bad = SQL("length({0}) > {1} OR {0} ~ '[[:cntrl:]]'").format(Identifier(name), Literal(most))
    return Column(name, "text", bad, required)


def prose(name: str, most: int) -> Column:
    """Any text of so many characters at most, of several lines perhaps; it may be missing."""
    bad = SQL("length({0}) > {1} OR translate({0}, E'\\n\\r\\t', '') ~ '[[:cntrl:]]'")
    return Column(name, "text", bad.format(Identifier(name), Literal(most)), False)


def coded(name: str, pattern: str, *, required: bool = True) -> Column:
    """A text that a regular expression describes."""
    bad = SQL("{} !~ {}").format(Identifier(name), Literal(pattern))
    return Column(name, "text", bad, required)


def _of(bad: SQL, name: str, *others: Composable) -> Composed:
    """{0} is the column, {1} what of it is not a digit."""
    column = Identifier(name)
    return bad.format(column, SQL("translate({}, '0123456789', '')").format(column), *others)


def _figure(
    name: str, kind: LiteralString, most: LiteralString, *, required: bool, least: LiteralString
) -> Column:
    bad = SQL("""
        CASE WHEN NOT pg_input_is_valid({text}, {kind}) THEN true
        ELSE {figure}::text <> {text} OR {figure} NOT BETWEEN {least} AND {most} END
    """).format(
        text=Identifier(name),
        kind=Literal(kind),
        figure=SQL("{}::" + kind).format(Identifier(name)),
        least=SQL(least),
        most=SQL(most),
    )
    return Column(name, kind, bad, required)


def _words(name: str, kind: LiteralString, words: list[str], *, required: bool) -> Column:
    known = SQL(", ").join(map(Literal, words))
    bad = SQL("{} NOT IN ({})").format(Identifier(name), known)
    return Column(name, kind, bad, required, Reject.Reason.UNKNOWN_WORD)
