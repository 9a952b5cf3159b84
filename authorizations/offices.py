"""The offices that agreements give to people, who act by them without a mandate."""

from dataclasses import dataclass
from uuid import UUID

from kelmu import clock
from kelmu.dates import valid_on
from organisations.models import Contact, Organisation


@dataclass(frozen=True)
class Office:
    """A role for which an agreement names the person."""

    id: int
    role_label: str
    organisation: Organisation

    @property
    def organisation_name(self) -> str:
        return self.organisation.name


def offices_of(subject: UUID) -> list[Office]:
    """The offices that agreements in force give a person today."""
    today = clock.today()
    contacts = Contact.objects.filter(
        valid_on(today), valid_on(today, "agreement__"), subject=subject
    ).select_related("agreement__organisation")
    return [
        Office(contact.pk, contact.get_role_display(), contact.agreement.organisation)
        for contact in contacts
    ]
