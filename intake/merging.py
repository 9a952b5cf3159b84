"""SQL that feeds share: which row of several is taken, and how rows come to and leave a table."""

from collections.abc import Sequence
from typing import LiteralString

from psycopg.sql import SQL, Composable, Composed, Identifier

from intake.feeds import Check
from intake.models import Reject

SLICE = SQL("told.ctid >= %(from)s::tid AND told.ctid < %(to)s::tid")
ALL_AT_ONCE = SQL("%(from)s = '(0,0)'")  # with the first slice: for rows that belong together

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
    table: str,
    key: Values,
    values: Values,
    *,
    found_by: Values | None = None,
    changed: LiteralString = "false",
    within: SQL = SLICE,
) -> Composed:
    """Inserts the rows of `told`, or replaces those of the same key.

    A row that says what the table says already is left alone, with the batch that brought it,
    unless `changed` is true of it. `found_by`: columns of the table and what they hold of the row
    that is there, where that is more than the key.
    """
    found_by = found_by or key
    names = [Identifier(name) for name in [*key, *values]]
    return SQL("""
        MERGE INTO {table} AS target
        USING (SELECT {news}, {found}, {changed} AS is_changed FROM told WHERE {slice}) AS new
        ON {match}
        WHEN MATCHED AND (new.is_changed OR ({old}) IS DISTINCT FROM ({new})) THEN
            UPDATE SET batch_id = %(batch)s, {changes}
        WHEN NOT MATCHED THEN
            INSERT (batch_id, {columns}) VALUES (%(batch)s, {new})
    """).format(
        table=Identifier(table),
        news=_listed([_named(*pair) for pair in {**key, **values}.items()]),
        found=_listed([_named(f"found_{name}", value) for name, value in found_by.items()]),
        changed=SQL(changed),
        slice=within,
        match=SQL(" AND ").join(
            SQL("target.{} = new.{}").format(Identifier(name), Identifier(f"found_{name}"))
            for name in found_by
        ),
        old=_listed([SQL("target.{}").format(name) for name in names]),
        new=_listed([SQL("new.{}").format(name) for name in names]),
        changes=_listed([SQL("{0} = new.{0}").format(name) for name in names]),
        columns=_listed(names),
    )


def removal(table: str, key: Values) -> Composed:
    """Deletes the rows of the same key as those of `told`."""
    return SQL(
        "DELETE FROM {} AS target USING (SELECT {} FROM told WHERE {}) AS gone WHERE {}"
    ).format(
        Identifier(table),
        _listed([_named(*pair) for pair in key.items()]),
        SLICE,
        SQL(" AND ").join(SQL("target.{0} = gone.{0}").format(Identifier(name)) for name in key),
    )


def _named(name: str, value: LiteralString) -> Composable:
    return SQL("{} AS {}").format(SQL(value), Identifier(name))


def _listed(parts: Sequence[Composable]) -> Composable:
    return SQL(", ").join(parts)
