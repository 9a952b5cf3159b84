"""What an official does to send documents to Kela, and what tests look at afterwards."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F
from django.test import Client

from audit.services import act_for
from authorizations.session_store import SessionStore
from benefits.models import AssistanceApplication
from documents.models import Sending
from intake.models import Batch
from tests.acting import CUSTOMER, PIRKANMAA, client_of, organisation, owning
from tests.documents.hostile import pdf
from tests.harness import TODAY

APPLICATION = 4711


def english(store: SessionStore) -> Client:
    browser = client_of(store)
    browser.cookies["kelmu-language"] = "en"
    return browser


def look_up(client: Client, purpose: str = "social_assistance") -> str:
    """Search, and answer the address of the customer's documents."""
    answer = client.post("/start/", {"purpose": purpose, "hetu": CUSTOMER})
    assert answer.status_code == 302, answer.content
    tab = answer["Location"]
    return str(tab[: tab.index("/", len("/customers/"))] + "/documents/")


def application(customer: UUID, number: int = APPLICATION) -> None:
    """An application for basic social assistance that is being processed."""
    with owning():
        AssistanceApplication.objects.using("owner").create(
            id=number,
            customer_id=customer,
            batch_id=Batch.objects.using("owner").latest("pk").pk,
            arrived_on="2026-11-03",
            is_urgent=False,
            period=("2026-11-01", "2026-12-01"),
            state="in_process",
        )


def a_file(content: bytes | None = None, name: str = "vuokrasopimus.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def typed(**changed: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "token": str(uuid4()),
        "kind": "rental_agreement",
        "application": str(APPLICATION),
        "text": "Uusi vuokrasopimus",
        "asked_by_customer": "on",
        "do": "send",
    }
    return told | changed


def sendings(business_id: str = PIRKANMAA) -> list[Sending]:
    """What an organisation has sent or drafted, the oldest first."""
    with transaction.atomic():
        act_for(organisation(business_id).pk)
        return list(Sending.objects.order_by("began_at"))


def acknowledged(sending: Sending, on: date = TODAY) -> None:
    """Let Kela's systems have received a sending."""
    with owning():
        Sending.objects.using("owner").filter(pk=sending.pk).update(
            state="acknowledged",
            step="receive",
            version=F("version") + 1,
            acknowledged_on=on,
            changed_on=on,
        )
