"""Payment demands: search for a customer, the customer's demands, and what is done to one."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from authorizations import door
from authorizations.declarations import RightfulRequest, opens_action, requires
from authorizations.door import ActionAct
from authorizations.refusals import MandatesTooOld
from authorizations.rulebook import Action
from benefits.presentation import about_age
from customers import kept_search, pages
from customers.models import Opening
from customers.queries import action_on, opening_of, person, printing_asked
from customers.services import open_for_action
from customers.views import by_suomifi, go
from organisations.queries import payees_on
from payment_demands import checks, presentation, queries, services, states
from payment_demands.forms import (
    DemandForm,
    DemandSearchForm,
    EndForm,
    ReasonForm,
    initial_new,
    initial_of,
    possible_benefits,
    posted,
)
from payment_demands.models import Demand
from payment_demands.reference import reference
from payment_demands.services import ChangedMeanwhile, NotPossible, StepNotOpen
from payment_demands.terms import Terms
from payment_demands.words import HOLDING, Actor, Ground, State, Step

DEMANDS = Action.PAYMENT_DEMANDS
READ = ["GET", "HEAD", "POST"]
SAVING = {"register", "draft"}
demanding = requires(opens_action(DEMANDS))


@demanding
@require_http_methods(READ)
def search(request: RightfulRequest) -> HttpResponseBase:
    """Whose demands: the section's first page."""
    form = _search_form(request)
    if request.method != "POST":
        return _search_page(request, form)
    if not form.is_valid():
        return _search_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = form.cleaned_data
    try:
        opening = open_for_action(
            request.right, DEMANDS, found["hetu"], case_reference=found["case_reference"]
        )
    except MandatesTooOld:
        kept_search.keep(request.session, found, at="payment_demands")
        return by_suomifi(request)
    if opening is None:
        return _search_page(request, form, not_found=True)
    return go(request, reverse("customers_payment_demands", args=[opening.pk]))


def _search_form(request: RightfulRequest) -> DemandSearchForm:
    if request.method == "POST":
        return DemandSearchForm(request.right, request.POST)
    return DemandSearchForm(request.right, initial=kept_search.take(request.session) or {})


