"""Reads an opened customer, and what the start view shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from audit.models import ActKind
from authorizations import door
from authorizations.door import Act, ActionAct
from authorizations.queries import spoken
from authorizations.refusals import Reason, Refused
from authorizations.rights import SYNTHETIC_CUSTOMER, Right
from authorizations.rulebook import Action, Law, OpenedPurpose, Tab
from customers import tabs
from customers.models import Customer, IdentityCode, Opening
from kelmu.dates import read_day, years_between
from kelmu.expressions import ExactObject
from kelmu.languages import national

PRINT = "print"
PERSON = (
    *("family_name", "given_names", "birth_date", "died_on"),
    *("country", "abroad_since", "protected"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who the customer is, as far as the page shows it."""

    name: str
    hetu: str
    age: int  # on the day of death, if there is one
    died_on: date | None
    home_municipality: str | None
    country: str  # ISO 3166-1 alpha-2; empty in Finland, and where it is not shown
    abroad_since: date | None
    protected: bool


def opening_of(right: Right, opening_id: UUID) -> Opening:
    """An opening of this session, person and organisation. Raises Refused for any other, and when
    a past code opened somebody who has come under non-disclosure since."""
    asked = [opening_id, right.session_id, right.subject, right.acting_for.id]
    for opening in Opening.objects.raw(_OPENING, asked):
        return opening
    raise Refused(Reason.NOT_YOUR_PAGE)


# Made once: every page asks it.
_OPENING = """
    SELECT o.* FROM customers_opening o JOIN customers_customer c ON c.id = o.customer_id
    WHERE o.id = %s AND o.session_id = %s AND o.subject = %s AND o.organisation_id = %s
        AND o.closed_at IS NULL AND NOT (o.by_past_code AND c.protected)
"""


def previewed_opening(slug: str) -> Opening:
    """The opening of a preview's customer for a purpose or an action."""
    return Opening.objects.filter(customer=SYNTHETIC_CUSTOMER, purpose=slug).latest("opened_at")


def synthetic_code() -> str:
    """The identity code of a preview's customer; outside a preview there is none."""
    code: str = IdentityCode.objects.values_list("code", flat=True).get(
        customer=SYNTHETIC_CUSTOMER, is_current=True
    )
    return code


def act_on(right: Right, opening: Opening, tab: Tab, asked: QueryDict, **filters: str | int) -> Act:
    """The act of showing or printing a page of an opened customer, its row written.

    `asked` is the query of the page's address, `filters` what of the tab it narrows to; the row
    keeps them. The first whole page within the grace after the search belongs to the row of the
    search; every other one is an act of its own.
    """
    purpose = _with_tab(right, opening, tab)
    printing = printing_asked(asked)
    if not printing and not filters and _is_first_page(opening):
        return Act(opening.entry_id, right, purpose, opening.customer_id)
    return door.write_act(
        ActKind.PRINT if printing else ActKind.VIEW,
        right,
        purpose,
        opening.customer_id,
        opening=opening.pk,
        case_reference=opening.case_reference,
        tab=tab,
        **({"filters": filters} if filters else {}),
    )


def search_on(right: Right, opening: Opening, tab: Tab) -> Act:
    """The act of the search itself, for a call that searches and shows the tab in one."""
    purpose = _with_tab(right, opening, tab)
    return Act(opening.entry_id, right, purpose, opening.customer_id)


def action_on(
    right: Right,
    opening: Opening,
    action: Action,
    kind: ActKind = ActKind.VIEW,
    *,
    law: Law | None = None,
    **details: Any,
) -> ActionAct:
    """The act of doing something to an opened customer without a purpose, its row written.

    Only under an opening for that action. The first page after the search belongs to its row.
    """
    opened = right.action(action)
    if opening.purpose != action:
        raise Refused(Reason.NOT_YOUR_PAGE)
    if kind is ActKind.VIEW and not details and _is_first_page(opening):
        return ActionAct(opening.entry_id, right, opened, opening.customer_id)
    return door.write_action_act(
        kind,
        right,
        opened,
        opening.customer_id,
        law=law,
        opening=opening.pk,
        case_reference=opening.case_reference,
        **details,
    )


def _with_tab(right: Right, opening: Opening, tab: Tab) -> OpenedPurpose:
    purpose = right.purpose(opening.purpose)
    if tab not in purpose.tabs:
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=opening.purpose)
    return purpose


def printing_asked(asked: QueryDict) -> bool:
    """Whether an address asks for the page as it is printed: with all its rows."""
    return PRINT in asked


def _is_first_page(opening: Opening) -> bool:
    now = timezone.now()
    if opening.first_page_at or now - opening.opened_at > settings.OPENING_GRACE:
        return False
    first = Opening.objects.filter(pk=opening.pk, first_page_at__isnull=True)
    return first.update(first_page_at=now) == 1


def person(act: Act | ActionAct) -> Person:
    """The customer of an act."""
    return person_of(act.customer, act.right.on)


def person_of(customer: UUID, on: date) -> Person:
    """A customer whose row in the log the caller has written."""
    return read_person(people().get(pk=customer), on)


def people() -> QuerySet[Customer, dict[str, Any]]:
    """Every customer as `read_person` reads them, for tabs that read them along with the rest."""
    return Customer.objects.filter(identity_codes__is_current=True).values_list(
        ExactObject(
            hetu="identity_codes__code",
            home_fi="home_municipality__name_fi",
            home_sv="home_municipality__name_sv",
            **{name: name for name in PERSON},
        ),
        flat=True,
    )


def read_person(told: Mapping[str, Any], on: date) -> Person:
    """The person, on a day, from what `people` tells."""
    is_told = not told["protected"] and told["home_fi"]
    died_on, abroad_since = read_day(told["died_on"]), read_day(told["abroad_since"])
    return Person(
        name=f"{told['family_name']}, {told['given_names']}",
        hetu=told["hetu"],
        age=years_between(date.fromisoformat(told["birth_date"]), died_on or on),
        died_on=died_on,
        home_municipality=national(told["home_fi"], told["home_sv"]) if is_told else None,
        country="" if told["protected"] else told["country"],
        abroad_since=None if told["protected"] else abroad_since,
        protected=told["protected"],
    )


def searchable(purposes: tuple[OpenedPurpose, ...]) -> tuple[OpenedPurpose, ...]:
    """The purposes that open a tab of one customer which is built."""
    return tuple(purpose for purpose in purposes if tabs.of(purpose))


def purpose_choices(right: Right) -> list[tuple[str, str]]:
    """Those purposes by their names, to choose from."""
    return [(one.purpose.value, spoken(one.name)) for one in searchable(right.purposes)]


def last_purpose(right: Right) -> str:
    """The purpose of the last search of this session, to be chosen first; none in a preview."""
    if right.preview:
        return ""
    openings = Opening.objects.filter(session_id=right.session_id).order_by("-opened_at")
    return openings.values_list("purpose", flat=True).first() or ""
