"""What waits for Kela's second person: contacts and accounts that were proposed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from administration.contacts.queries import beside_now as contacts_beside_now
from administration.payees.queries import beside_now as payees_beside_now
from organisations.models import Contact, Payee

MOST = 100  # of each kind: whoever has decided on the oldest sees the next


def contacts(on: date) -> Sequence[Any]:
    """The contacts that wait, the oldest first, beside what holds now."""
    waiting = Contact.objects.filter(decision="").order_by("proposed_at", "pk")
    return list(contacts_beside_now(waiting, on)[:MOST])


def payees(on: date) -> Sequence[Any]:
    """The accounts that wait, the oldest first, beside what holds now."""
    waiting = Payee.objects.filter(decision="").order_by("proposed_at", "pk")
    return list(payees_beside_now(waiting, on)[:MOST])