def _search_page(
    request: RightfulRequest,
    form: DemandSearchForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    context |= {"form": form, "paper": presentation.paper(), "laws": presentation.grounds()}
    return render(request, "payment_demands/search.html", context, status=status)


@demanding
@require_safe
def customers_demands(request: RightfulRequest, opening_id: UUID) -> HttpResponse:
    """The organisation's demands on the opened customer."""
    opening = opening_of(request.right, opening_id)
    act = action_on(request.right, opening, DEMANDS)
    rows = presentation.list_of(list(queries.demands_of(act)))
    return _page(request, act, opening, "customers_demands.html", demands=rows)


@demanding
@require_http_methods(READ)
def new(request: RightfulRequest, opening_id: UUID) -> HttpResponseBase:
    """A new demand: first the law, then the form, a summary, and it is registered."""
    opening = opening_of(request.right, opening_id)
    ground = request.GET.get("ground", "")
    if ground not in Ground.values:
        act = action_on(request.right, opening, DEMANDS, page="laws")
        laws = presentation.grounds()
        paper = presentation.paper()
        return _page(request, act, opening, "laws.html", laws=laws, paper=paper)
    return _ask(request, opening, Ground(ground), None)


@demanding
@require_http_methods(READ)
def edit(request: RightfulRequest, opening_id: UUID, demand_id: UUID) -> HttpResponseBase:
    """Changes a demand, or goes on with a draft."""
    opening = opening_of(request.right, opening_id)
    act = action_on(request.right, opening, DEMANDS, page="edit", demand=str(demand_id))
    demand = queries.demand_of(act, demand_id)
    if not {Step.EDIT, Step.REGISTER} & set(states.steps(demand.state, Actor.CLAIMANT)):
        return redirect("payment_demand", opening_id, demand_id)
    return _ask(request, opening, Ground(demand.ground), demand)


def _ask(
    request: RightfulRequest, opening: Opening, ground: Ground, demand: Demand | None
) -> HttpResponseBase:
    do = request.POST.get("do", "preview") if request.method == "POST" else ""
    failed: NotPossible | ChangedMeanwhile | None = None
    if do in SAVING:  # one gesture, one row of the log: that of the step
        try:
            if saved := _saved(request, opening, ground, demand, draft=do == "draft"):
                return redirect("payment_demand", opening.pk, saved.pk)
        except (NotPossible, ChangedMeanwhile) as error:
            failed = error
    law = reference().grounds[ground].law
    act = action_on(request.right, opening, DEMANDS, law=law, page=do or "form")
    form = form_of(request, ground, demand, queries.to_be_paid(act))
    if do and not form.is_valid():
        return _unfinished(request, act, opening, form, demand)
    if failed:
        return _failed(request, act, opening, form, demand, failed)
    show = _summary if do == "summary" else _form_page
    return show(request, act, opening, form, demand)


def _saved(
    request: RightfulRequest,
    opening: Opening,
    ground: Ground,
    demand: Demand | None,
    *,
    draft: bool,
) -> Demand | None:
    """The demand as it was registered, changed or kept; None where the form is wrong."""
    form = form_of(request, ground, demand)
    if not form.is_valid():
        return None
    told, terms, right = form.cleaned_data, form.terms, request.right
    if demand is None:
        return services.add(right, opening, terms, token=told["token"], draft=draft)
    seen = told["seen"] or 0
    return services.change(right, opening, demand.pk, terms, seen=seen, draft=draft)


def _unfinished(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    form: DemandForm,
    demand: Demand | None,
) -> HttpResponse:
    """What is wrong; while somebody is still typing, what is missing is not yet wrong."""
    if request.POST.get("do", "preview") != "preview":
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY
        return _form_page(request, act, opening, form, demand, status=wrong)
    for name in list(form.errors):
        if not form.data.get(name):
            del form.errors[name]
    return _form_page(request, act, opening, form, demand)


def _failed(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    form: DemandForm,
    demand: Demand | None,
    failed: NotPossible | ChangedMeanwhile,
) -> HttpResponse:
    """Why a demand was not saved."""
    if isinstance(failed, ChangedMeanwhile):
        return _conflict(request, act, opening, form.terms, failed.demand)
    return _with_faults(request, act, opening, form, demand, failed.faults)


def form_of(
    request: RightfulRequest,
    ground: Ground,
    demand: Demand | None,
    paid: frozenset[str] = frozenset(),
) -> DemandForm:
    """The form, its benefits those of `paid` first."""
    if request.method == "POST":
        told: dict[str, Any] = {"data": request.POST}
    elif demand:
        known = initial_of(Terms.of(demand), token=demand.pk, seen=demand.version)
        told = {"initial": known}
    else:
        told = {"initial": initial_new(request.right)}
    fixed = demand is not None and demand.state != State.DRAFT
    offered = possible_benefits(ground, request.right.on)
    if demand and fixed:
        offered = [queries.benefit_of(demand)]
    return DemandForm(
        ground,
        **told,
        offered=offered,
        paid=paid,
        municipalities=queries.municipalities_of(request.right),
        payees=payees_on(request.right.acting_for.id, request.right.on).order_by("name"),
    )


def _form_page(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    form: DemandForm,
    demand: Demand | None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    context |= {
        "form": form,
        "demand": demand,
        "law": presentation.law_of(form.ground),
        "is_advance": form.ground is Ground.SOCIAL_ASSISTANCE,
        "assumptions": presentation.assumptions(request.right.on),
    } | _estimate(act, form, demand)
    return _page(request, act, opening, "form.html", status=status, **context)


def _estimate(act: ActionAct, form: DemandForm, demand: Demand | None) -> dict[str, Any]:
    """The preview of the next payments, once the form says enough for one."""
    if not form.is_complete:
        return {"preview": [], "can_estimate": False}
    return _previewed(act, form.terms, demand)


def _previewed(act: ActionAct, terms: Terms, demand: Demand | None) -> dict[str, Any]:
    shared = queries.preview(act, terms, demand)
    case = _case(act, demand)
    return {
        "preview": presentation.preview(shared),
        "can_estimate": True,
        "warnings": checks.warnings(case, terms),
    }


def _case(act: ActionAct, demand: Demand | None) -> checks.Case:
    return checks.Case(
        claimant=act.right.acting_for.id,
        customer=act.customer,
        on=act.right.on,
        demand=demand.pk if demand else None,
    )


def _summary(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    form: DemandForm,
    demand: Demand | None,
) -> HttpResponse:
    """What will be registered, once more before it is."""
    if faults := checks.faults(_case(act, demand), form.terms):
        return _with_faults(request, act, opening, form, demand, faults)
    context: dict[str, Any] = {
        "facts": presentation.facts(form.terms),
        "demand": demand,
        "posted": posted(request.POST),
        "is_draft": demand is None or demand.state == State.DRAFT,
        "assumptions": presentation.assumptions(request.right.on),
    } | _previewed(act, form.terms, demand)
    return _page(request, act, opening, "summary.html", **context)


def _with_faults(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    form: DemandForm,
    demand: Demand | None,
    faults: list[checks.Fault],
) -> HttpResponse:
    for fault in faults:
        form.add_error(fault.field, fault.text)
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY
    return _form_page(request, act, opening, form, demand, status=wrong)


def _conflict(
    request: RightfulRequest, act: ActionAct, opening: Opening, terms: Terms, now: Demand
) -> HttpResponse:
    """Somebody else was faster: both say what they say, and the official chooses."""
    sent = [(name, value) for name, value in posted(request.POST) if name != "seen"]
    open_steps = states.steps(now.state, Actor.CLAIMANT)
    context: dict[str, Any] = {
        "demand": now,
        "state": presentation.state_of(now),
        "differences": presentation.differences(terms, Terms.of(now)),
        "posted": [*sent, ("seen", str(now.version))],
        "can_change": bool({Step.EDIT, Step.REGISTER} & set(open_steps)),
    }
    conflict = HTTPStatus.CONFLICT
    return _page(request, act, opening, "conflict.html", status=conflict, **context)


@demanding
@require_safe
def demand(request: RightfulRequest, opening_id: UUID, demand_id: UUID) -> HttpResponse:
    """A demand: how it stands, what it got so far, its history, its receipt for print."""
    opening = opening_of(request.right, opening_id)
    act = action_on(request.right, opening, DEMANDS, page="demand", demand=str(demand_id))
    found = queries.demand_of(act, demand_id)
    services.read_answer(found)
    context: dict[str, Any] = {
        "demand": found,
        "facts": presentation.facts(Terms.of(found)),
        "state": presentation.state_of(found),
        "steps": states.steps(found.state, Actor.CLAIMANT),
        "past": presentation.past(queries.past(act, found), found),
        "preview": _coming(act, found),
        "history": presentation.history(queries.versions_of(found)),
        "transferred": presentation.transferred(found, request.right.on),
        "assumptions": presentation.assumptions(request.right.on),
        "printing": printing_asked(request.GET),
        "receipt_url": pages.address(request.GET, print="1"),
        "unprinted_url": pages.address(request.GET, print=""),
    }
    return _page(request, act, opening, "demand.html", **context)


def _coming(act: ActionAct, demand: Demand) -> list[dict[str, Any]]:
    """The next payments, as long as the demand may hold for one."""
    if demand.state not in {State.DRAFT, *HOLDING}:
        return []
    return presentation.preview(queries.preview(act, Terms.of(demand), demand), demand)


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
    act = action_on(request.right, opening, DEMANDS, page=step.value, demand=str(demand_id))
    found = queries.demand_of(act, demand_id)
    told = request.POST if request.method == "POST" else None
    known = {"seen": found.version}
    form: forms.Form = (
        EndForm(found.period, told, initial=known)
        if step is Step.END
        else ReasonForm(told, initial=known)
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            return _closed(request, act, opening, found, step, form.cleaned_data)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context: dict[str, Any] = {
        "form": form,
        "demand": found,
        "facts": presentation.facts(Terms.of(found)),
        "is_end": step is Step.END,
    }
    return _page(request, act, opening, "close.html", status=status, **context)


def _closed(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    found: Demand,
    step: Step,
    told: dict[str, Any],
) -> HttpResponseBase:
    words: dict[str, Any] = {"reason": told["reason"], "seen": told["seen"]}
    try:
        if step is Step.END:
            upper = told["last"] + timedelta(days=1)
            services.end(request.right, opening, found.pk, upper=upper, **words)
        else:
            services.void(request.right, opening, found.pk, **words)
    except ChangedMeanwhile as meanwhile:
        return _conflict(request, act, opening, Terms.of(found), meanwhile.demand)
    except StepNotOpen:
        pass  # it has ended by now: its page says so
    return redirect("payment_demand", opening.pk, found.pk)


def _page(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    template: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    customer = person(act)
    frame = pages.action_context(act, customer, opening) | about_age(queries.delivered())
    told = {name: value for name, value in context.items() if name != "form"}
    one = [context["demand"]] if context.get("demand") else []
    door.show(act, len(context.get("demands", one)), told | {"customer": customer})
    return render(request, f"payment_demands/{template}", frame | context, status=status)
