"""Reads what the log says of one customer: never who acted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Look:
    """A row of the log that concerns the customer. `by_customer`: they themselves acted."""

    id: UUID
    at: datetime
    organisation_id: int | None
    by_kela: bool
    by_customer: bool
    act: str
    outcome: str
    channel: str
    purpose: str
    laws: list[str]
    data_groups: list[str]
    look_back_from: date | None
    is_list: bool


def looks(asked: UUID) -> list[Look]:
    """Every row that concerns the customer of a report, newest first. `asked` is the report's own
    row, written in this transaction: it names the customer, and without it nothing is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM oversight_of_customer(%s)", [asked])
        return [Look(*row) for row in cursor.fetchall()]
