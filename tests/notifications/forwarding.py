"""Notifications as Kela could have forwarded them, and those who act on them, for tests."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from authorizations.rulebook import Mandate
from authorizations.session_store import SessionStore
from intake.models import Batch
from notifications.models import Attachment, Handling, Notification
from notifications.words import Receiver
from tests.acting import (
    CUSTOMER,
    HELSINKI,
    PIRKANMAA,
    POHJANMAA,
    TAMPERE,
    client_of,
    customer,
    official,
    owning,
)
from tests.harness import TODAY

numbers = count(1)
NOTIFICATIONS = "social_assistance_notifications"
INTEGRATION = "integration_services"
OTHER_CUSTOMER, THIRD = "081099-9436", "280292-9878"
PDF = b"%PDF-1.4\n%%EOF\n"
OF_TYPE: dict[str, dict[str, Any]] = {
    "application": {
        "decided_on": TODAY - timedelta(days=3),
        "assistance": "supplementary",
        "applied_for": "Muuttokulut",
        "amount": "380.00",
    },
    "reduced_basic_amount": {
        "decided_on": TODAY - timedelta(days=3),
        "reduction": 40,
        "reduction_ground": "employment_policy",
    },
    "need_for_social_work": {"needs": ["housing"]},
    "unemployed_under_25": {},
    "unemployed_25_and_over": {},
    "immigrant": {},
}


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def notify(
    person: UUID,
    kind: str = "need_for_social_work",
    municipality: str = "837",
    *,
    arrived: date = TODAY - timedelta(days=2),
    urgent: bool = False,
    **told: object,
) -> int:
    """Forwards a notification of a customer; the answer is its number."""
    fields: dict[str, Any] = OF_TYPE[kind] | told
    late = kind in {"application", "reduced_basic_amount"} and not urgent
    visible_on = fields["decided_on"] + timedelta(days=1) if late else arrived
    with owning():
        notification = Notification.objects.using("owner").create(
            **{
                "id": next(numbers),
                "batch_id": a_batch(),
                "customer_id": person,
                "type": kind,
                "municipality_id": municipality,
                "arrived_at": at_noon(arrived),
                "visible_on": visible_on,
                "is_urgent": urgent,
                "text": "Asiakas toivoo yhteydenottoa.",
                "phone": "+358 40 1234567",
                "unit_name": "Kela, ratkaisukeskus 1",
                "unit_phone": "020 634 2550",
            }
            | fields
        )
        for receiver in receivers(kind, municipality, arrived):
            Handling.objects.using("owner").create(
                notification_id=notification.pk,
                customer_id=person,
                arrived_at=at_noon(arrived),
                forwarded_on=arrived,
                visible_on=visible_on,
                is_urgent=urgent,
                municipality_id=municipality,
                receiver=receiver,
                type=kind,
            )
    return notification.pk


def receivers(kind: str, municipality: str, arrived: date) -> list[Receiver]:
    """An immigrant's has two receivers since 2023, but in Helsinki."""
    both = kind == "immigrant" and municipality != "091" and arrived.year >= 2023
    return list(Receiver) if both else [Receiver.SOCIAL_SERVICES]


def attach(notification: int, name: str = "Tiliote.pdf", content: bytes = PDF) -> int:
    """Attaches a document; the answer is its number."""
    with owning():
        return (
            Attachment.objects.using("owner")
            .create(
                id=next(numbers),
                batch_id=a_batch(),
                notification_id=notification,
                name=name,
                type="image/png" if name.endswith("png") else "application/pdf",
                size=len(content),
                content=content,
            )
            .pk
        )


def a_batch() -> int:
    return (
        Batch.objects.using("owner")
        .create(source="test", made_at=timezone.now(), digest=uuid4().hex * 2)
        .pk
    )


def handling(
    notification: int, receiver: Receiver = Receiver.SOCIAL_SERVICES, municipality: str = "837"
) -> Handling:
    """A notification at a receiver, whoever looks."""
    with owning():
        return Handling.objects.using("owner").get(
            notification=notification, receiver=receiver, municipality=municipality
        )


def county(subject: UUID | None = None) -> SessionStore:
    """Somebody of Pirkanmaa with the mandates for all notifications and for a customer."""
    return official(PIRKANMAA, *EVERY_MANDATE, subject=subject)


def municipality() -> SessionStore:
    """Somebody of Tampere's integration services."""
    return official(TAMPERE, Mandate.INTEGRATION_SERVICES_CUSTOMERS, subject=uuid4())


def helsinki() -> SessionStore:
    return official(HELSINKI, *EVERY_MANDATE, subject=uuid4())


def another_county() -> SessionStore:
    return official(POHJANMAA, *EVERY_MANDATE, subject=uuid4())


EVERY_MANDATE = (
    Mandate.BENEFITS_AND_PAYMENT_DEMANDS,
    Mandate.SOCIAL_ASSISTANCE_CUSTOMERS,
    Mandate.INTEGRATION_SERVICES_CUSTOMERS,
)


def queue(
    purpose: str = NOTIFICATIONS, place: str = "837", **query: str
) -> tuple[str, dict[str, str]]:
    """The address of a queue, and its query."""
    return f"/notifications/{purpose}/{place}/", query


def seen(
    store: SessionStore, purpose: str = NOTIFICATIONS, place: str = "837", **query: str
) -> str:
    """The queue as somebody sees it."""
    address, asked = queue(purpose, place, **query)
    answer = client_of(store).get(address, asked)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def page_of(one: Handling, purpose: str = NOTIFICATIONS, place: str | None = None) -> str:
    """The address of a notification."""
    return f"/notifications/{purpose}/{place or one.municipality_id}/{one.pk}/"


def change(client: Client, one: Handling, do: str, **typed: object) -> Any:
    """Does something to a notification as it stands, as a browser sends it."""
    told = {"do": do, "version": str(one.version), "note": "", **typed}
    return client.post(f"{page_of(one)}change/", told)


def eino() -> UUID:
    return customer(CUSTOMER)


def jonna() -> UUID:
    return customer(OTHER_CUSTOMER, given_names="Jonna Maria", family_name="Testaaja")
