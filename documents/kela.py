"""Kela's service desk: sendings that wait for an answer, and answering one by hand. Each look at a
sending has its reason in the log."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from audit import services as log
from audit.models import ActKind
from audit.shown import note
from authorizations import door
from authorizations.declarations import RightfulRequest, requires, serves_customers_at_kela
from authorizations.desk import open_desk
from authorizations.rights import Right
from customers.queries import person_of
from documents import presentation, queries, services, states
from documents.models import Sending
from documents.views import attachment, document_of
from documents.words import AT_KELA, Actor, Answer, State, Step
from kelmu.forms import CheckedForm, choice_field, text_field

ON_A_PAGE = 50
WAITING = [state for state in AT_KELA if state != State.ASKED]  # which waits for the organisation
desk = requires(serves_customers_at_kela)


class LookForm(CheckedForm):
    """Why somebody of Kela looks at a sending."""

    reason = text_field(
        gettext_lazy("Why you look at the documents"),
        200,
        error_messages={"required": gettext_lazy("Tell why you look at the documents.")},
    )


class AnswerForm(CheckedForm):
    """What Kela answers; asking for more and returning have a message."""

    step = choice_field(gettext_lazy("Answer"), gettext_lazy("Choose the answer."))
    reason = text_field(gettext_lazy("Message, for the organisation"), 500, required=False, rows=3)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, sending: Sending, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = states.steps(sending.state, Actor.KELA)
        possible = [(one.value, one.label) for one in Answer if Step(one.value) in steps]
        self.offer("step", [("", "–"), *possible])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        needs_reason = told.get("step") in {Step.ASK, Step.RETURN} and "reason" not in self.errors
        if needs_reason and not told.get("reason"):
            self.add_error("reason", _("Tell what is asked for, or why it is returned."))
        return told


@desk
@require_safe
def waiting(request: RightfulRequest) -> HttpResponse:
    """The sendings that wait for Kela's answer, without a word on whom they concern."""
    open_desk()
    log.write(log.Row(act=ActKind.VIEW_SENDINGS, **door.who(request.right)))
    rows = _sendings().filter(state__in=WAITING).order_by("sent_at", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": LookForm(),
        "sendings": [_line(one) for one in page],
        "page": page,
        "done": request.GET.get("done") == "answered",
    }
    return render(request, "documents/kela/waiting.html", context)


@desk
@require_POST
def look(request: RightfulRequest, sending_id: UUID) -> HttpResponse:
    """A sending with its customer, after the reason."""
    sending = _sending(sending_id)
    form = LookForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "sendings": [_line(sending)]}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "documents/kela/waiting.html", context, status=status)
    reason = form.cleaned_data["reason"]
    _write(request.right, ActKind.LOOK_UP_SENDING, sending, reason=reason)
    return _page(request, sending, AnswerForm(sending, initial={"seen": sending.version}), reason)


@desk
@require_POST
def file(request: RightfulRequest, sending_id: UUID, document_id: UUID) -> HttpResponseBase:
    """A file of a sending, as it was sent; the reason is told again."""
    sending = _sending(sending_id)
    form = LookForm(request.POST)
    if not form.is_valid():
        raise Http404
    document = document_of(sending, document_id)
    details = {"file": str(document_id), "reason": form.cleaned_data["reason"]}
    _write(request.right, ActKind.DOWNLOAD_DOCUMENT, sending, **details)
    return attachment(document)


@desk
@require_POST
def answer(request: RightfulRequest, sending_id: UUID) -> HttpResponseBase:
    """Kela's answer to a sending."""
    sending = _sending(sending_id)
    form = AnswerForm(sending, request.POST)
    if not form.is_valid():
        _write(request.right, ActKind.LOOK_UP_SENDING, sending, reason="answer")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, sending, form, "answer", status=status)
    told = form.cleaned_data
    try:
        services.answer(request.right, sending, Step(told["step"]), told["reason"], told["seen"])
    except services.StepNotOpen:
        _write(request.right, ActKind.LOOK_UP_SENDING, sending, reason="answer")
        form.add_error(None, _("Somebody else has answered meanwhile. Read it anew."))
        return _page(request, sending, form, "answer", status=HTTPStatus.CONFLICT)
    _write(request.right, ActKind.ANSWER_SENDING, sending, answer=told["step"])
    return redirect(reverse("kela_documents", query={"done": "answered"}))


def _sendings() -> Any:
    return Sending.objects.select_related("organisation").annotate(files=Count("documents"))


def _sending(sending_id: UUID) -> Sending:
    open_desk()
    found: Sending | None = _sendings().filter(pk=sending_id).first()
    if found is None:
        raise Http404
    return found


def _write(right: Right, act: ActKind, sending: Sending, **details: Any) -> None:
    """The row belongs to the sender's organisation, too, and names the customer."""
    log.act_for(sending.organisation_id)
    row = door.who(right) | {"organisation_id": sending.organisation_id}
    told = {"sending": str(sending.pk)} | details
    note(log.write(log.Row(act=act, customer=sending.customer_id, details=told, **row)), 1, sending)


def _page(
    request: RightfulRequest,
    sending: Sending,
    form: AnswerForm,
    reason: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": form,
        "reason": reason,
        "sending": sending,
        "line": _line(sending),
        "customer": person_of(sending.customer_id, request.right.on),
        "facts": presentation.facts(sending),
        "files": [presentation.file_row(one) for one in queries.documents_of(sending.pk)],
        "history": presentation.history(sending.events.order_by("number")),
        "can_answer": bool(states.steps(sending.state, Actor.KELA)),
    }
    return render(request, "documents/kela/answer.html", context, status=status)


def _line(sending: Sending) -> dict[str, Any]:
    return presentation.line(sending) | {
        "organisation": sending.organisation.name,
        "is_answer": sending.answers_id is not None,
    }
