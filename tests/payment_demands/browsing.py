"""What an official types and reads on the pages of payment demands."""

import re
from typing import Any

from django.test import Client

from authorizations.session_store import SessionStore
from tests.acting import CUSTOMER, client_of
from tests.payment_demands.demanding import payee


def english(store: SessionStore) -> Client:
    """The browser of a session, in English."""
    browser = client_of(store)
    browser.cookies["kelmu-language"] = "en"
    return browser


def look_up(client: Client, hetu: str = CUSTOMER) -> str:
    """Search, and answer the address of the customer's demands."""
    answer = client.post("/payment-demands/", {"hetu": hetu})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def typed(**changed: Any) -> dict[str, Any]:
    told = {
        "benefit": "national_pension",
        "first": "1.12.2026",
        "last": "",
        "recurrence": "recurrent",
        "measure": "amount",
        "amount": "300,50",
        "share": "",
        "municipality": "837",
        "payee": str(payee().pk),
        "statement": "Laitoshoito",
        "reference": "K-1",
        "contact_name": "Aino Virkailija",
        "contact_phone": "03 123 456",
        "token": "01234567-89ab-4cde-8f01-23456789abcd",
        "seen": "0",
    }
    return told | changed


CARE = "new/?ground=client_fees_14"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))
