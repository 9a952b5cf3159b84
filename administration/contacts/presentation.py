"""Contacts as tables and facts of ready text."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from administration import pages, proposing
from administration.contacts.queries import by_role
from administration.proposing import State
from kelmu.formats import validity
from kelmu.tables import Column, Table
from organisations.models import Contact

NOTHING = "–"
type Address = Callable[[Contact], str]


def table(contacts: Iterable[Contact], on: date, address: Address) -> Table:
    """Everybody of an organisation who is named, will be or was proposed, by role."""
    rows = by_role(contacts)
    return Table(
        caption=_("Contacts by role"),
        columns=[
            Column(_("Name")),
            Column(_("Role")),
            Column(_("E-mail")),
            Column(_("Phone")),
            Column(_("Logs in")),
            Column(_("Time")),
            Column(_("State")),
        ],
        rows=[
            [
                format_html('<a class="ds-link" href="{}">{}</a>', address(one), one.name),
                one.get_role_display(),
                one.email or NOTHING,
                one.phone or NOTHING,
                _("yes") if one.subject_id else _("no"),
                time(one),
                proposing.state_in_words(one, on),
            ]
            for one in rows
        ],
        empty=_("Nobody is named."),
    )


def time(contact: Contact) -> str:
    """The days on which the contact holds, or is proposed to."""
    return validity(contact.wanted if contact.validity is None else contact.validity) or NOTHING


def facts(contact: Contact) -> list[tuple[str, str]]:
    """A contact, line by line."""
    return [
        (_("Role"), contact.get_role_display()),
        (_("Name"), contact.name),
        (_("E-mail"), contact.email or NOTHING),
        (_("Phone"), contact.phone or NOTHING),
        (_("Logs in"), _("yes") if contact.subject_id else _("no")),
        (_("Time"), time(contact)),
    ]


def now_and_then(contact: Any) -> Table:
    """What holds now beside what is proposed. `contact` comes from `queries.beside_now`."""
    replaced: Contact | None = contact.replaces
    before = facts(replaced) if replaced else _nobody(contact)
    return pages.now_and_then(before, facts(contact))


def _nobody(contact: Any) -> list[tuple[str, str]]:
    """Who holds the role now, and stays."""
    name = facts(contact)[1][0]
    return [(label, now(contact) if label == name else NOTHING) for label, _value in facts(contact)]


def now(contact: Any) -> str:
    """Whom it replaces, or who holds the role besides. It comes from `queries.beside_now`."""
    if contact.replaces:
        return str(contact.replaces.name)
    others = ", ".join(contact.now)
    return _("%(names)s, who stay") % {"names": others} if others else _("nobody")


def is_current(contact: Contact, on: date) -> bool:
    """Whether it can be ended."""
    return proposing.state(contact, on) in {State.HOLDS, State.COMING}


def missing_roles(contacts: Iterable[Contact], on: date) -> list[str]:
    """The roles that nobody holds on the day."""
    held = {one.role for one in contacts if proposing.state(one, on) == State.HOLDS}
    return [str(role.label) for role in Contact.Role if role not in held]
