"""What waits for Kela's second person: contacts, accounts and versions that were proposed."""

from datetime import date

from administration.agreements.queries import waiting_for_approval
from administration.contacts.queries import beside_now as contacts_beside_now
from administration.keys import queries as keys_of_interface
from administration.lists import Some, some
from administration.payees.queries import beside_now as payees_beside_now
from organisations.models import Contact, Payee

MOST = 100  # of each kind: whoever has decided on the oldest sees the next


def contacts(on: date) -> Some:
    """The contacts that wait, the oldest first, beside what holds now."""
    waiting = Contact.objects.filter(decision="").order_by("proposed_at", "pk")
    return some(contacts_beside_now(waiting, on), MOST)


def payees(on: date) -> Some:
    """The accounts that wait, the oldest first, beside what holds now."""
    waiting = Payee.objects.filter(decision="").order_by("proposed_at", "pk")
    return some(payees_beside_now(waiting, on), MOST)


def keys(on: date) -> Some:
    """The keys of the technical interface that wait, the oldest first."""
    return some(keys_of_interface.waiting(on), MOST)


def versions() -> Some:
    """The versions of agreements that wait, the oldest first."""
    return some(waiting_for_approval(), MOST)
