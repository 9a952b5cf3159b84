"""The queue of a municipality, and several of its notifications at once."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from authorizations.declarations import RightfulRequest, opens_tab, requires
from authorizations.refusals import Reason
from authorizations.rulebook import Tab
from notifications.choosing import menu
from notifications.choosing.views import forwarded
from notifications.queue import presentation, queries, sayings, services
from notifications.queue.colleagues import colleagues
from notifications.queue.filters import QueueForm
from notifications.queue.forms import AssignForm, NoteForm
from notifications.queue.presentation import Where
from notifications.queue.queries import Desk
from notifications.words import EventKind

POLLED = requires(
    opens_tab(Tab.FORWARDED_NOTIFICATIONS), otherwise=Reason.PURPOSE_NOT_OPEN, keeps_alive=False
)
MANY = (EventKind.TAKEN, EventKind.ASSIGNED, EventKind.HANDED_BACK, EventKind.HANDLED)


@forwarded
@require_safe
def queue(request: RightfulRequest, purpose: str, municipality: str) -> HttpResponse:
    """The notifications of a municipality; each page is an act with a row for each person on it."""
    at = queries.desk(request.right, purpose, municipality)
    form = QueueForm(request.right, at.purpose, request.GET)
    found = queries.queue_page(at, form.narrowing)
    menu.remember(request, at.purpose, municipality, form.narrowing.told.get("type", "all"))
    context = presentation.queue(found, at, form) | {
        "done": sayings.done(request.GET.get("done", "")),
        "many": [(kind.value, sayings.doing(kind)) for kind in MANY],
        "news_url": Where(at, {"since": str(queries.last_seen())}).url("queue_news"),
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "notifications/queue.html", context, status=status)


@POLLED
@require_GET
def news(request: RightfulRequest, purpose: str, municipality: str) -> HttpResponse:
    """How many new ones have come since the queue was shown: a number, nothing of a customer."""
    at = queries.desk(request.right, purpose, municipality)
    since = request.GET.get("since", "")
    number = queries.new_since(at, int(since)) if since.isdecimal() and len(since) < 19 else 0
    if not number:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {
        "text": sayings.arrived(number),
        "aloud": "aloud" in request.GET,
        "queue_url": Where(at, {}).url(),
    }
    return render(request, "notifications/_news.html", context)


@forwarded
@require_POST
def many(request: RightfulRequest, purpose: str, municipality: str) -> HttpResponseBase:
    """Several at once: asked once whether it is meant, then done."""
    at = queries.desk(request.right, purpose, municipality)
    place = QueueForm(request.right, at.purpose, request.GET).narrowing.told
    where, kind = Where(at, place), request.POST.get("do", "")
    chosen = _chosen(request.POST.getlist("chosen"))
    if kind not in MANY or not chosen:
        return redirect(where.url(done="none"))
    form = _form(at, EventKind(kind), request.POST if "confirmed" in request.POST else None)
    if "confirmed" in request.POST and form.is_valid():
        return _do(at, where, EventKind(kind), chosen, form.cleaned_data)
    return _ask(request, where, EventKind(kind), chosen, form)


def _chosen(values: list[str]) -> dict[int, int]:
    """The versions that were on the page, by the number of the handling."""
    pairs = [value.split(".") for value in values]
    good = [pair for pair in pairs if len(pair) == 2 and all(map(_is_number, pair))]
    return {int(number): int(version) for number, version in good}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _form(at: Desk, kind: EventKind, typed: Any) -> AssignForm | NoteForm:
    initial = {"version": 0}
    if kind is EventKind.ASSIGNED:
        return AssignForm(colleagues(at.right, at.purpose), typed, initial=initial)
    return NoteForm(typed, initial=initial)


def _do(
    at: Desk, where: Where, kind: EventKind, chosen: dict[int, int], told: dict[str, Any]
) -> HttpResponseBase:
    making = services.making(kind, told)
    changed = services.change_many(at, queries.handlings_of(at, chosen), chosen, making)
    return redirect(where.url(done=f"{kind.value}-{changed}-{len(chosen)}"))


def _ask(
    request: RightfulRequest,
    where: Where,
    kind: EventKind,
    chosen: dict[int, int],
    form: AssignForm | NoteForm,
) -> HttpResponse:
    context = presentation.desk(where.desk) | {
        "form": form,
        "kind": kind.value,
        "question": sayings.question(kind, len(chosen)),
        "button": sayings.doing(kind),
        "asks": kind in {EventKind.ASSIGNED, EventKind.HANDLED},
        "chosen": [f"{number}.{version}" for number, version in chosen.items()],
        "many_url": where.url("queue_many"),
        "back_url": where.url(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "notifications/many.html", context, status=status)
