"""One notification: reading it, and everything that is done to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Self

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit.models import ActKind
from authorizations.declarations import RightfulRequest
from authorizations.models import Official
from customers.forms import PurposeForm
from customers.queries import purpose_choices
from customers.services import open_known
from customers.views import show_opened
from notifications.choosing.views import forwarded
from notifications.models import Handling
from notifications.queue import presentation, queries, sayings, services, transfers
from notifications.queue.filters import QueueForm
from notifications.queue.forms import (
    AnswerForm,
    AssignForm,
    NoteForm,
    TransferForm,
    VersionForm,
)
from notifications.queue.presentation import Where
from notifications.queue.queries import Desk
from notifications.queue.services import ChangedMeanwhile
from notifications.words import EventKind

CHANGES = {
    EventKind.TAKEN,
    EventKind.ASSIGNED,
    EventKind.HANDED_BACK,
    EventKind.HANDLED,
    EventKind.REOPENED,
    EventKind.NOTED,
}


@dataclass(slots=True)
class Sitting:
    """Somebody with one notification in front of them, and the place in the queue it came from."""

    request: RightfulRequest
    at: Desk
    where: Where
    handling: Handling
    colleagues: list[Official]

    @classmethod
    def of(cls, request: RightfulRequest, purpose: str, municipality: str, number: int) -> Self:
        """Raises Refused where the notification is not open to the reader."""
        at = queries.desk(request.right, purpose, municipality)
        form = QueueForm(request.right, at.purpose, request.GET)
        where = Where(at, form.narrowing.told)
        return cls(request, at, where, queries.handling_of(at, number), form.colleagues)


@forwarded
@require_safe
def notification(
    request: RightfulRequest, purpose: str, municipality: str, handling_id: int
) -> HttpResponse:
    """A notification with its text, attachments and history: an act of its own."""
    return _page(Sitting.of(request, purpose, municipality, handling_id))


@forwarded
@require_POST
def change(
    request: RightfulRequest, purpose: str, municipality: str, handling_id: int
) -> HttpResponseBase:
    """Takes, gives to a colleague, hands back, marks as handled, reopens, or changes the note."""
    sitting = Sitting.of(request, purpose, municipality, handling_id)
    kind = request.POST.get("do", "")
    if kind not in CHANGES:
        return _page(sitting, HTTPStatus.UNPROCESSABLE_ENTITY)
    name, form = _change_form(sitting, EventKind(kind))
    if not form.is_valid():
        return _page(sitting, HTTPStatus.UNPROCESSABLE_ENTITY, {name: form})
    making = services.making(EventKind(kind), form.cleaned_data)
    version = form.cleaned_data["version"]
    return _try(
        sitting,
        lambda: services.change(sitting.at, sitting.handling, version, making),
        lambda: _back_to_it(sitting, EventKind(kind)),
        **{name: form},
    )


@forwarded
@require_POST
def transfer(
    request: RightfulRequest, purpose: str, municipality: str, handling_id: int
) -> HttpResponseBase:
    """To another municipality, unless nobody there has agreed with Kela on receiving it."""
    sitting = Sitting.of(request, purpose, municipality, handling_id)
    form = TransferForm(list(transfers.municipalities(sitting.at)), request.POST.dict())
    to = None
    if form.is_valid():
        to = transfers.target(sitting.at, sitting.handling, form.cleaned_data["municipality"])
        if to is None:
            form.add_error("municipality", _nobody_receives(sitting, form))
    if to is None:
        return _page(sitting, HTTPStatus.UNPROCESSABLE_ENTITY, {"transfer_form": form})
    told, receiver = form.cleaned_data, to
    return _try(
        sitting,
        lambda: transfers.transfer(
            sitting.at, sitting.handling, told["version"], receiver, told["reason"]
        ),
        lambda: redirect(sitting.where.url(done=_done(EventKind.TRANSFERRED))),
        transfer_form=form,
    )


@forwarded
@require_POST
def answer(
    request: RightfulRequest, purpose: str, municipality: str, handling_id: int
) -> HttpResponseBase:
    """Tells Kela what came of it."""
    sitting = Sitting.of(request, purpose, municipality, handling_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(sitting, HTTPStatus.UNPROCESSABLE_ENTITY, {"answer_form": form})
    services.answer(sitting.at, sitting.handling, **form.cleaned_data)
    return _back_to_it(sitting, EventKind.ANSWERED)


@forwarded
@require_POST
def customer(
    request: RightfulRequest, purpose: str, municipality: str, handling_id: int
) -> HttpResponseBase:
    """To the customer's other data, for a purpose chosen anew: new checks, an act of its own."""
    sitting = Sitting.of(request, purpose, municipality, handling_id)
    form = PurposeForm(request.right, purpose_choices(request.right), request.POST)
    person = sitting.handling.customer_id
    if person is None or not form.is_valid():
        return _page(sitting, HTTPStatus.UNPROCESSABLE_ENTITY, {"customer_form": form})
    told = form.cleaned_data
    return show_opened(
        request,
        lambda: open_known(
            request.right, told["purpose"], person, case_reference=told["case_reference"]
        ),
    )


