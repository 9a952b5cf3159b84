"""The queue of a municipality, one notification, and what is done to it."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from ninja import Query, Router

from audit.models import ActKind
from authorizations.declarations import opens_tab
from authorizations.refusals import Reason, Refused
from authorizations.rulebook import Purpose, Tab
from notifications.models import Handling
from notifications.municipalities import places
from notifications.queue import queries, scope, services, transfers, turns
from notifications.queue.documents import document
from notifications.queue.queries import Desk
from notifications.queue.services import ChangedMeanwhile
from notifications.words import OPEN_STATES, EventKind, State
from organisations.models import Municipality
from technical_interface.calls import CallRequest, Needs, require_case_reference
from technical_interface.notifications.asked import Change, Code, Handover, Number, Page, Reply
from technical_interface.notifications.told import (
    Enclosed,
    Forwarded,
    Places,
    Row,
    Rows,
    Standing,
    fields,
    happened,
    of_notification,
)
from technical_interface.problems import Kind, Problem
from technical_interface.telling import told
from technical_interface.versions import OF_CHANGES, tagged, version_read

router = Router(tags=["Notifications forwarded by Kela"])
forwarded = Needs(opens_tab(Tab.FORWARDED_NOTIFICATIONS), Reason.PURPOSE_NOT_OPEN)


@router.get(
    "/municipalities/{purpose}",
    response=Places,
    auth=forwarded,
    summary="Municipalities, one at a time",
)
def municipalities(request: CallRequest, purpose: Purpose) -> HttpResponse:
    """The municipalities of which the organisation sees what is forwarded, and how many new
    notifications there are in each. Nothing of a customer."""
    opened, found = request.right.purpose(purpose), places(request.right)
    if Tab.FORWARDED_NOTIFICATIONS not in opened.tabs:
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose)
    new = scope.new_ones(request.right, opened, found) if opened.notification_types else {}
    rows = [{"code": one.code, "name": one.name, "new": new.get(one.code, 0)} for one in found]
    return JsonResponse({"municipalities": rows})


@router.get(
    "/notifications/{purpose}/{municipality}",
    response=Rows,
    auth=forwarded,
    summary="The queue",
    openapi_extra={"x-problems": ["410"]},
)
def queue(
    request: CallRequest, purpose: Purpose, municipality: Code, page: Query[Page]
) -> HttpResponse:
    """Notifications of a municipality as they have come: the new ones, if nothing else is asked
    for. `after` reads on from a cursor that an earlier answer told, and misses nothing that has
    come since. 410 says that something else is open here than then: read from the beginning. Each
    page is an act with a row for each person on it."""
    at = _desk(request, purpose, municipality)
    turn = _turn(at, page.after)
    states = {"new": [State.NEW], "open": OPEN_STATES, "all": list(State)}[page.state]
    found = list(turns.since(at, turn).filter(state__in=states)[: page.limit + 1])
    shown = found[: page.limit]
    _, customers = queries.customers_of(at, shown, page.model_dump(mode="json"))
    names = Row.model_fields
    return JsonResponse(
        {
            "rows": [
                {name: told(getattr(one, name)) for name in names if name != "customer"}
                | {"customer": told(customers.get(one.customer_id)) if one.customer_id else None}
                for one in shown
            ],
            "after": f"{shown[-1].turn if shown else turn}-{turns.mark(at)}",
            "more": len(found) > len(shown),
        }
    )


@router.get(
    "/notifications/{purpose}/{municipality}/{number}",
    response=Forwarded,
    auth=forwarded,
    summary="A notification",
)
def notification(
    request: CallRequest, purpose: Purpose, municipality: Code, number: Number
) -> HttpResponse:
    """Its text, the customer, attachments and history: an act of its own. The version stands in
    ETag too."""
    at, handling = _handling(request, purpose, municipality, number)
    found = queries.opened(queries.act_on(ActKind.OPEN_NOTIFICATION, at, handling), handling)
    content = of_notification(found.notification) | fields(Standing, handling)
    content |= {
        "arrived_at": told(handling.arrived_at),
        "forwarded_on": told(handling.forwarded_on),
        "customer": told(found.customer),
        "attachments": [fields(Enclosed, one) for one in found.attachments],
        "events": [happened(one) for one in found.events],
    }
    if found.customer.protected:
        content["phone"] = ""
    return tagged(content, handling.version)


@router.post(
    "/notifications/{purpose}/{municipality}/{number}/changes",
    response=Standing,
    auth=forwarded,
    summary="Take, hand back, handle, reopen, note",
    openapi_extra=OF_CHANGES,
)
def change(
    request: CallRequest, purpose: Purpose, municipality: Code, number: Number, made: Change
) -> HttpResponse:
    """Acknowledges a notification (`taken`) or changes its state or note, for the end user."""
    at, handling = _handling(request, purpose, municipality, number)
    making = services.making(EventKind(made.do), {"note": made.note})
    version = version_read(request)
    _try(at, handling, version, lambda: services.change(at, handling, version, making))
    return _now(at, handling)


@router.post(
    "/notifications/{purpose}/{municipality}/{number}/transfer",
    response={204: None},
    auth=forwarded,
    summary="Transfer to another municipality",
    openapi_extra=OF_CHANGES,
)
def transfer(
    request: CallRequest, purpose: Purpose, municipality: Code, number: Number, to: Handover
) -> HttpResponse:
    """Hands a notification over that came to the wrong municipality. The sender keeps the day, the
    receiver and the reason, and nothing of the customer."""
    at, handling = _handling(request, purpose, municipality, number)
    receiver = transfers.target(at, handling, _municipality(at, to.municipality))
    if receiver is None:
        raise Problem(Kind.NOT_IN_THIS_STATE, f"municipality: {to.municipality}")
    version = version_read(request)
    _try(
        at,
        handling,
        version,
        lambda: transfers.transfer(at, handling, version, receiver, to.reason),
    )
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@router.post(
    "/notifications/{purpose}/{municipality}/{number}/answer",
    response={204: None},
    auth=forwarded,
    summary="Answer Kela",
)
def answer(
    request: CallRequest, purpose: Purpose, municipality: Code, number: Number, told_: Reply
) -> HttpResponse:
    """Tells Kela what came of a notification."""
    at, handling = _handling(request, purpose, municipality, number)
    services.answer(at, handling, told_.outcome, told_.line)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@router.get(
    "/notifications/{purpose}/{municipality}/{number}/attachments/{attachment}",
    auth=forwarded,
    summary="An attachment",
    openapi_extra={"x-media-type": "application/octet-stream"},
)
def attachment(
    request: CallRequest, purpose: Purpose, municipality: Code, number: Number, attachment: Number
) -> HttpResponse:
    """The document itself: an act of its own."""
    at, handling = _handling(request, purpose, municipality, number)
    return document(at, handling, attachment, is_saved=True)


def _desk(request: CallRequest, purpose: str, municipality: str) -> Desk:
    require_case_reference(request.right)
    return queries.desk(request.right, purpose, municipality)


def _turn(at: Desk, cursor: str) -> int:
    """How far a cursor has come. Raises Problem if something else was open then."""
    turn, _, mark = cursor.partition("-")
    if mark and mark != turns.mark(at):
        raise Problem(Kind.CURSOR_ENDED)
    return int(turn or 0)


def _handling(
    request: CallRequest, purpose: str, municipality: str, number: int
) -> tuple[Desk, Handling]:
    at = _desk(request, purpose, municipality)
    return at, queries.handling_of(at, number)


def _try(at: Desk, handling: Handling, version: int, do: Callable[[], object]) -> None:
    """Raises Problem when somebody was faster, or the state does not allow it."""
    try:
        with transaction.atomic():
            do()
    except ChangedMeanwhile:
        now = at.handlings.filter(pk=handling.pk).values_list("version", flat=True).first()
        is_seen = now == version
        raise Problem(Kind.NOT_IN_THIS_STATE if is_seen else Kind.CHANGED_MEANWHILE) from None


def _municipality(at: Desk, code: str) -> Municipality:
    found = transfers.municipalities(at).filter(code=code).first()
    if found is None:
        raise Problem(Kind.NOT_FOUND, f"municipality: {code}")
    return found


def _now(at: Desk, handling: Handling) -> HttpResponse:
    now = at.handlings.get(pk=handling.pk)
    return tagged(fields(Standing, now), now.version)
