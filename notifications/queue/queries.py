"""Reads the queue of a municipality, and one notification of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from audit.models import ActKind
from authorizations import door
from authorizations.door import Act, ListAct
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from customers.models import Customer
from customers.queries import Person, person
from notifications.models import Attachment, Event, Handling, Notification
from notifications.municipalities import Place, place
from notifications.queue.filters import ORDERS, PAGE_SIZE, Narrowing
from notifications.queue.scope import MOST_COUNTED, in_scope
from notifications.words import State


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody works: a purpose in a municipality, by the right of the request."""

    right: Right
    purpose: OpenedPurpose
    place: Place

    @property
    def handlings(self) -> "QuerySet[Handling]":
        """Everything that can be seen from here."""
        return in_scope(self.right, self.purpose, self.place)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the queue tells of a customer."""

    name: str
    protected: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, with the customers of its rows. `found` ends at MOST_COUNTED."""

    act: ListAct
    handlings: Sequence[Handling]
    customers: dict[UUID, Shown]
    narrowing: Narrowing
    found: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A notification as its own page shows it."""

    act: Act
    handling: Handling
    notification: Notification
    customer: Person
    attachments: Sequence[Attachment]
    events: Sequence[Event]


def desk(right: Right, purpose_slug: str, municipality: str) -> Desk:
    """Raises Refused where the purpose or municipality is not open, or shows no notification."""
    purpose = right.purpose(purpose_slug)
    if not purpose.notification_types:
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose_slug)
    return Desk(right, purpose, place(right, purpose, municipality))


def queue_page(at: Desk, narrowing: Narrowing) -> QueuePage:
    """A page of the queue: its row in the log first, then the customers."""
    rows = at.handlings.filter(narrowing.rows)
    start = (narrowing.page - 1) * PAGE_SIZE
    ordered = rows.select_related("transferred_to").order_by(*ORDERS[narrowing.sort])
    page = list(ordered[start : start + PAGE_SIZE + 1])
    shown = page[:PAGE_SIZE]
    act, customers = customers_of(at, shown, narrowing.told)
    return QueuePage(
        act=act,
        handlings=shown,
        customers=customers,
        narrowing=narrowing,
        found=rows.order_by()[:MOST_COUNTED].count(),
        has_next=len(page) > PAGE_SIZE,
    )


def customers_of(
    at: Desk, shown: Sequence[Handling], filters: Mapping[str, str]
) -> tuple[ListAct, dict[UUID, Shown]]:
    """The customers of rows of the queue: the act of seeing them in the log first."""
    persons = _persons(at.right, shown)
    act = door.write_list_act(
        ActKind.VIEW_QUEUE,
        at.right,
        at.purpose,
        persons,
        municipality=at.place.code,
        **({"filters": filters} if filters else {}),
    )
    customers = _customers(act, persons)
    names = {str(pk): one for pk, one in customers.items()}
    door.show(act, len(shown), {"rows": shown, "customers": names})
    return act, customers


def new_since(at: Desk, last_seen: int) -> int:
    """How many new ones have come after the one with that number."""
    return at.handlings.filter(state=State.NEW, pk__gt=last_seen)[:MOST_COUNTED].count()


def last_seen() -> int:
    """The number of whatever came last, anywhere: what comes from now on has a greater one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM notifications_handling_id_seq")
        (number,) = cursor.fetchone()
    return int(number)


def handling_of(at: Desk, handling_id: int) -> Handling:
    """A notification that can be opened from here. Raises Refused for any other, and for one
    about oneself (Administrative Procedure Act 434/2003, 28 §)."""
    found = at.handlings.exclude(state=State.TRANSFERRED).filter(pk=handling_id).first()
    if found is None:
        raise Refused(Reason.NOT_YOUR_NOTIFICATION, purpose=at.purpose.purpose)
    if found.customer_id == at.right.subject:
        raise Refused(Reason.OWN_DATA, customer=found.customer_id, purpose=at.purpose.purpose)
    return found


def unit_of(handling: Handling) -> str:
    """Kela's unit that answers questions of the notification: its name and phone."""
    told = Notification.objects.values_list("unit_name", "unit_phone")
    return ", ".join(told.get(pk=handling.notification_id))


def handlings_of(at: Desk, ids: Collection[int]) -> list[Handling]:
    """Those that can be acted on together: open from here, and not about oneself."""
    found = at.handlings.exclude(state=State.TRANSFERRED).exclude(customer=at.right.subject)
    return list(found.filter(pk__in=ids).order_by("pk"))


def act_on(kind: ActKind, at: Desk, handling: Handling, **details: Any) -> Act:
    """Writes the row of an act on one notification."""
    if handling.customer_id is None:
        raise Refused(Reason.NOT_YOUR_NOTIFICATION, purpose=at.purpose.purpose)
    return door.write_act(
        kind,
        at.right,
        at.purpose,
        handling.customer_id,
        municipality=handling.municipality_id,
        notification=handling.notification_id,
        **details,
    )


def opened(act: Act, handling: Handling) -> Opened:
    """Everything of the notification of the act."""
    found = Opened(
        act=act,
        handling=handling,
        notification=Notification.objects.get(pk=handling.notification_id),
        customer=person(act),
        attachments=attachments(act, handling),
        events=list(handling.events.select_related("came_from", "organisation")),
    )
    door.show(
        act, 1, [handling, found.notification, found.customer, found.attachments, found.events]
    )
    return found


def attachments(_act: Act, handling: Handling) -> list[Attachment]:
    """The attachments without their contents."""
    found = Attachment.objects.filter(notification=handling.notification_id)
    return list(found.defer("content").order_by("id"))


def _persons(right: Right, handlings: Iterable[Handling]) -> list[UUID]:
    """Whom the rows show: nobody where a row was transferred, nor oneself."""
    persons = {handling.customer_id for handling in handlings} - {None, right.subject}
    return [one for one in persons if one]


def _customers(_act: ListAct, persons: Collection[UUID]) -> dict[UUID, Shown]:
    names = Customer.objects.filter(pk__in=persons).values_list(
        "pk", "family_name", "given_names", "protected"
    )
    return {pk: Shown(f"{family}, {given}", protected) for pk, family, given, protected in names}
