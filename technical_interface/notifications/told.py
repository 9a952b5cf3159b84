"""What is told of notifications."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from authorizations.rulebook import NotificationType
from customers.queries import Person
from customers.words import ReductionGround
from kelmu.dates import last_day
from notifications import words
from notifications.models import Event, Notification
from notifications.words import EventKind, State
from technical_interface.paging import Page
from technical_interface.telling import Euros, Exact, schema_of, told
from technical_interface.words import AssistanceAppliedFor


class Served(Exact):
    """A municipality of which the organisation may see what is forwarded."""

    code: str
    name: str
    new: int = Field(description="How many new notifications there are, 1000 at most.")


class Places(Exact):
    """One at a time: each is asked for by itself."""

    municipalities: list[Served]


class Whom(Exact):
    """Of the customer what the queue shows; the notification itself tells the rest."""

    name: str
    protected: bool


class Row(Exact):
    """A notification in the queue."""

    id: int
    type: NotificationType
    arrived_at: AwareDatetime
    forwarded_on: date
    is_urgent: bool
    state: State
    version: int
    handler_name: str
    customer: Whom | None = Field(description="Nobody where it was transferred.")


class Rows(Page):
    """A page of the queue."""

    rows: list[Row]


class Enclosed(Exact):
    """An attachment without its content."""

    id: int
    name: str
    type: str
    size: int


class Happened(Exact):
    """What somebody did to the notification."""

    at: AwareDatetime
    kind: EventKind
    actor_name: str
    organisation: str
    text: str


class Forwarded(Exact):
    """A notification as its own page shows it."""

    id: int
    version: int
    type: NotificationType
    state: State
    handler_name: str
    note: str
    arrived_at: AwareDatetime
    forwarded_on: date
    is_urgent: bool
    customer: schema_of(Person)  # type: ignore[valid-type]  # made when it runs
    text: str
    phone: str = Field(description="The customer’s; empty for somebody under non-disclosure.")
    decided_on: date | None
    assistance: AssistanceAppliedFor | Literal[""]
    applied_for: str
    amount: Euros | None
    first: date | None
    last: date | None
    reduction: int | None = Field(description="Per cent of the basic amount.")
    reduction_ground: ReductionGround | Literal[""]
    needs: list[words.Need]
    unit_name: str = Field(description="Kela’s unit that answers questions.")
    unit_phone: str
    attachments: list[Enclosed]
    events: list[Happened]


class Standing(Exact):
    """How the notification stands after a change."""

    id: int
    version: int
    state: State
    handler_name: str
    note: str


def fields(of: type[Exact], row: object) -> dict[str, Any]:
    """What a part of an answer tells of a row that has its fields under the same names."""
    return {name: told(getattr(row, name)) for name in of.model_fields}


OF_NOTIFICATION = (
    *("type", "is_urgent", "text", "phone", "decided_on", "assistance", "applied_for"),
    *("amount", "reduction", "reduction_ground", "needs", "unit_name", "unit_phone"),
)


def of_notification(one: Notification) -> dict[str, Any]:
    first, last = (one.period.lower, last_day(one.period.upper)) if one.period else (None, None)
    content = {name: told(getattr(one, name)) for name in OF_NOTIFICATION}
    return content | {"first": told(first), "last": told(last)}


def happened(event: Event) -> dict[str, Any]:
    content = {name: told(getattr(event, name)) for name in ("at", "kind", "actor_name", "text")}
    return content | {"organisation": event.organisation.name}
