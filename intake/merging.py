"""SQL that feeds share: which row of several is taken, and how rows come to their table."""

from collections.abc import Sequence
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
    return Check(field, Reject.Reason.DUPLICATE, again.format(SQL(key)))


def upsert(table: str, key: Values, values: Values) -> Composed:
    """Inserts the rows of `told`, or replaces those of the same key.

    A row that says what the table says already is left alone, with the batch that brought it.
    """
    names = [Identifier(name) for name in values]
    return SQL("""
        INSERT INTO {table} AS target (batch_id, {columns}) SELECT %(batch)s, {values} FROM told
        ON CONFLICT ({key}) DO UPDATE SET batch_id = excluded.batch_id, {changes}
        WHERE ({old}) IS DISTINCT FROM ({new})
    """).format(
        table=Identifier(table),
        columns=_listed([*map(Identifier, key), *names]),
        values=_listed([SQL(value) for value in [*key.values(), *values.values()]]),
        key=_listed([Identifier(name) for name in key]),
        changes=_listed([SQL("{0} = excluded.{0}").format(name) for name in names]),
        old=_listed([SQL("target.{}").format(name) for name in names]),
        new=_listed([SQL("excluded.{}").format(name) for name in names]),
    )


def _listed(parts: Sequence[Composable]) -> Composable:
    return SQL(", ").join(parts)
