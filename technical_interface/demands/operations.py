"""Payment demands: the organisation's list, those on one customer, one of them, what is done.

The same services, checks, rows of the log and refusals as the pages have; what is wrong is told in
the words of their form. A refusal may tell of the customer, so the rows before it stay in the log.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Query, Router

from audit.models import ActKind
from authorizations.declarations import opens_action
from authorizations.refusals import Reason
from customers.queries import action_on
from organisations.queries import payees_on
from payment_demands import attention, checks, presentation, queries, section, services
from payment_demands.forms import possible_benefits
from payment_demands.models import Demand
from payment_demands.reference import reference
from payment_demands.section import DEMANDS
from payment_demands.words import Ground
from technical_interface import idempotency, problems
from technical_interface.calls import CallRequest, Needs, require_case_reference
from technical_interface.customers import Asked
from technical_interface.demands import told
from technical_interface.demands.asked import (
    Content,
    Ending,
    Narrowing,
    NewDemand,
    Sketch,
    Voiding,
)
from technical_interface.demands.doing import (
    case_of,
    done,
    faults_told,
    known,
    of_customer,
    searched,
    terms_of,
    wrong,
)
from technical_interface.forms import errors_of
from technical_interface.paging import page
from technical_interface.problems import Kind
from technical_interface.telling import told as as_json
from technical_interface.versions import OF_CHANGES, tagged, version_read

router = Router(tags=["Payment demands"], auth=Needs(opens_action(DEMANDS), Reason.ACTION_NOT_OPEN))
ONE = "/payment-demands/{demand_id}"
OF_ALL: dict[str, Any] = {"x-problems": ["400", "403"]}
OF_STEPS: dict[str, Any] = {**OF_ALL, "x-if-match": True}
OF_STEPS["x-problems"] = [*OF_ALL["x-problems"], *OF_CHANGES["x-problems"]]
OF_MAKING = OF_ALL | {"x-idempotent": True}


@router.get(
    "/payment-demands",
    response=told.DemandRows,
    summary="The organisation’s demands",
    openapi_extra=OF_ALL,
)
def demands(request: CallRequest, asked: Query[Narrowing]) -> HttpResponse:
    """The demands on all customers, narrowed as on the page. `after` reads on from a cursor that
    an earlier answer told, and misses nothing that has come since; one that is changed keeps its
    place, one that is handed over to the organisation comes anew. Each page is an act with a row
    for each person on it."""
    require_case_reference(request.right)
    rows = attention.demands(request.right, asked.filters)
    shown, end = page(rows, "payment_demands_give_turns", asked)
    attention.look(request.right, ActKind.VIEW_DEMANDS, shown, asked.filters)
    return JsonResponse({"rows": [told.row(one) for one in shown]} | end)


@router.get(
    "/payment-demands/choices",
    response=told.Choices,
    summary="What a demand can name",
    openapi_extra=OF_ALL,
)
def choices(request: CallRequest) -> HttpResponse:
    """Laws with the benefits that each allows, the organisation’s municipalities and accounts, as
    the form offers them today. Nothing of a customer."""
    right, ways = request.right, []
    slugs: set[str] = set()
    for ground, of_ground in reference().grounds.items():
        allowed = sorted(one.slug for one in possible_benefits(ground, right.on))
        slugs |= set(allowed)
        law = as_json(of_ground.law.citation)
        ways.append({"ground": ground.value, "law": law, "benefits": allowed})
    places = queries.municipalities_of(right)
    content = {
        "grounds": ways,
        "municipalities": [{"code": one.code, "name": one.name} for one in places],
        "payees": [told.account(one) for one in payees_on(right.acting_for.id, right.on)],
        "names": as_json(told.named(slugs)),
    }
    return JsonResponse(content)


@router.post(
    "/customers/payment-demands",
    response=told.CustomersDemands,
    summary="The demands on a customer",
    openapi_extra=OF_ALL,
)
def customers_demands(request: CallRequest, asked: Asked) -> HttpResponse:
    """The organisation’s demands on one customer, those in force first."""
    opening = searched(request, asked.hetu)
    if opening is None:
        return problems.answer(Kind.CUSTOMER_NOT_FOUND)
    act = action_on(request.right, opening, DEMANDS)
    found = list(queries.demands_of(act))
    rows = [told.customers_demand(one) for one in found]
    return of_customer(act, {one.benefit_id for one in found}, len(rows), {"demands": rows})


@router.post(
    "/payment-demands/preview",
    response=told.Preview,
    summary="Preview who gets what",
    openapi_extra=OF_ALL,
)
def preview(request: CallRequest, asked: Sketch) -> HttpResponse:
    """The next payments with the demand and without it. What would stand in the way of registering
    is answered as it would be then."""
    opening = searched(request, asked.hetu)
    if opening is None:
        return problems.answer(Kind.CUSTOMER_NOT_FOUND)
    act = section.look(request.right, opening, asked.ground, "preview", asked.demand)
    demand = queries.demand_of(act, asked.demand) if asked.demand else None
    terms, errors = terms_of(request.right, asked, demand)
    if terms and (faults := checks.faults(case_of(act, demand), terms)):
        errors = faults_told(faults)
    if terms is None or errors:
        return problems.answer(Kind.INVALID, errors=errors)
    payments = [told.coming_part(one, demand) for one in queries.preview(act, terms, demand)]
    content = {
        "payments": payments,
        "warnings": checks.warnings(case_of(act, demand), terms),
        "assumptions": presentation.assumptions(request.right.on),
    }
    return of_customer(act, {terms.benefit}, len(payments), content)


@router.post(
    "/payment-demands",
    response={201: told.DemandStanding},
    summary="Register a demand",
    openapi_extra=OF_MAKING,
)
def register(request: CallRequest, asked: NewDemand) -> HttpResponse:
    """Registers a demand, once for each Idempotency-Key."""
    number = idempotency.number_of(request, "register a demand")
    opening = searched(request, asked.hetu)
    if opening is None:
        return problems.answer(Kind.CUSTOMER_NOT_FOUND)
    if made := queries.first_version(number):
        same = made.demand.customer_id == opening.customer_id
        if not same or asked.superfluous(None) or not asked.says(presentation.terms_of(made)):
            return problems.answer(Kind.KEY_REUSED)
        return tagged(told.first_standing(made), made.number, HTTPStatus.CREATED)
    terms, errors = terms_of(request.right, asked, None)
    if terms is None:
        return wrong(request.right, opening, asked.ground, errors)
    return done(
        request.right,
        opening,
        asked.ground,
        lambda: services.add(request.right, opening, terms, token=number),
        HTTPStatus.CREATED,
    )


@router.get(ONE, response=told.OneDemand, summary="A demand", openapi_extra=OF_ALL)
def demand(request: CallRequest, demand_id: UUID) -> HttpResponse:
    """What it says, what it got so far, what it may get, its history. The version stands in ETag
    too."""
    opening = known(request, demand_id)
    act = action_on(request.right, opening, DEMANDS, page="demand", demand=str(demand_id))
    found = queries.demand_of(act, demand_id)
    services.read_answer(found)
    of = told.whole(
        found,
        request.right.on,
        queries.past(act, found),
        queries.coming(act, found),
        queries.versions_of(found),
    )
    slugs = {found.benefit_id, *(one["terms"]["benefit"] for one in of["history"])}
    answer = of_customer(act, slugs, 1, {"demand": of})
    answer["ETag"] = f'"{found.version}"'
    return answer


@router.put(ONE, response=told.DemandStanding, summary="Change a demand", openapi_extra=OF_STEPS)
def edit(request: CallRequest, demand_id: UUID, asked: Content) -> HttpResponse:
    """Says what a demand says from now on, the whole of it; Kela answers it anew. The law stays,
    and of what is registered the benefit. A draft, saved on the pages, is registered by it."""
    seen, opening = version_read(request), known(request, demand_id)
    right, found = request.right, services.held(opening, demand_id)
    ground = Ground(found.ground)
    terms, errors = terms_of(right, asked, found)
    if terms is None:
        return wrong(right, opening, ground, errors, demand_id)
    return done(
        right,
        opening,
        ground,
        lambda: services.change(right, opening, demand_id, terms, seen=seen),
    )


@router.post(
    f"{ONE}/end", response=told.DemandStanding, summary="End a demand", openapi_extra=OF_STEPS
)
def end(request: CallRequest, demand_id: UUID, asked: Ending) -> HttpResponse:
    """Ends a demand on a day, once and for good."""
    return _closed(request, demand_id, asked, services.end)


@router.post(
    f"{ONE}/void", response=told.DemandStanding, summary="Void a demand", openapi_extra=OF_STEPS
)
def void(request: CallRequest, demand_id: UUID, asked: Voiding) -> HttpResponse:
    """Voids a demand, once and for good. What was paid stays paid."""
    return _closed(request, demand_id, asked, services.void)


def _closed(
    request: CallRequest, demand_id: UUID, asked: Ending | Voiding, close: Callable[..., Demand]
) -> HttpResponse:
    seen, opening = version_read(request), known(request, demand_id)
    right, found = request.right, services.held(opening, demand_id)
    ground, form = Ground(found.ground), asked.form(found, seen)
    if not form.is_valid():
        return wrong(right, opening, ground, errors_of(form), demand_id)
    return done(right, opening, ground, lambda: close(right, opening, demand_id, **form.words))
