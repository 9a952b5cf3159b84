"""What a superuser can do to a sealed log, at random. Each says whose rows it was done to."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

TEXTS = ("act", "office", "agreement", "purpose", "rulebook", "case_reference", "outcome")
TABLES = ("audit_entry", "audit_entry_person", "audit_shown")
# Sealed rows are those of rounds; what is not sealed yet is nobody's to find.
SEALED = "SELECT ctid, tableoid::regclass::text, * FROM {} ORDER BY transaction, at, ctid"

type Tampering = Callable[[psycopg.Connection, random.Random], int]


def chance(seed: int) -> random.Random:
    """What happens by a seed."""
    return random.Random(seed)  # noqa: S311 - no secret


def _pick(superuser: psycopg.Connection, by: random.Random, table: str = "") -> dict[str, Any]:
    """A row of the log, and where it lies."""
    table = table or by.choice(TABLES)
    cursor = superuser.cursor(row_factory=psycopg.rows.dict_row)
    rows = cursor.execute(SEALED.format(table).encode()).fetchall()
    return by.choice(rows)


def _run(superuser: psycopg.Connection, statement: str, row: dict[str, Any], *more: object) -> int:
    where = f"{statement} WHERE ctid = %s::tid".format(row["tableoid"])
    superuser.execute(where.encode(), [*more, row["ctid"]])
    return row["organisation_id"] or 0


def edit(superuser: psycopg.Connection, by: random.Random) -> int:
    row = _pick(superuser, by, "audit_entry")
    column = by.choice(TEXTS)
    value = "failed" if column == "outcome" else f"{row[column]}x"
    return _run(superuser, f"UPDATE {{}} SET {column} = %s", row, value)  # noqa: S608 - names of ours


def edit_the_time(superuser: psycopg.Connection, by: random.Random) -> int:
    row = _pick(superuser, by)
    other = by.choice(  # of the same month, for the row stays in its partition
        [
            "at + interval '1 microsecond'",
            "at - interval '1 microsecond'",
            "date_trunc('month', at, 'UTC') + interval '14 days'",
        ]
    )
    return _run(superuser, f"UPDATE {{}} SET at = {other}", row)  # noqa: S608 - expressions of ours


def edit_what_was_shown(superuser: psycopg.Connection, by: random.Random) -> int:
    row = _pick(superuser, by, "audit_shown")
    return _run(superuser, "UPDATE {} SET number = number + 1", row)


def edit_person(superuser: psycopg.Connection, by: random.Random) -> int:
    row = _pick(superuser, by, "audit_entry_person")
    return _run(superuser, "UPDATE {} SET subject = gen_random_uuid()", row)


def give_to_another(superuser: psycopg.Connection, by: random.Random) -> int:
    row = _pick(superuser, by)
    return _run(superuser, "UPDATE {} SET organisation_id = 77", row)


def move_to_another_transaction(superuser: psycopg.Connection, by: random.Random) -> int:
    row = _pick(superuser, by)
    return _run(superuser, "UPDATE {} SET transaction = %s", row, by.choice([0, 1, 1 << 60]))


def delete(superuser: psycopg.Connection, by: random.Random) -> int:
    return _run(superuser, "DELETE FROM {}", _pick(superuser, by))


def delete_all_of_one(superuser: psycopg.Connection, by: random.Random) -> int:
    whose = _pick(superuser, by)["organisation_id"]
    for table in (*TABLES, "audit_seal"):
        nobody = 0 if table == "audit_seal" else None
        superuser.execute(
            f"DELETE FROM {table} WHERE organisation_id IS NOT DISTINCT FROM %s".encode(),  # noqa: S608 - names of ours
            [whose or nobody],
        )
    return whose or 0


def swap(superuser: psycopg.Connection, by: random.Random) -> int:
    """Two people, each in the other's row."""
    one = _pick(superuser, by, "audit_entry_person")
    other = one
    while other["entry_id"] == one["entry_id"]:  # in one act they have no order
        other = _pick(superuser, by, "audit_entry_person")
    for row, subject in ((one, UUID(int=0)), (other, one["subject"])):
        _run(superuser, "UPDATE {} SET subject = %s", row, subject)
    # Its place has changed with the first change.
    superuser.execute(
        "UPDATE audit_entry_person SET subject = %s WHERE subject = %s",
        [other["subject"], UUID(int=0)],
    )
    return one["organisation_id"] or 0


def insert(superuser: psycopg.Connection, by: random.Random) -> int:
    """One more act, as if it had been sealed."""
    row = _pick(superuser, by, "audit_entry")
    superuser.execute(
        "INSERT INTO audit_entry SELECT (jsonb_populate_record(one, %s)).* FROM audit_entry AS one"
        " WHERE id = %s",
        [Jsonb({"id": by.randbytes(16).hex()}), row["id"]],
    )
    return row["organisation_id"] or 0


def cut_off(superuser: psycopg.Connection, by: random.Random) -> int:
    """The newest seals of an organisation and the rows that they tell of, gone without a trace."""
    whose = by.choice([0, 1, 2])
    cut = superuser.execute(
        "SELECT number, (content::jsonb->>'until')::bigint FROM audit_seal"
        " WHERE organisation_id = %s ORDER BY number",
        [whose],
    ).fetchall()
    number, until = by.choice(cut[:-1])
    superuser.execute(
        "DELETE FROM audit_seal WHERE organisation_id = %s AND number > %s", [whose, number]
    )
    for table in TABLES:
        superuser.execute(
            f"DELETE FROM {table} WHERE organisation_id IS NOT DISTINCT FROM %s"  # noqa: S608 - names of ours
            " AND transaction >= %s".encode(),
            [whose or None, until],
        )
    return whose


def take_seal(superuser: psycopg.Connection, by: random.Random) -> int:
    return _seal(superuser, by, "DELETE FROM audit_seal")


def change_signature(superuser: psycopg.Connection, by: random.Random) -> int:
    forged = by.randbytes(64).hex()
    return _seal(superuser, by, f"UPDATE audit_seal SET signature = '{forged}'")  # noqa: S608 - names of ours


def change_seal(superuser: psycopg.Connection, by: random.Random) -> int:
    changes = [
        "regexp_replace(content, '\\[(\\d+),', '[1\\1,')",
        "replace(content, '\"rows\"', '\"lines\"')",
        "regexp_replace(content, '\"open\":\\[.*?\\]', '\"open\":[1]')",
        "left(content, 40)",
        "'{}'",
        'regexp_replace(content, \'"open":\\[.*?\\]\', \'"open":"none"\')',
    ]
    return _seal(superuser, by, f"UPDATE audit_seal SET content = {by.choice(changes)}")  # noqa: S608 - names of ours


def _seal(superuser: psycopg.Connection, by: random.Random, statement: str) -> int:
    found = superuser.execute("SELECT organisation_id, number FROM audit_seal ORDER BY 1, 2")
    whose, number = by.choice(found.fetchall())
    where = f"{statement} WHERE organisation_id = %s AND number = %s"
    superuser.execute(where.encode(), [whose, number])
    return int(whose)


TAMPERINGS: list[Tampering] = [
    edit,
    edit_the_time,
    edit_what_was_shown,
    edit_person,
    give_to_another,
    move_to_another_transaction,
    delete,
    delete_all_of_one,
    swap,
    insert,
    cut_off,
    take_seal,
    change_signature,
    change_seal,
]
