"""What mandates open under an agreement: the rulebook, narrowed."""

from collections.abc import Collection, Iterable
from datetime import date

from authorizations import rulebook
from authorizations.rights import ActingOrganisation
from authorizations.rulebook import Mandate, Rights
from kelmu.dates import valid_on
from organisations.models import AgreedPurpose, Agreement, Contact


def agreement_of(organisation: ActingOrganisation, on: date) -> Agreement:
    """The agreement of the organisation in force on the day."""
    return Agreement.objects.get(valid_on(on), organisation=organisation.id)


def agreed_purposes(organisation: ActingOrganisation, on: date) -> set[str]:
    """The purposes that an agreement in force on the day covers; none where there is none."""
    agreed = AgreedPurpose.objects.filter(
        valid_on(on), valid_on(on, "agreement__"), agreement__organisation=organisation.id
    )
    return set(agreed.values_list("purpose", flat=True))


def agreed_rights(
    organisation: ActingOrganisation,
    mandates: Iterable[Mandate],
    on: date,
    agreed: Collection[str],
) -> Rights:
    """What mandates open in the organisation on a day, if its agreement covers these purposes."""
    rights = rulebook.load().rights(organisation.type, mandates, on)
    return Rights(
        purposes=tuple(one for one in rights.purposes if one.purpose in agreed),
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
