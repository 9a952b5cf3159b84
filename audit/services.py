"""Writes the access log."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, OperationalError, connection
from django.db.models import QuerySet

from audit.models import ActKind, Channel, Outcome
from kelmu import clock, request_id

type Persons = Iterable[UUID] | QuerySet[Any, UUID]


class NotWritten(OperationalError):
    """The log could not be written. Whoever reads data after that has not been let through."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a row says. Names of organisations, laws and people are told by number and slug."""

    act: ActKind
    outcome: Outcome = Outcome.PERMITTED
    channel: Channel = Channel.BROWSER
    session_id: UUID | None = None
    actor: UUID | None = None
    office: str = ""
    organisation_id: int | None = None
    agreement: str = ""
    mandates: tuple[str, ...] = ()
    purpose: str = ""
    laws: tuple[str, ...] = ()
    rulebook: str = ""
    customer: UUID | None = None
    opening: UUID | None = None
    data_groups: tuple[str, ...] = ()
    look_back_from: date | None = None
    case_reference: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def write(row: Row, persons: Persons = ()) -> UUID:
    """Writes the row in the caller's transaction and answers its id, which the database gives.

    `persons` are the subjects behind an act on many; those of a query the database finds itself,
    however many they are. Raises NotWritten when the row cannot be written, be it for a missing
    partition or a lost database.
    """
    values = vars(row) | {"rule_date": clock.today(), "request_id": request_id.current.get()}
    entry = json.dumps(values, cls=DjangoJSONEncoder)
    try:
        with connection.cursor() as cursor:
            cursor.execute(*_statement(entry, persons))
            written: UUID = cursor.fetchone()[0]
    except DatabaseError as error:
        raise NotWritten from error
    return written


def _statement(entry: str, persons: Persons) -> tuple[str, list[Any]]:
    if isinstance(persons, QuerySet):
        query, parameters = persons.query.sql_with_params()
        return f"SELECT audit_write(%s::jsonb, ARRAY({query}))", [entry, *parameters]
    return "SELECT audit_write(%s::jsonb, %s)", [entry, list(persons)]


def act_for(organisation_id: int) -> None:
    """Lets this transaction write and read the log of one organisation, and what that organisation
    reaches today (row-level security)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kelmu.organisation', %s, true), set_config('kelmu.day', %s, true)",
            [str(organisation_id), clock.today().isoformat()],
        )


def count_usage() -> None:
    """Counts the usage of what the log has got since the last time, a day at a time."""
    with connection.cursor() as cursor:
        there_is_more = True
        while there_is_more:
            cursor.execute("SELECT audit_count_usage()")
            (there_is_more,) = cursor.fetchone()
