"""One customer: benefits by data group, and basic social assistance, as the purpose opens them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, get_type_hints

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, create_model

from authorizations.declarations import opens_tab
from authorizations.door import Act
from authorizations.refusals import Reason, Refused
from authorizations.rulebook import DataGroup, Purpose, Tab
from benefits.filters import Filters
from benefits.groups import GROUPS
from benefits.queries import customer_benefits
from benefits.reference import benefits as known_benefits
from benefits.social_assistance.queries import customer_assistance
from benefits.social_assistance.rows import CustomerAssistance
from customers.forms import FAULTS
from customers.models import Opening
from customers.queries import Person, person, search_on
from customers.services import open_customer
from kelmu import hetu
from technical_interface import problems
from technical_interface.calls import OF_A_PURPOSE, CallRequest, Needs, purpose_of
from technical_interface.problems import Kind
from technical_interface.telling import Exact, ThreeNames, schema_of, told

router = Router(tags=["One customer"])
WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]")


def _official(typed: str) -> str:
    try:
        return hetu.parse(typed)
    except hetu.InvalidHetu as error:
        raise ValueError(str(FAULTS[error.fault])) from None


type Hetu = Annotated[
    str,
    Field(
        max_length=40,
        examples=["131052-9085"],
        json_schema_extra={"format": "hetu"},  # the schema cannot say the check character
        description="The personal identity code. 422 if it is none: its date, individual number or"
        " check character is wrong.",
    ),
    AfterValidator(_official),
]


def _written(told: object) -> object:
    """A number is no moment here, though pydantic would count it in seconds."""
    if told is not None and not (isinstance(told, str) and WRITTEN.match(told)):
        raise ValueError("a moment is written as ISO 8601 says")
    return told


def _in_utc(told: datetime | None) -> datetime | None:
    """PostgreSQL knows no offset beyond 15 hours."""
    try:
        return told.astimezone(UTC) if told else None
    except OverflowError:
        raise ValueError("the moment is out of range") from None


class Asked(Exact):
    """Whom."""

    hetu: Hetu


class AskedSince(Asked):
    """Whom, and since when what has changed is marked."""

    changed_since: Annotated[
        AwareDatetime | None, BeforeValidator(_written), AfterValidator(_in_utc)
    ] = Field(
        None,
        description="The `marker` of an earlier answer. Rows that Kela has told of since then are"
        " marked as changed; without it, since the organisation last opened the customer for the"
        " purpose.",
    )


class Told(Exact):
    """What both answers have."""

    customer: schema_of(Person)  # type: ignore[valid-type]  # made when it runs
    purpose: Purpose
    on: date
    marker: AwareDatetime
    made_at: dict[DataGroup, AwareDatetime] = Field(
        description="When Kela’s systems made what each data group tells."
    )
    withheld: list[str] = Field(
        description="Fields that the purpose or the agreement withholds: they are empty."
    )
    names: dict[str, ThreeNames] = Field(description="The names of the benefits in the answer.")


def _rows_of(group: DataGroup) -> Any:
    row = schema_of(get_type_hints(GROUPS[group].read)["return"])
    name = f"{row.__name__}Told"
    told_of = create_model(name, __base__=row, __doc__=row.__doc__, changed=(bool, ...))
    return list[told_of], Field(default=None)  # type: ignore[valid-type]  # made when it runs


OF_GROUPS: dict[str, Any] = {group.value: _rows_of(group) for group in GROUPS}
Groups = create_model(
    "Groups",
    __base__=Exact,
    __doc__="The data groups that the purpose opens; the others are not there.",
    **OF_GROUPS,
)


class Benefits(Told):
    """A customer’s benefits, all rows within the look-back."""

    since: date | None = Field(description="The first day of the look-back.")
    groups: Groups  # type: ignore[valid-type]  # made when it runs


class Assistance(Told):
    """A customer’s basic social assistance, all rows within the look-back."""

    assistance: schema_of(CustomerAssistance) = Field(  # type: ignore[valid-type]
        description="What the purpose does not open is null."
    )


@router.post(
    "/customers/benefits",
    response=Benefits,
    auth=Needs(opens_tab(Tab.BENEFITS), Reason.PURPOSE_NOT_OPEN),
    summary="A customer’s benefits",
    openapi_extra=OF_A_PURPOSE,
)
def benefits(request: CallRequest, asked: AskedSince) -> HttpResponse:
    """What the tab Etuudet shows under the purpose, by data group.

    The personal identity code stands in the body and nowhere else.
    """

    def telling(act: Act, opening: Opening) -> dict[str, Any]:
        return benefits_of(act, asked.changed_since or opening.previous_at)

    return _opened(request, asked, Tab.BENEFITS, telling)


@router.post(
    "/customers/social-assistance",
    response=Assistance,
    auth=Needs(opens_tab(Tab.SOCIAL_ASSISTANCE), Reason.PURPOSE_NOT_OPEN),
    summary="A customer’s basic social assistance",
    openapi_extra=OF_A_PURPOSE,
)
def social_assistance(request: CallRequest, asked: Asked) -> HttpResponse:
    """What the tab Perustoimeentulotuki shows under the purpose: applications, decisions with
    their calculations, payments, commitments, recovery."""
    return _opened(request, asked, Tab.SOCIAL_ASSISTANCE, _assistance)


type Telling = Callable[[Act, Opening], dict[str, Any]]


def _opened(request: CallRequest, asked: Asked, tab: Tab, telling: Telling) -> HttpResponse:
    """One call is one act: the row of the search, which the answer belongs to."""
    right, purpose = request.right, purpose_of(request)
    if tab not in purpose.tabs:  # asked before the search: whether Kela knows somebody is told too
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose.purpose)
    marker = timezone.now()
    opening = open_customer(
        right,
        purpose.purpose,
        asked.hetu,
        case_reference=right.call.case_reference if right.call else "",
    )
    if opening is None:  # its row stays in the log
        return problems.answer(Kind.CUSTOMER_NOT_FOUND)
    act = search_on(right, opening, tab)
    content = telling(act, opening)
    frame = {"purpose": purpose.purpose, "on": right.on, "marker": marker}
    frame["withheld"] = purpose.withheld_fields
    return JsonResponse(told(frame | content))


def benefits_of(act: Act, previous: datetime | None) -> dict[str, Any]:
    """What is told of a customer’s benefits; marked is what has changed since a moment."""
    found = customer_benefits(act, Filters(whole=True), previous)
    return {
        "customer": found.person,
        "since": found.since if found.since > date.min else None,
        "made_at": found.made_at,
        "names": {one.slug: one.names for one in found.benefits},
        "groups": {
            group: [
                told(row) | {"changed": changed}
                for row, changed in zip(page.rows, page.changed, strict=True)
            ]
            for group, page in found.pages.items()
        },
    }


def _assistance(act: Act, _opening: Opening) -> dict[str, Any]:
    found = customer_assistance(act)
    content = told(found)
    named = known_benefits()
    return {
        "customer": person(act),
        "made_at": found.made_at,
        "names": {slug: named[slug].names for slug in _slugs(content) if slug in named},
        "assistance": content,
    }


def _slugs(content: Any) -> set[str]:
    """The benefits that are named anywhere in what is told."""
    if isinstance(content, list):
        return {slug for one in content for slug in _slugs(one)}
    if isinstance(content, dict):
        here = {content["benefit"]} if isinstance(content.get("benefit"), str) else set()
        return here | {slug for one in content.values() for slug in _slugs(one)}
    return set()
