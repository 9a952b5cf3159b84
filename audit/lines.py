"""The rows of the log as lines: what is sealed, and what is read again when a seal is verified.

The canonical form of a row is the line that PostgreSQL's COPY writes of its columns in the order
given here, in text format, times in UTC. Nothing of ours stands between a row and its digest:
`psql` and `sha256sum` get the same. A column that the log gets one day belongs to a new form.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Literal

FORM = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex';"
    " SET LOCAL work_mem = '64MB'; SET LOCAL statement_timeout = 0;"
    " SET LOCAL idle_in_transaction_session_timeout = 0"
)
# Each table of the log: what its rows are ordered by after transaction and time, other columns.
TABLES = {
    "entry": (
        ("id",),
        (
            *("rule_date", "act", "outcome", "channel", "request_id", "session_id", "actor"),
            *("office", "agreement", "mandates", "purpose", "laws", "rulebook", "customer"),
            *("opening", "data_groups", "look_back_from", "case_reference", "details"),
        ),
    ),
    "entry_person": (("entry_id", "subject"), ()),
    "shown": (("entry_id",), ("number", "digest")),
}
COPY = SQL(
    "COPY (SELECT organisation_id, transaction, at, {columns} FROM public.{table} WHERE {which}"
    " ORDER BY transaction, at, {key}) TO STDOUT (ENCODING 'UTF8')"
)
NOBODY = 0  # stands for the organisation of rows that have none


@dataclass(frozen=True, slots=True)
class Span:
    """The transactions from `first` until before `until`, and those before that were still `open`
    then. Of one organisation, or of all and of none."""

    first: int
    until: int
    open: tuple[int, ...] = ()
    organisation: int | None = None

    def condition(self) -> Composable:
        within = SQL("(transaction >= {} AND transaction < {} OR transaction = ANY({}::bigint[]))")
        which = within.format(self.first, self.until, Literal(list(self.open)))
        if self.organisation is None:
            return which
        told = Literal(self.organisation or None)
        return SQL("{} AND organisation_id IS NOT DISTINCT FROM {}::bigint").format(which, told)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: whose, by which transaction, in which part of the log, and its canonical form."""

    organisation: int
    transaction: int
    part: str  # the table and the month, "entry 2026-11": what is removed one day as a whole
    text: bytes


@dataclass(slots=True)
class Digest:
    """How many lines of a part there are, and the SHA-256 of them one after the other."""

    number: int = 0
    running: Any = field(default_factory=hashlib.sha256)

    def add(self, line: bytes) -> None:
        self.number += 1
        self.running.update(line)

    def told(self) -> list[int | str]:
        return [self.number, self.running.hexdigest()]


def read(cursor: Any, span: Span, skipped: Collection[int] = ()) -> Iterator[Line]:
    """Every row of the span, table by table, in canonical order; not of `skipped` transactions."""
    cursor.execute(FORM)
    for name, (key, others) in TABLES.items():
        statement = COPY.format(
            columns=_names(*key, *others),
            table=Identifier(f"audit_{name}"),
            which=span.condition(),
            key=_names(*key),
        )
        with cursor.copy(statement) as copy:
            for block in copy:
                text = bytes(block)
                organisation, transaction, at, _rest = text.split(b"\t", 3)
                if int(transaction) not in skipped:
                    whose = NOBODY if organisation == rb"\N" else int(organisation)
                    yield Line(whose, int(transaction), f"{name} {at[:7].decode()}", text)


def _names(*names: str) -> Composable:
    return SQL(", ").join(map(Identifier, names))
