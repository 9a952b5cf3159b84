"""Stages a delivery: each file as text in an unlogged table, every row judged by its form.

A file is staged in a transaction of its own, so that after a kill the next run goes on with the
files that are still missing. The schema `intake_staging` holds one delivery at a time, plain
identity codes among it, and nobody but the owner may look into it.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from psycopg.sql import SQL, Composable, Identifier, Literal

from intake.deliveries import Delivered, File, IntakeError
from intake.feeds import Column, Rows
from intake.models import Reject

SCHEMA = "intake_staging"
CHUNK = 1 << 20

STAGED = SQL("SELECT file, digest FROM intake_staging.file")
TABLES = SQL("SELECT tablename FROM pg_tables WHERE schemaname = 'intake_staging'")
CREATE = SQL("CREATE UNLOGGED TABLE {} (line integer GENERATED ALWAYS AS IDENTITY (START 2), {})")
COPY = SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER true, FORCE_NULL *, ENCODING 'UTF8')")
FAULT = SQL("WHEN {} THEN ARRAY[{}, {}]")
JUDGE = SQL("""
    CREATE TEMPORARY TABLE bad AS
    SELECT line, fault FROM (SELECT line, CASE {} END AS fault FROM {}) judged
    WHERE fault IS NOT NULL
""")
ACCOUNT = SQL("""
    INSERT INTO intake_staging.reject (file, line, field, reason)
    SELECT %s, line, fault[1], fault[2] FROM bad
""")
REMOVE = SQL("DELETE FROM {} USING bad WHERE {}.line = bad.line")


def table_of(file: File) -> Identifier:
    """Where the rows of good form of a file are staged, as text."""
    return Identifier(SCHEMA, file.feed.file)


def missing(cursor: Rows, delivered: Delivered) -> list[File]:
    """The files of a delivery that are not staged yet. What is staged of others is removed."""
    wanted = {file.feed.file: _digest(file) for file in delivered.files}
    staged: dict[str, str] = dict(cursor.execute(STAGED).fetchall())
    kept = {file for file, digest in staged.items() if wanted.get(file) == digest}
    _remove_all_but(cursor, kept)
    return [file for file in delivered.files if file.feed.file not in kept]


def clear(cursor: Rows) -> None:
    """Leaves nothing staged."""
    _remove_all_but(cursor, set())


def _remove_all_but(cursor: Rows, kept: set[str]) -> None:
    own = {"file", "reject"}
    for (table,) in cursor.execute(TABLES).fetchall():
        if table not in kept | own:
            cursor.execute(SQL("DROP TABLE {}").format(Identifier(SCHEMA, table)))
    for table in own:
        gone = SQL("DELETE FROM {} WHERE file <> ALL(%s)").format(Identifier(SCHEMA, table))
        cursor.execute(gone, [[*kept]])


def _digest(file: File) -> str:
    """Of the content and of the form that it was judged by: a new version judges anew."""
    return hashlib.sha256(f"{file.sha256} {file.feed.columns}".encode()).hexdigest()


def stage(cursor: Rows, file: File, copied: Callable[[int], object]) -> None:
    """Stages a file in the caller's transaction; `copied` is told how many rows have come.

    Raises IntakeError when the file is broken.
    """
    columns = [column.name for column in file.feed.columns]
    table = table_of(file)
    texts = SQL(", ").join(SQL("{} text").format(Identifier(name)) for name in columns)
    cursor.execute(CREATE.format(table, texts))
    with file.path.open("rb") as content:
        _check_header(content.readline(), columns, file.feed.file)
        content.seek(0)
        names = SQL(", ").join(map(Identifier, columns))
        with cursor.copy(COPY.format(table, names)) as copy:
            for chunk in _chunks(content):
                copy.write(chunk)
                copied(chunk.count(b"\n"))
    if cursor.rowcount != file.rows:
        raise IntakeError(f"{file.feed.file} has {cursor.rowcount} rows, not {file.rows}.")
    _judge(cursor, file)
    done = "INSERT INTO intake_staging.file (file, digest) VALUES (%s, %s)"
    cursor.execute(done, [file.feed.file, _digest(file)])


def _chunks(content: BinaryIO) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def _check_header(line: bytes, columns: list[str], file: str) -> None:
    if line.rstrip(b"\r\n") != ",".join(columns).encode():
        raise IntakeError(f"{file}: the first line must be {','.join(columns)}.")


def _judge(cursor: Rows, file: File) -> None:
    table = table_of(file)
    faults = [fault for column in file.feed.columns for fault in _faults(column)]
    cursor.execute(JUDGE.format(SQL(" ").join(faults), table))
    cursor.execute(ACCOUNT, [file.feed.file])
    cursor.execute(REMOVE.format(table, table))
    cursor.execute("DROP TABLE bad")


def _faults(column: Column) -> Iterator[Composable]:
    name = Literal(column.name)
    if column.required:
        absent = SQL("{} IS NULL").format(Identifier(column.name))
        yield FAULT.format(absent, name, Literal(Reject.Reason.MISSING.value))
    yield FAULT.format(column.bad, name, Literal(column.reason.value))
