"""Kela's service desk: demands that wait for an answer, and answering one by hand. Each look at a
demand has its reason in the log."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from audit import services as log
from audit.models import ActKind
from audit.shown import note
from authorizations import door
from authorizations.declarations import RightfulRequest, requires
from authorizations.desk import open_desk
from authorizations.rights import Right
from benefits.reference import benefits
from customers.queries import person_of
from kelmu.forms import text_field
from payment_demands import presentation, services, states
from payment_demands.models import Demand
from payment_demands.terms import Terms
from payment_demands.words import WAITING, Actor, Step

ON_A_PAGE = 50
RELATED = ("organisation", "made_by", "payee", "former_payee", "municipality")


def answers_demands(right: Right) -> bool:
    """Somebody of Kela's service desk."""
    return "service_desk" in right.kela_groups


class LookForm(forms.Form):
    """Why somebody of Kela looks at a demand."""

    reason = text_field(
        gettext_lazy("Why you look at the demand"),
        200,
        error_messages={"required": gettext_lazy("Tell why you look at the demand.")},
    )


class AnswerForm(forms.Form):
    """What Kela answers; refusing has a reason."""

    step = forms.ChoiceField(
        label=gettext_lazy("Answer"), widget=forms.Select(attrs={"class": "ds-input"})
    )
    reason = text_field(gettext_lazy("Reason, for the claimant"), 500, required=False, rows=3)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, demand: Demand, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = states.steps(demand.state, Actor.KELA)
        self.fields["step"].choices = [(one.value, one.label) for one in steps]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("step") == Step.REJECT and not told.get("reason"):
            self.add_error("reason", _("Tell the reason."))
        return told


@requires(answers_demands)
@require_safe
def waiting(request: RightfulRequest) -> HttpResponse:
    """The demands that wait for Kela's answer, without a word on whom they concern."""
    open_desk()
    log.write(log.Row(act=ActKind.VIEW_DEMANDS, **door.who(request.right)))
    rows = Demand.objects.filter(state__in=WAITING).select_related("organisation")
    ordered = rows.order_by("registered_at", "pk")
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": LookForm(),
        "demands": [_line(one) for one in page],
        "page": page,
        "done": request.GET.get("done") == "answered",
    }
    return render(request, "payment_demands/kela/waiting.html", context)


@requires(answers_demands)
@require_POST
def look(request: RightfulRequest, demand_id: UUID) -> HttpResponse:
    """A demand with its customer, after the reason."""
    demand = _demand(demand_id)
    form = LookForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "demands": [_line(demand)]}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "payment_demands/kela/waiting.html", context, status=status)
    _write(request.right, ActKind.LOOK_UP_DEMAND, demand, reason=form.cleaned_data["reason"])
    return _answer_page(request, demand, AnswerForm(demand, initial={"seen": demand.version}))


@requires(answers_demands)
@require_POST
def answer(request: RightfulRequest, demand_id: UUID) -> HttpResponseBase:
    """Kela's answer to a demand."""
    demand = _demand(demand_id)
    form = AnswerForm(demand, request.POST)
    if not form.is_valid():
        _write(request.right, ActKind.LOOK_UP_DEMAND, demand, reason="answer")
        return _answer_page(request, demand, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    told = form.cleaned_data
    step = Step(told["step"])
    try:
        services.answer(request.right, demand, step, reason=told["reason"], seen=told["seen"])
    except services.ChangedMeanwhile:
        now = _demand(demand_id)
        _write(request.right, ActKind.LOOK_UP_DEMAND, now, reason="answer")
        form = AnswerForm(now, told | {"seen": now.version})
        form.add_error(None, _("The claimant has changed the demand. Read it anew."))
        return _answer_page(request, now, form, status=HTTPStatus.CONFLICT)
    _write(request.right, ActKind.ANSWER_DEMAND, demand, answer=told["step"])
    return redirect(reverse("kela_payment_demands", query={"done": "answered"}))


def _demand(demand_id: UUID) -> Demand:
    open_desk()
    return get_object_or_404(Demand.objects.select_related(*RELATED), pk=demand_id)


def _write(right: Right, act: ActKind, demand: Demand, **details: Any) -> None:
    """The row belongs to the claimant, too, and names the customer."""
    log.act_for(demand.organisation_id)
    row = door.who(right) | {"organisation_id": demand.organisation_id}
    told = {"demand": str(demand.pk)} | details
    note(log.write(log.Row(act=act, customer=demand.customer_id, details=told, **row)), 1, demand)


def _answer_page(
    request: RightfulRequest,
    demand: Demand,
    form: AnswerForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": form,
        "demand": demand,
        "line": _line(demand),
        "customer": person_of(demand.customer_id, request.right.on),
        "facts": presentation.facts(Terms.of(demand)),
        "transferred": presentation.transferred(demand, request.right.on),
        "can_answer": bool(states.steps(demand.state, Actor.KELA)),
    }
    return render(request, "payment_demands/kela/answer.html", context, status=status)


def _line(demand: Demand) -> dict[str, Any]:
    return {
        "id": demand.pk,
        "claimant": demand.organisation.name,
        "benefit": benefits()[demand.benefit_id].title,
        "law": presentation.law_of(demand.ground),
        "period": presentation.span(demand.period),
        "how_much": presentation.how_much(Terms.of(demand)),
        "state": presentation.state_of(demand),
    }
