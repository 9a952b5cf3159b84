"""Payment demands: search for a customer, the customer's demands, and one of them."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from authorizations.declarations import RightfulRequest
from authorizations.refusals import MandatesTooOld
from customers import kept_search, pages
from customers.queries import action_on, opening_of, printing_asked
from customers.services import open_for_action
from customers.views import by_suomifi, go
from payment_demands import presentation, queries, section, services, states
from payment_demands.forms import DemandSearchForm
from payment_demands.section import DEMANDS, READ, demanding
from payment_demands.terms import Terms
from payment_demands.words import Actor


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
    return section.page(request, act, opening, "customers_demands.html", demands=rows)


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
        "preview": presentation.preview(queries.coming(act, found), found),
        "history": presentation.history(queries.versions_of(found)),
        "transferred": presentation.transferred(found, request.right.on),
        "assumptions": presentation.assumptions(request.right.on),
        "printing": printing_asked(request.GET),
        "receipt_url": pages.address(request.GET, print="1"),
        "unprinted_url": pages.address(request.GET, print=""),
    }
    return section.page(request, act, opening, "demand.html", **context)
