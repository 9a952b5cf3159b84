"""What every page of an opened customer shows around its tab."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.door import Act, ActionAct
from authorizations.queries import cited, spoken
from authorizations.rights import Right
from authorizations.rulebook import Action, Tab, Text
from customers import queries, tabs
from customers.models import Opening
from customers.queries import Person
from kelmu.clock import HELSINKI
from kelmu.formats import country, day, moment


def context(
    act: Act, customer: Person, opening: Opening, current: Tab | Action, asked: QueryDict
) -> dict[str, Any]:
    """The bar with customer, purpose and law, the tabs, and the ways to other purposes.

    `asked` is the query of the page's address; printed, the page shows the same and all rows.
    """
    purpose = act.purpose
    return {
        "customer": customer,
        "situation": _situation(customer, opening),
        "opening": {
            "close_url": reverse("close_customer", args=[opening.pk]),
            "other_purposes": _other_purposes(act, opening),
            "print_url": address(asked, **{queries.PRINT: "1"}),
        },
        "purpose": {
            "name": spoken(purpose.name),
            "laws": [cited(law) for law in purpose.law],
        },
        "tabs": _tabs(act, opening, current),
        "printing": queries.printing_asked(asked),
        "unprinted_url": address(asked, **{queries.PRINT: ""}),
        "printed_by": printed_by(act.right, act.purpose.name),
    }


def action_context(act: ActionAct, customer: Person, opening: Opening) -> dict[str, Any]:
    """The same bar for what is done without a purpose: it names the action and its laws."""
    return {
        "customer": customer,
        "situation": _situation(customer, opening),
        "opening": {"id": opening.pk, "close_url": reverse("close_customer", args=[opening.pk])},
        "purpose": {
            "name": spoken(rulebook.load().name(act.action.action)),
            "laws": [cited(law) for law in act.action.law],
        },
        "printed_by": printed_by(act.right, rulebook.load().name(act.action.action)),
    }


def address(asked: QueryDict, **changed: str) -> str:
    """The query of a page's address with some of it changed; a change to "" leaves it out."""
    query = {name: value for name, value in (asked.dict() | changed).items() if value}
    return f"?{urlencode(query)}"


def _tabs(act: Act, opening: Opening, current: Tab | Action) -> list[dict[str, Any]]:
    book = rulebook.load()
    return [
        {
            "label": spoken(book.name(tab)),
            "url": reverse(address, args=[opening.pk]),
            "current": tab is current,
        }
        for tab, address in tabs.with_actions(act.purpose)
    ]


def _situation(customer: Person, opening: Opening) -> list[str]:
    """What a caseworker must know before anything else: death, a life abroad, a changed code."""
    told = []
    if customer.died_on:
        told.append(_("Died on %(day)s") % {"day": day(customer.died_on)})
    if customer.abroad_since:
        since = {"day": day(customer.abroad_since), "country": country(customer.country)}
        told.append(_("Abroad since %(day)s: %(country)s") % since)
    if opening.by_past_code:
        told.append(_("Another identity code is in force than the one searched with"))
    return told


def _other_purposes(act: Act, opening: Opening) -> list[dict[str, str]]:
    address = reverse("change_purpose", args=[opening.pk])
    return [
        {"slug": other.purpose.value, "name": spoken(other.name), "url": address}
        for other in queries.searchable(act.right.purposes)
        if other.purpose != act.purpose.purpose
    ]


def printed_by(right: Right, why: Text) -> str:
    """Who, for whom, when and why, for the foot of a printed page."""
    now = timezone.localtime(timezone=HELSINKI).timetz()
    return _("%(user)s, %(organisation)s, %(moment)s. Purpose of use: %(purpose)s.") % {
        "user": right.user_name,
        "organisation": right.organisation_name,
        "moment": moment(datetime.combine(right.on, now)),
        "purpose": spoken(why),
    }
