"""Takes a staged file to its tables: type the rows, check them, merge them.

All of it in SQL over whole sets, in the transaction that makes the batch visible.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from psycopg.sql import SQL, Composable, Literal

from intake.deliveries import File
from intake.feeds import Check, Feed, Parameters, Rows
from intake.staging import table_of

SLICE = 1_000  # blocks of `told`, of 8 kB each
RAW = SQL("CREATE TEMPORARY VIEW raw AS SELECT * FROM {}")
MISFORMED = SQL("""
    INSERT INTO intake_reject (batch_id, file, line, field, reason)
    SELECT %(batch)s, file, line, field, reason FROM intake_staging.reject WHERE file = %(file)s
""")
TELL = SQL("CREATE TEMPORARY TABLE told AS SELECT raw.line, {}{} FROM {}")
REFUSE = SQL("""
    WITH judged AS ({}),
    gone AS (DELETE FROM told USING judged WHERE told.line = judged.line)
    INSERT INTO intake_reject (batch_id, file, line, field, reason)
    SELECT %(batch)s, %(file)s, line, fault[1], fault[2] FROM judged
""")
BY_ITSELF = SQL("""
    SELECT line, fault FROM (SELECT t.line, CASE {} END AS fault FROM told t) single
    WHERE fault IS NOT NULL
""")
FAULT = SQL("WHEN {} THEN ARRAY[{}, {}]")
AMONG_ROWS = SQL("SELECT t.line, ARRAY[{}, {}] AS fault FROM told t WHERE {}")
SIZE = """
    SELECT pg_relation_size('pg_temp.told') / current_setting('block_size')::integer, count(*)
    FROM told
"""
KEYS = """
    SELECT string_agg(DISTINCT quote_ident(conname), ', ')
    FROM pg_constraint
    WHERE contype = 'f' AND condeferred
"""


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the rows of a file. `merged`: they changed something."""

    merged: int
    unchanged: int
    rejected: int


def check_keys_at_once(cursor: Rows) -> None:
    """Lets foreign keys be checked statement by statement.

    Until the end they would stand in a queue in memory that grows with the delivery.
    """
    (keys,) = cursor.execute(KEYS).fetchall()[0]
    cursor.execute(SQL("SET CONSTRAINTS {} IMMEDIATE").format(SQL(keys)))


def take(
    cursor: Rows, file: File, parameters: Parameters, merged: Callable[[int], object]
) -> Count:
    """Merges the good rows of a staged file and keeps account of the others.

    `parameters` are what the statements may use; `merged` is told how far it has come, in rows.
    """
    feed = file.feed
    parameters = {**parameters, "file": feed.file, "folder": str(file.path.parent)}
    cursor.execute(RAW.format(table_of(file)))
    rejected = cursor.execute(MISFORMED, parameters).rowcount
    _tell(cursor, feed, parameters)
    rejected += _check(cursor, feed.checks, parameters)
    changed = _merge(cursor, feed, parameters, merged)
    cursor.execute("DROP TABLE told")
    cursor.execute("DROP VIEW raw")
    return Count(changed, file.rows - rejected - changed, rejected)


def _tell(cursor: Rows, feed: Feed, parameters: Parameters) -> None:
    if feed.prepare:
        feed.prepare(cursor, parameters)
    typed = SQL(", ").join(column.typed for column in feed.columns)
    cursor.execute(TELL.format(typed, feed.extra, feed.source))
    cursor.execute("ANALYZE told")


def _check(cursor: Rows, checks: Sequence[Check], parameters: Parameters) -> int:
    """What is judged row by row in one pass, then each check that compares rows, as a join."""
    single = [check for check in checks if not check.among_rows]
    passes = [BY_ITSELF.format(SQL(" ").join(map(_fault, single)))] if single else []
    passes += [
        AMONG_ROWS.format(Literal(check.field), Literal(check.reason.value), check.bad)
        for check in checks
        if check.among_rows
    ]
    return sum(cursor.execute(REFUSE.format(bad), parameters).rowcount for bad in passes)


def _fault(check: Check) -> Composable:
    return FAULT.format(check.bad, Literal(check.field), Literal(check.reason.value))


def _merge(
    cursor: Rows, feed: Feed, parameters: Parameters, merged: Callable[[int], object]
) -> int:
    """The answer is how many rows changed something."""
    for statement in feed.before:
        cursor.execute(statement, parameters)
    changed = cursor.execute(feed.merge, parameters).rowcount
    for first, rows in _slices(cursor):
        if feed.insert:
            window = {"from": f"({first},0)", "to": f"({first + SLICE},0)"}
            changed += cursor.execute(feed.insert, {**parameters, **window}).rowcount
        merged(rows)
    for statement in feed.after:
        cursor.execute(statement, parameters)
    return changed


def _slices(cursor: Rows) -> Iterator[tuple[int, int]]:
    """The first block of each slice of `told`, and about how many rows are in the slice."""
    ((blocks, rows),) = cursor.execute(SIZE).fetchall()
    for first in range(0, blocks, SLICE):
        yield first, rows * min(SLICE, blocks - first) // blocks
