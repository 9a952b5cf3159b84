"""Takes one file in: COPY as text, judge the form, type the rows, check them, merge them.

All of it in SQL over whole sets, in the caller's transaction.
"""

import re
from collections.abc import Callable, Iterator

import psycopg
from psycopg.sql import SQL, Composable, Identifier, Literal

from intake.deliveries import File, IntakeError
from intake.feeds import Check, Column, Feed, Parameters, Rows
from intake.models import Reject

CHUNK = 1 << 20

RAW = SQL("CREATE TEMPORARY TABLE raw (line integer GENERATED ALWAYS AS IDENTITY (START 2), {})")
COPY = SQL("COPY raw ({}) FROM STDIN (FORMAT csv, HEADER true, FORCE_NULL *, ENCODING 'UTF8')")
JUDGE = SQL("""
    WITH judged AS (SELECT line, CASE {} END AS fault FROM raw),
    bad AS (SELECT line, fault FROM judged WHERE fault IS NOT NULL),
    gone AS (DELETE FROM raw USING bad WHERE raw.line = bad.line)
    INSERT INTO intake_reject (batch_id, file, line, field, reason)
    SELECT %(batch)s, %(file)s, line, fault[1], fault[2] FROM bad
""")
FAULT = SQL("WHEN {} THEN ARRAY[{}, {}]")
TELL = SQL("CREATE TEMPORARY TABLE told AS SELECT raw.line, {}{} FROM {}")
REFUSE = SQL("""
    WITH bad AS (DELETE FROM told t WHERE {} RETURNING t.line)
    INSERT INTO intake_reject (batch_id, file, line, field, reason)
    SELECT %(batch)s, %(file)s, line, {}, {} FROM bad
""")


def take_file(cursor: Rows, file: File, parameters: Parameters) -> tuple[int, int]:
    """Merges the good rows of a file and keeps account of the others: (rows, rejected).

    `parameters` are what the statements may use. Raises IntakeError when the file is broken.
    """
    feed, parameters = file.feed, {**parameters, "file": file.feed.file}
    rows = _copy(cursor, file)
    rejected = _judge(cursor, feed, parameters)
    _tell(cursor, feed, parameters)
    rejected += sum(_refuse(cursor, check, parameters) for check in feed.checks)
    for statement in feed.merge:
        cursor.execute(statement, parameters)
    cursor.execute("DROP TABLE raw, told")
    return rows, rejected


def with_values_kept_out[T](file: str, action: Callable[[], T]) -> T:
    """Turns an error of the database, which may quote a row, into one that names file and rule."""
    try:
        return action()
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        fault = _fault(error.diag)
    raise IntakeError(f"{file}: {fault}. Nothing was taken in.")  # out here it has no context


def _fault(told: psycopg.errors.Diagnostic) -> str:
    if told.constraint_name:
        return f"its rows break the rule {told.constraint_name}"
    line = re.search(r"^COPY raw, line (\d+)", told.context or "")
    place = f"line {line[1]}: " if line else ""
    match told.sqlstate:
        case "22021" | "22P05":
            return f"{place}not in UTF-8"
        case "22P04":
            return f"{place}not as many columns as the header names, or a quote that never closes"
        case state:
            return f"{place}the database refused it ({state})"


def _copy(cursor: Rows, file: File) -> int:
    columns = [column.name for column in file.feed.columns]
    names = SQL(", ").join(map(Identifier, columns))
    cursor.execute(
        RAW.format(SQL(", ").join(SQL("{} text").format(Identifier(c)) for c in columns))
    )
    with file.path.open("rb") as content:
        _check_header(content.readline(), columns, file.feed.file)
        content.seek(0)
        with cursor.copy(COPY.format(names)) as copy:
            while chunk := content.read(CHUNK):
                copy.write(chunk)
    if cursor.rowcount != file.rows:
        raise IntakeError(f"{file.feed.file} has {cursor.rowcount} rows, not {file.rows}.")
    cursor.execute("ANALYZE raw")
    return file.rows


def _check_header(line: bytes, columns: list[str], file: str) -> None:
    if line.rstrip(b"\r\n") != ",".join(columns).encode():
        raise IntakeError(f"{file}: the first line must be {','.join(columns)}.")


def _judge(cursor: Rows, feed: Feed, parameters: Parameters) -> int:
    faults = [fault for column in feed.columns for fault in _faults(column)]
    cursor.execute(JUDGE.format(SQL(" ").join(faults)), parameters)
    return cursor.rowcount


def _faults(column: Column) -> Iterator[Composable]:
    name = Literal(column.name)
    if column.required:
        missing = SQL("{} IS NULL").format(Identifier(column.name))
        yield FAULT.format(missing, name, Literal(Reject.Reason.MISSING.value))
    yield FAULT.format(column.bad, name, Literal(column.reason.value))


def _tell(cursor: Rows, feed: Feed, parameters: Parameters) -> None:
    if feed.prepare:
        feed.prepare(cursor, parameters)
    typed = SQL(", ").join(column.typed for column in feed.columns)
    cursor.execute(TELL.format(typed, feed.extra, feed.source))
    cursor.execute("ANALYZE told")


def _refuse(cursor: Rows, check: Check, parameters: Parameters) -> int:
    reason = Literal(check.reason.value)
    cursor.execute(REFUSE.format(check.bad, Literal(check.field), reason), parameters)
    return cursor.rowcount
