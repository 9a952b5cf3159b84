"""What the agreement opens to a system, and how much it has used."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from audit import queries as log
from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from authorizations.rulebook import (
    Action,
    DataGroup,
    Law,
    Listing,
    NotificationType,
    OpenedPurpose,
    Purpose,
    Tab,
)
from kelmu.dates import months_before
from technical_interface.calls import CallRequest, Needs, anybody
from technical_interface.telling import Exact, ThreeNames, told

router = Router(tags=["About"])


class Ground(Exact):
    """A purpose as it stands open: what of a customer, how far back, by which law."""

    purpose: Purpose
    name: ThreeNames
    tabs: list[Tab]
    data_groups: list[DataGroup]
    look_back_months: int | None
    withheld_fields: list[str]
    notification_types: list[NotificationType]
    listings: list[Listing]
    actions: list[Action]
    laws: list[ThreeNames]


class Possible(Exact):
    """What can be done without a purpose."""

    action: Action
    laws: list[ThreeNames]


class Pace(Exact):
    """So many in a time."""

    at_most: int
    in_seconds: int


class Limits(Exact):
    """How fast calls may come; with more, 429 says in Retry-After when to go on."""

    calls: list[Pace] = Field(description="Of the organisation’s systems together.")
    searches: list[Pace] = Field(
        description="Of one end user: calls that name a customer, or one of the customer’s demands"
        " or sendings."
    )


class Granted(Exact):
    """What the agreement opens today to the organisation’s systems, as far as the token goes."""

    organisation: str
    agreement: str
    on: date
    is_for_tests: bool
    requires_case_reference: bool
    limits: Limits
    purposes: list[Ground]
    actions: list[Possible]


class Used(Exact):
    """How often an act was done under a purpose in a month."""

    month: date
    purpose: str
    channel: str
    act: str
    number: int


class Usage(Exact):
    """The usage of this month and of the twelve before it, of systems and of people."""

    uses: list[Used]


@router.get("/rights", response=Granted, auth=Needs(anybody), summary="What my agreement opens")
def granted(request: CallRequest) -> HttpResponse:
    """Purposes, data groups, lists and actions that stand open, with their laws.

    Nothing of a customer. Ask it first: what is not here is refused elsewhere.
    """
    right = request.right
    door.write_call(right, ActKind.READ_RIGHTS)
    organisation = right.acting_for
    return JsonResponse(
        {
            "organisation": organisation.business_id,
            "agreement": organisation.agreement,
            "on": right.on.isoformat(),
            "is_for_tests": settings.INTERFACE_IS_FOR_TESTS,
            "requires_case_reference": organisation.requires_case_reference,
            "limits": limits(),
            "purposes": [_ground(one) for one in right.purposes],
            "actions": _possible(right),
        }
    )


@router.get("/usage", response=Usage, auth=Needs(anybody), summary="Usage by month")
def usage(request: CallRequest) -> HttpResponse:
    """How often the organisation has used Kelmu, by month, purpose, way and act, without people."""
    right = request.right
    door.write_call(right, ActKind.READ_USAGE)
    last = right.on.replace(day=1)
    uses = log.usage(months_before(last, 12), last, right.acting_for.id)
    rows = [{name: told(getattr(use, name)) for name in Used.model_fields} for use in uses]
    return JsonResponse({"uses": rows})


def limits() -> dict[str, Any]:
    """The limits as they are set."""
    of = {
        "calls": [(settings.INTERFACE_CALLS_IN_A_MINUTE, timedelta(minutes=1))],
        "searches": settings.INTERFACE_SEARCH_PACE,
    }
    return {
        name: [{"at_most": most, "in_seconds": int(time.total_seconds())} for most, time in paces]
        for name, paces in of.items()
    }


def _ground(one: OpenedPurpose) -> dict[str, Any]:
    plain = [name for name in Ground.model_fields if name != "laws"]
    return {name: told(getattr(one, name)) for name in plain} | {"laws": _laws(one.law)}


def _possible(right: Right) -> list[dict[str, Any]]:
    return [{"action": one.action.value, "laws": _laws(one.law)} for one in right.general_actions]


def _laws(laws: tuple[Law, ...]) -> list[Any]:
    return [told(law.citation) for law in laws]