def _page(
    sitting: Sitting,
    status: HTTPStatus = HTTPStatus.OK,
    typed: Mapping[str, Form] = MappingProxyType({}),
    *,
    conflict: str = "",
) -> HttpResponse:
    """The notification, its row in the log first; forms that were typed in stay as they are."""
    act = queries.act_on(ActKind.OPEN_NOTIFICATION, sitting.at, sitting.handling)
    found = queries.opened(act, sitting.handling)
    context = presentation.notification(found, sitting.at, sitting.where)
    context |= {**_forms(sitting, transfers.suggested(act, sitting.at)), **typed}
    context |= {
        "form": next((form for form in typed.values() if form.errors), None),
        "conflict": conflict,
        "is_beside": _is_beside(sitting),
        "done": sayings.done(sitting.request.GET.get("done", "")),
    }
    return render(sitting.request, "notifications/notification.html", context, status=status)


def _is_beside(sitting: Sitting) -> bool:
    """Whether it stands beside the queue, whose row changes with it."""
    asked_from = sitting.request.htmx.current_url_abs_path or ""
    return asked_from.partition("?")[0] == Where(sitting.at, {}).url()


def _forms(sitting: Sitting, suggested: str) -> dict[str, Form]:
    right, version = sitting.request.right, {"version": sitting.handling.version}
    municipalities = list(transfers.municipalities(sitting.at))
    return {
        "version_form": VersionForm(initial=version),
        "note_form": NoteForm(initial=version | {"note": sitting.handling.note}),
        "assign_form": AssignForm(sitting.colleagues, initial=version),
        "transfer_form": TransferForm(
            municipalities, initial=version | {"municipality": suggested}
        ),
        "answer_form": AnswerForm(),
        "customer_form": PurposeForm(right, purpose_choices(right)),
    }


def _change_form(sitting: Sitting, kind: EventKind) -> tuple[str, Form]:
    """What was typed of a change, and under which name the page shows it."""
    typed = sitting.request.POST.dict()
    if kind is EventKind.ASSIGNED:
        return "assign_form", AssignForm(sitting.colleagues, typed)
    if kind in {EventKind.HANDLED, EventKind.NOTED}:
        return "note_form", NoteForm(typed)
    return "version_form", VersionForm(typed)


def _try(
    sitting: Sitting,
    do: Callable[[], object],
    then: Callable[[], HttpResponseBase],
    **typed: Form,
) -> HttpResponseBase:
    """Does it, unless somebody was faster: then says who did what, and what was typed stays."""
    try:
        do()
    except ChangedMeanwhile:
        return _conflict(sitting, typed)
    return then()


def _conflict(sitting: Sitting, typed: dict[str, Form]) -> HttpResponse:
    now = sitting.at.handlings.select_related("transferred_to").get(pk=sitting.handling.pk)
    if now.customer_id is None:
        context = {
            "text": presentation.transferred(now),
            "who": now.handler_name,
            "back_url": sitting.where.url(),
        }
        status = HTTPStatus.CONFLICT
        return render(sitting.request, "notifications/gone.html", context, status=status)
    sitting.handling = now
    for form in typed.values():
        form.data = {**form.data, "version": now.version}
    latest = now.events.select_related("organisation", "came_from").last()
    conflict = presentation.event(latest) if latest else _("It has been changed.")
    return _page(sitting, HTTPStatus.CONFLICT, typed, conflict=conflict)


def _nobody_receives(sitting: Sitting, form: TransferForm) -> str:
    told = {
        "municipality": form.cleaned_data["municipality"].name,
        "unit": queries.unit_of(sitting.handling),
    }
    return (
        _(
            "Nobody who acts in %(municipality)s has agreed with Kela on receiving this. "
            "Tell Kela: %(unit)s."
        )
        % told
    )


def _done(kind: EventKind) -> str:
    return f"{kind.value}-1-1"


def _back_to_it(sitting: Sitting, kind: EventKind) -> HttpResponseBase:
    """Back to the notification, which says what was done."""
    return redirect(sitting.where.url("notification", sitting.handling.pk, done=_done(kind)))
