"""What the pages about rights show, and whether the rulebook in the database is ours."""

from typing import Any

from django.utils.translation import gettext_lazy

from authorizations import rulebook
from authorizations.models import RulebookMirror
from authorizations.rulebook import Law, OpenedPurpose, Text
from kelmu import formats
from kelmu.languages import page_language

KELA_GROUPS = {
    "preparing": gettext_lazy("preparing agreements"),
    "approving": gettext_lazy("approving agreements"),
    "service_desk": gettext_lazy("service desk"),
    "oversight": gettext_lazy("oversight"),
}


def spoken(text: Text) -> str:
    """A text of the rulebook in the language of the page."""
    return text.in_language(page_language())


def cited(law: Law) -> str:
    """A law of the rulebook in the language of the page."""
    return formats.law(spoken(law.citation))


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
            "laws": [cited(law) for law in opened.law],
            "mandates": [spoken(book.name(mandate)) for mandate in opened.mandates],
            "tabs": [spoken(book.name(tab)) for tab in opened.tabs],
            "data_groups": [spoken(book.name(group)) for group in opened.data_groups],
            "withheld_fields": [spoken(book.name(field)) for field in opened.withheld_fields],
            "look_back_months": opened.look_back_months,
            "notification_types": [spoken(book.name(one)) for one in opened.notification_types],
            "listings": [spoken(book.name(listing)) for listing in opened.listings],
            "actions": [spoken(book.name(action)) for action in opened.actions],
            "by_agreement_only": opened.by_agreement_only,
            "assumptions": [spoken(text) for text in opened.basis.assumptions],
            "sources": opened.basis.sources,
        }
        for opened in purposes
    ]
