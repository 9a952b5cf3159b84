"""What mandates open under an agreement: the rulebook, narrowed."""

from collections.abc import Iterable, Mapping
from datetime import date

from authorizations import rulebook
from authorizations.rights import ActingOrganisation, narrowed
from authorizations.rulebook import Mandate, Narrowing, Rights
from kelmu.dates import valid_on
from organisations.models import AgreedPurpose, Agreement, Contact

# The columns of an agreed purpose: which one, and what the agreement leaves out of it.
AGREED = ("purpose", "withheld_groups", "withheld_benefits", "withheld_fields", "look_back_months")


def agreement_of(organisation: ActingOrganisation, on: date) -> Agreement:
    """The agreement of the organisation in force on the day."""
    return Agreement.objects.get(valid_on(on), organisation=organisation.id)


def agreed_purposes(organisation: ActingOrganisation, on: date) -> dict[str, Narrowing]:
    """The purposes that an agreement in force on the day covers, and what it leaves out of each;
    none where there is none."""
    agreed = AgreedPurpose.objects.filter(
        valid_on(on), valid_on(on, "agreement__"), agreement__organisation=organisation.id
    )
    return {row.pop("purpose"): Narrowing.of(**row) for row in agreed.values(*AGREED)}


def agreed_rights(
    organisation: ActingOrganisation,
    mandates: Iterable[Mandate],
    on: date,
    agreed: Mapping[str, Narrowing],
) -> Rights:
    """What mandates open in the organisation on a day, if its agreement covers these purposes."""
    rights = rulebook.load().rights(organisation.type, mandates, on)
    return Rights(
        purposes=narrowed(rights.purposes, agreed),
        general_actions=tuple(
            one
            for one in rights.general_actions
            if not one.by_agreement_only or one.action in agreed
        ),
    )


def authorizers(organisation_id: int, on: date) -> list[str]:
    """The names of those who grant mandates in an organisation, as its agreement names them."""
    contacts = Contact.objects.filter(
        valid_on(on),
        valid_on(on, "agreement__"),
        agreement__organisation=organisation_id,
        role=Contact.Role.AUTHORIZER,
    )
    return list(contacts.values_list("name", flat=True))
