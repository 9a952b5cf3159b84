"""What operations on demands share: whose they are, the terms asked for, how a step ends."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from authorizations import door
from authorizations.door import ActionAct
from authorizations.rights import Right
from customers.models import Opening
from customers.queries import person
from customers.services import open_for_action, open_known_for_action
from payment_demands import editing, queries, section
from payment_demands.checks import Case, Fault
from payment_demands.models import Demand
from payment_demands.section import DEMANDS
from payment_demands.services import ChangedMeanwhile, NotPossible, StepNotOpen
from payment_demands.terms import Terms
from payment_demands.words import Ground
from technical_interface import problems
from technical_interface.calls import CallRequest, require_case_reference
from technical_interface.demands import told
from technical_interface.demands.asked import Content, hidden
from technical_interface.forms import Errors, errors_of, not_possible
from technical_interface.problems import Kind
from technical_interface.telling import told as as_json
from technical_interface.versions import tagged


def searched(request: CallRequest, hetu: str) -> Opening | None:
    """The customer, opened for demands; None, also written, where Kela knows nobody by the code."""
    require_case_reference(request.right)
    reference = _case_reference(request.right)
    return open_for_action(request.right, DEMANDS, hetu, case_reference=reference)


def known(request: CallRequest, demand_id: UUID) -> Opening:
    """The customer of a demand of the organisation's, opened. Raises Refused for any other."""
    require_case_reference(request.right)
    customer = queries.customer_of(request.right, demand_id)
    reference = _case_reference(request.right)
    return open_known_for_action(request.right, DEMANDS, customer, case_reference=reference)


def _case_reference(right: Right) -> str:
    return right.call.case_reference if right.call else ""


def case_of(act: ActionAct, demand: Demand | None) -> Case:
    return Case(
        claimant=act.right.acting_for.id,
        customer=act.customer,
        on=act.right.on,
        demand=demand.pk if demand else None,
    )


def terms_of(right: Right, asked: Content, demand: Demand | None) -> tuple[Terms | None, Errors]:
    """The terms, or what is wrong with them."""
    if errors := asked.superfluous(demand):
        return None, errors
    form = editing.offering(right, asked.ground, demand, data=asked.typed | hidden())
    return (form.terms, []) if form.is_valid() else (None, errors_of(form))


def faults_told(faults: Iterable[Fault]) -> Errors:
    return [not_possible(fault.field, fault.text) for fault in faults]


def wrong(
    right: Right,
    opening: Opening,
    ground: Ground,
    errors: Errors,
    demand_id: UUID | None = None,
) -> HttpResponse:
    """What is wrong, as the form would show it: a look, which has its row."""
    section.look(right, opening, ground, "form", demand_id)
    return problems.answer(Kind.INVALID, errors=errors)


def done(
    right: Right,
    opening: Opening,
    ground: Ground,
    do: Callable[[], Demand],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """How the demand stands after a step, or why it was not taken."""
    try:
        done = do()
    except NotPossible as error:
        return wrong(right, opening, ground, faults_told(error.faults))
    except ChangedMeanwhile:
        return problems.answer(Kind.CHANGED_MEANWHILE)
    except StepNotOpen:
        return problems.answer(Kind.NOT_IN_THIS_STATE)
    return tagged(told.standing(done), done.version, status)


def of_customer(
    act: ActionAct, slugs: Iterable[str], number: int, content: dict[str, Any]
) -> HttpResponse:
    """An answer about a customer, noted as what the act has shown."""
    frame = {
        "customer": person(act),
        "made_at": queries.delivered().made_at,
        "names": told.named(slugs),
    }
    whole = as_json(frame) | content
    door.show(act, number, whole)
    return JsonResponse(whole)
