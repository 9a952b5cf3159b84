"""What the pages about rights show, and whether the rulebook in the database is ours."""

from typing import Any

from django.utils.translation import get_language

from authorizations import rulebook
from authorizations.models import RulebookMirror
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose, Text
from kelmu import clock
from kelmu.dates import last_day, valid_on
from kelmu.formats import period
from organisations.models import Agreement, Contact


def spoken(text: Text) -> str:
    """A text of the rulebook in the language of the page."""
    return text.in_language(get_language() or "fi")


def rulebook_is_mirrored() -> bool:
    """Whether the rulebook that this process answers from stands in the database."""
    return RulebookMirror.objects.filter(digest=rulebook.load().digest).exists()


def purpose_rows(purposes: tuple[OpenedPurpose, ...]) -> list[dict[str, Any]]:
    """Purposes as the pages about rights and the start view tell them."""
    book = rulebook.load()
    return [
        {
            "slug": opened.purpose.value,
            "name": spoken(opened.name),
            "description": spoken(opened.description),
            "laws": [spoken(law.citation) for law in opened.law],
            "mandates": [spoken(book.name(mandate)) for mandate in opened.mandates],
            "tabs": [spoken(book.name(tab)) for tab in opened.tabs],
            "data_groups": [spoken(book.name(group)) for group in opened.data_groups],
            "look_back_months": opened.look_back_months,
            "assumption": opened.assumption,
        }
        for opened in purposes
    ]


def my_rights(right: Right) -> dict[str, Any]:
    """The acting organisation's agreement, the mandates held, and what they open today."""
    book = rulebook.load()
    agreement = Agreement.objects.get(valid_on(right.on), organisation=right.acting_for.id)
    return {
        "agreement": {
            "number": agreement.number,
            "period": _period(agreement),
            "purposes": agreement.purposes.filter(valid_on(right.on)),
        },
        "mandates": [
            {
                "name": spoken(book.name(mandate)),
                "opens": [
                    spoken(opened.name) for opened in right.purposes if mandate in opened.mandates
                ],
            }
            for mandate in right.mandates
        ],
        "purposes": purpose_rows(right.purposes),
        "roles": [Contact.Role(role).label for role in right.roles],
        "authorizers": agreement.contacts.filter(valid_on(right.on), role=Contact.Role.AUTHORIZER),
    }


def kela_start(right: Right) -> dict[str, Any]:
    """Every agreement in force with its organisation, for Kela's own people."""
    agreements = Agreement.objects.filter(valid_on(clock.today())).select_related("organisation")
    return {
        "groups": right.kela_groups,
        "agreements": [
            {
                "number": agreement.number,
                "organisation": agreement.organisation.name,
                "business_id": agreement.organisation.business_id,
                "type": agreement.organisation.get_type_display(),
                "period": _period(agreement),
            }
            for agreement in agreements.order_by("organisation__name_fi")
        ],
    }


def _period(agreement: Agreement) -> str:
    return period(agreement.validity.lower, last_day(agreement.validity.upper))
