"""Names people in roles: proposed by one, accepted by another. Each with its row in the log."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from administration import proposing
from administration.contacts.queries import rivals
from audit.models import ActKind
from audit.pseudonyms import subject_of
from authorizations import door
from authorizations.rights import Right
from kelmu.dates import cut
from organisations.models import Contact, Proposed

COLUMNS = ("role", "name", "email", "phone", "replaces")


def propose(
    right: Right, organisation_id: int, fields: Mapping[str, Any], time: DateRange
) -> Contact:
    """Proposes a person for a role. `fields` are those of the form; of `hetu` only the subject
    that it leads to is kept. Raises ValidationError when the person has the role in that time."""
    contact = Contact(
        organisation_id=organisation_id,
        subject_id=subject_of(fields["hetu"]) if fields["hetu"] else None,
        **{name: fields[name] for name in COLUMNS},
        **proposing.proposal(right, time),
    )
    _check(contact)
    contact.save()
    _write(right, ActKind.PROPOSE_CONTACT, contact, first=time.lower, end=time.upper)
    return contact


def _check(contact: Contact) -> None:
    others = rivals(
        contact.organisation_id, contact.role, contact.subject_id, contact.wanted
    ).exclude(pk__in=[contact.pk, contact.replaces_id])
    if others.exists():
        message = _("The person has this role in that time already, or is proposed for it.")
        raise ValidationError(message, code="held")


def decide(right: Right, contact_id: int, decision: Proposed.Decision, note: str) -> Contact:
    """Accepts or refuses what another has proposed; who is replaced ends on the day it begins. Or
    withdraws what one has proposed oneself.

    Raises ValidationError when the wrong one of the two does it, or it cannot hold any more.
    """
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    proposing.decide(right, contact, decision, note)
    if decision == Proposed.Decision.ACCEPTED:
        _check(contact)
        if contact.replaces:
            _end(contact.replaces, contact.wanted.lower)
    contact.save()
    _write(right, ActKind.DECIDE_ON_CONTACT, contact, decision=decision)
    return contact


def end(right: Right, contact_id: int) -> Contact:
    """Ends a contact at once: the role is gone at the person's next request."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    _end(contact, right.on)
    _write(right, ActKind.END_CONTACT, contact)
    return contact


def _end(contact: Contact, on: date) -> None:
    if contact.validity:
        contact.validity = cut(contact.validity, on)
        contact.save(update_fields=["validity"])


def _write(right: Right, act: ActKind, contact: Contact, **details: Any) -> None:
    """People are told by their numbers, as everywhere in the log."""
    details |= {"contact": contact.pk, "role": contact.role}
    if contact.subject_id:
        details["official"] = contact.subject_id
    if contact.replaces_id:
        details["replaces"] = contact.replaces_id
    door.write_office_act(right, act, contact.organisation_id, **details)
