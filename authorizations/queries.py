"""What the pages about rights show, and whether the rulebook in the database is ours."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authorizations import rulebook
from authorizations.declarations import ends_sessions_at_kela
from authorizations.models import RulebookMirror
from authorizations.rights import Right
from authorizations.rulebook import Law, OpenedPurpose, Text
from kelmu import formats
from kelmu.dates import valid_on
from kelmu.formats import validity
from kelmu.languages import page_language
from kelmu.tables import Column, Table
from organisations.models import Agreement, Organisation

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


def kela_start(right: Right) -> dict[str, Any]:
    """Every agreement in force with its organisation, for Kela's own people."""
    agreements = Agreement.objects.filter(valid_on(right.on)).select_related("organisation")
    rows = [
        (
            agreement.organisation.name,
            agreement.organisation.business_id,
            agreement.organisation.get_type_display(),
            agreement.number,
            validity(agreement.validity),
            *([_people(agreement.organisation)] if ends_sessions_at_kela(right) else []),
        )
        for agreement in agreements.order_by("organisation__name_fi")
    ]
    columns = [_("Organisation"), _("Business ID"), _("Type"), _("Agreement"), _("In force")]
    if ends_sessions_at_kela(right):
        columns.append(_("People"))
    return {
        "groups": [KELA_GROUPS[group] for group in right.kela_groups],
        "organisations": Table(
            caption=_("Agreements in force"),
            columns=[Column(label) for label in columns],
            rows=rows,
            empty=_("No agreement is in force."),
        ),
    }


def _people(organisation: Organisation) -> str:
    """The way to the organisation's people, whose sessions Kela may end."""
    address = reverse("kela_people", args=[organisation.pk])
    hidden = format_html('<span class="ds-sr-only">: {}</span>', organisation.name)
    return format_html('<a class="ds-link" href="{}">{}{}</a>', address, _("End sessions"), hidden)
