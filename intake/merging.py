"""SQL that feeds share: which row of several is taken, and how rows come to and leave a table."""

from collections.abc import Iterable, Sequence
from typing import LiteralString

from psycopg.sql import SQL, Composable, Composed, Identifier

from intake.feeds import Check
from intake.models import Reject

type Values = dict[str, LiteralString]  # column of the table: expression over `told`


def same(*names: LiteralString) -> Values:
    """Columns that are called the same in the file."""
    return {name: name for name in names}


def once(field: str, key: LiteralString) -> Check:
    """Of rows with the same key, an expression over `told`, only the first is taken."""
    again = SQL("""
        t.line IN (
            SELECT line
            FROM (SELECT line, min(line) OVER (PARTITION BY {}) AS first FROM told) rows
            WHERE line > first
        )
    """)
    return Check(field, Reject.Reason.DUPLICATE, again.format(SQL(key)), among_rows=True)


def upsert(
    table: str, key: Values, values: Values, *, changed: LiteralString = "false"
) -> Composed:
    """Inserts the rows of `told`, or replaces those of the same key.

    A row that says what the table says already is left alone, with the batch that brought it,
    unless `changed` is true of it.
    """
    names = [*key, *values]
    return SQL("""
        MERGE INTO {table} AS target
        USING (SELECT {told}, {changed} AS is_changed FROM told) AS new
        ON ({key}) = ({new_key})
        WHEN MATCHED AND (new.is_changed OR ({old}) IS DISTINCT FROM ({new})) THEN
            UPDATE SET batch_id = %(batch)s, {changes}
        WHEN NOT MATCHED THEN
            INSERT (batch_id, {columns}) VALUES (%(batch)s, {new})
    """).format(
        table=Identifier(table),
        told=_told({**key, **values}),
        changed=SQL(changed),
        key=_of("target", key),
        new_key=_of("new", key),
        old=_of("target", names),
        new=_of("new", names),
        changes=_changes(names),
        columns=_listed([Identifier(name) for name in names]),
    )


def update(table: str, found: Values, values: Values) -> Composed:
    """Changes the rows that are there and are told otherwise; `found`: what is there of such a row
    that says where it is, empty in `told` for a row that is new."""
    return SQL("""
        UPDATE {table} AS target SET batch_id = %(batch)s, {changes}
        FROM (SELECT {told}, {found} FROM told) AS new
        WHERE ({place}) = ({new_place}) AND ({old}) IS DISTINCT FROM ({new})
    """).format(
        table=Identifier(table),
        changes=_changes(values),
        told=_told(values),
        found=_told({f"found_{name}": value for name, value in found.items()}),
        place=_of("target", found),
        new_place=_of("new", [f"found_{name}" for name in found]),
        old=_of("target", values),
        new=_of("new", values),
    )


def insert(table: str, values: Values, is_new: LiteralString) -> Composed:
    """Inserts those rows of a slice of `told` that are new. Nothing is looked up in the table."""
    return SQL("""
        INSERT INTO {table} (batch_id, {columns}) SELECT %(batch)s, {told} FROM told
        WHERE {is_new} AND told.ctid >= %(from)s::tid AND told.ctid < %(to)s::tid
    """).format(
        table=Identifier(table),
        columns=_listed([Identifier(name) for name in values]),
        told=_told(values),
        is_new=SQL(is_new),
    )


def removal(table: str, key: Values) -> Composed:
    """Deletes the rows of the same key as those of `told`."""
    return SQL(
        "DELETE FROM {} AS target USING (SELECT {} FROM told) AS gone WHERE ({}) = ({})"
    ).format(Identifier(table), _told(key), _of("target", key), _of("gone", key))


def _told(values: Values) -> Composable:
    return _listed([SQL("{} AS {}").format(SQL(v), Identifier(name)) for name, v in values.items()])


def _of(row: LiteralString, names: Iterable[str]) -> Composable:
    return _listed([Identifier(row, name) for name in names])


def _changes(names: Iterable[str]) -> Composable:
    return _listed([SQL("{0} = new.{0}").format(Identifier(name)) for name in names])


def _listed(parts: Sequence[Composable]) -> Composable:
    return SQL(", ").join(parts)
