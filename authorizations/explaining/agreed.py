"""What mandates open under an agreement: the rulebook, narrowed."""

from collections.abc import Iterable, Mapping
from datetime import date

from authorizations import rulebook
from authorizations.resolving import narrowed
from authorizations.rights import ActingOrganisation
from authorizations.rulebook import Mandate, Narrowing, Rights
from organisations import queries as agreements
from organisations.models import Contact, Organisation

# The columns of an agreed purpose: which one, and what the agreement leaves out of it.
AGREED = ("purpose", "withheld_groups", "withheld_benefits", "withheld_fields", "look_back_months")


def agreed_purposes(organisation: ActingOrganisation, on: date) -> dict[str, Narrowing]:
    """The purposes that an agreement in force on the day covers, and what it leaves out of each;
    none where there is none."""
    rows = agreements.agreed_purposes(organisation.id, on).values(*AGREED)
    return {row.pop("purpose"): Narrowing.of(**row) for row in rows}


def agreed_rights(
    organisation: ActingOrganisation,
    mandates: Iterable[Mandate],
    on: date,
    agreed: Mapping[str, Narrowing],
) -> Rights:
    """What mandates open in the organisation on a day, if its agreement covers these purposes."""
    return narrowed(rulebook.load().rights(organisation.type, mandates, on), agreed)


def staff_instruction(organisation_id: int) -> str:
    """How the staff of an organisation get mandates, as it has told them itself."""
    return Organisation.objects.get(pk=organisation_id).staff_instruction


def authorizers(organisation_id: int, on: date) -> list[str]:
    """The names of those who grant mandates in an organisation, as its agreement names them."""
    named = agreements.contacts_on(on).filter(
        organisation=organisation_id, role=Contact.Role.AUTHORIZER
    )
    return list(named.values_list("name", flat=True))
