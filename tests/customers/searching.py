"""The search as a browser sends it, and the pages that it leads to."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from audit.models import Entry
from customers.models import Opening
from tests.acting import CUSTOMER, entries


def search(client: Client, hetu: str = CUSTOMER, **typed: str) -> HttpResponse:
    """Send the search."""
    answer: Any = client.post("/start/", {"purpose": "other_benefits", "hetu": hetu} | typed)
    return answer  # type: ignore[no-any-return]  # Django's own stubs name no public type


def look_up(client: Client, hetu: str = CUSTOMER, **typed: str) -> str:
    """Search for somebody who is found, and answer the address of the page."""
    answer = search(client, hetu, **typed)
    assert answer.status_code == 302, answer.content.decode()
    address: str = answer["Location"]
    return address


def opening_at(address: str) -> Opening:
    """The opening that an address shows."""
    return Opening.objects.get(pk=UUID(address.split("/")[2]))


def acts() -> list[tuple[str, str]]:
    """What the log says, oldest first: act and outcome."""
    return [(entry.act, entry.outcome) for entry in entries()]


def last_entry() -> Entry:
    return entries()[-1]
