"""The log as SQL sees it."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg

ENTRY: dict[str, Any] = {
    "rule_date": "2026-11-20",
    "act": "open",
    "outcome": "permitted",
    "channel": "browser",
    "office": "mandate",
    "agreement": "KELMU-2023-9900100",
    "mandates": ["benefits_and_payment_demands"],
    "purpose": "other_benefits",
    "laws": ["703/2023"],
    "rulebook": "digest",
    "data_groups": ["payments"],
    "case_reference": "",
    "details": {},
}


def write(connection: psycopg.Connection, *persons: UUID, **columns: object) -> UUID:
    """Write a row by the one function that does, and answer its id."""
    cursor = connection.execute(
        "SELECT audit_write(%s::jsonb, %s)",
        [json.dumps(ENTRY | columns, default=str), list(persons)],
    )
    row = cursor.fetchone()
    assert row
    written: UUID = row[0]
    return written


def act_for(connection: psycopg.Connection, organisation: int | str) -> None:
    """Say for which organisation the transaction acts."""
    connection.execute("SELECT set_config('kelmu.organisation', %s, true)", [str(organisation)])


def count(connection: psycopg.Connection, table: str = "audit_entry") -> int:
    """How many rows of a table the connection sees."""
    row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()  # noqa: S608 - a name of ours
    assert row
    number: int = row[0]
    return number


def partition(day: date | None = None, table: str = "audit_entry") -> str:
    """The name of the partition of a day's month, of today's if none is given."""
    return f"{table}_{day or datetime.now(UTC).date():%Y_%m}"


def next_month() -> date:
    """The first day of the next month, in UTC as the partitions are."""
    today = datetime.now(UTC).date()
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
