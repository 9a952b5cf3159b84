"""What the pages of the section share: who may come there, and a page about an opened customer."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from authorizations import door
from authorizations.declarations import RightfulRequest, opens_action, requires
from authorizations.door import ActionAct
from authorizations.rights import Right
from authorizations.rulebook import Action
from benefits.presentation import about_age
from customers import pages
from customers.models import Opening
from customers.queries import action_on, person
from payment_demands import queries
from payment_demands.reference import reference
from payment_demands.words import Ground

DEMANDS = Action.PAYMENT_DEMANDS
READ = ["GET", "HEAD", "POST"]
demanding = requires(opens_action(DEMANDS))


def look(
    right: Right, opening: Opening, ground: Ground, page: str, demand_id: UUID | None = None
) -> ActionAct:
    """The act of looking at what a demand by a law says, or would say, its row written."""
    law = reference().grounds[ground].law
    told: dict[str, Any] = {"demand": str(demand_id)} if demand_id else {}
    return action_on(right, opening, DEMANDS, law=law, page=page, **told)


def page(
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
