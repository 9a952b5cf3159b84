"""Ending a demand and voiding one: once, with a reason, and for good."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from authorizations.declarations import RightfulRequest
from customers.models import Opening
from customers.queries import action_on, opening_of
from payment_demands import conflict, presentation, queries, section, services, states
from payment_demands.forms import EndForm, ReasonForm
from payment_demands.models import Demand
from payment_demands.section import DEMANDS, READ, demanding
from payment_demands.services import ChangedMeanwhile, StepNotOpen
from payment_demands.terms import Terms
from payment_demands.words import Actor, Step


@demanding
@require_http_methods(READ)
def end(request: RightfulRequest, opening_id: UUID, demand_id: UUID) -> HttpResponseBase:
    """Ends a demand on a day, with a reason."""
    return _close(request, opening_id, demand_id, Step.END)


@demanding
@require_http_methods(READ)
def void(request: RightfulRequest, opening_id: UUID, demand_id: UUID) -> HttpResponseBase:
    """Voids a demand, with a reason."""
    return _close(request, opening_id, demand_id, Step.VOID)


def _close(
    request: RightfulRequest, opening_id: UUID, demand_id: UUID, step: Step
) -> HttpResponseBase:
    opening = opening_of(request.right, opening_id)
    if request.method == "POST" and _is_closed(request, opening, demand_id, step):
        return redirect("payment_demand", opening.pk, demand_id)
    act = action_on(request.right, opening, DEMANDS, page=step.value, demand=str(demand_id))
    demand = queries.demand_of(act, demand_id)
    form, status = _form_of(request, demand, step), HTTPStatus.OK
    if form.is_bound and form.data.get("seen") != str(demand.version):
        return conflict.page(request, act, opening, demand, [step])
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif step not in states.steps(demand.state, Actor.CLAIMANT):
        return redirect("payment_demand", opening.pk, demand.pk)  # its page says why
    context: dict[str, Any] = {
        "form": form,
        "demand": demand,
        "facts": presentation.facts(Terms.of(demand)),
        "is_end": step is Step.END,
    }
    return section.page(request, act, opening, "close.html", status=status, **context)


def _form_of(request: RightfulRequest, demand: Demand, step: Step) -> ReasonForm:
    told = request.POST if request.method == "POST" else None
    known = {"seen": demand.version}
    if step is Step.END:
        return EndForm(demand.period, told, initial=known)
    return ReasonForm(told, initial=known)


def _is_closed(request: RightfulRequest, opening: Opening, demand_id: UUID, step: Step) -> bool:
    """Whether the step was taken, by one row of the log. If not, the form is wrong or somebody was
    faster, and nothing was written."""
    demand = services.held(opening, demand_id)
    form = _form_of(request, demand, step)
    if not form.is_valid():
        return False
    close = services.end if step is Step.END else services.void
    try:
        close(request.right, opening, demand_id, **form.words)
    except ChangedMeanwhile:
        return False
    except StepNotOpen:  # it has ended by now: its page says so
        return True
    return True
