"""What every page of an opened customer shows around its tab."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.door import Act
from authorizations.queries import spoken
from authorizations.rulebook import Tab
from customers import queries, tabs
from customers.models import Opening
from kelmu.formats import day


def context(act: Act, opening: Opening, current: Tab) -> dict[str, Any]:
    """The bar with customer, purpose and law, the tabs, and the ways to other purposes."""
    purpose = act.purpose
    return {
        "customer": queries.person(act),
        "opening": {
            "close_url": reverse("close_customer", args=[opening.pk]),
            "other_purposes": _other_purposes(act, opening),
        },
        "purpose": {
            "name": spoken(purpose.name),
            "laws": [spoken(law.citation) for law in purpose.law],
        },
        "tabs": _tabs(act, opening, current),
        "printed_by": _printed_by(act),
    }


def _tabs(act: Act, opening: Opening, current: Tab) -> list[dict[str, Any]]:
    book = rulebook.load()
    return [
        {
            "label": spoken(book.name(tab)),
            "url": reverse(address, args=[opening.pk]),
            "current": tab is current,
        }
        for tab, address in tabs.of(act.purpose)
    ]


def _other_purposes(act: Act, opening: Opening) -> list[dict[str, str]]:
    address = reverse("change_purpose", args=[opening.pk])
    return [
        {"slug": other.purpose.value, "name": spoken(other.name), "url": address}
        for other in queries.searchable(act.right.purposes)
        if other.purpose != act.purpose.purpose
    ]


def _printed_by(act: Act) -> str:
    """Who, for whom, when and why, for the foot of a printed page."""
    return _("%(user)s, %(organisation)s, %(day)s. Purpose of use: %(purpose)s.") % {
        "user": act.right.user_name,
        "organisation": act.right.organisation_name,
        "day": day(act.right.on),
        "purpose": spoken(act.purpose.name),
    }
