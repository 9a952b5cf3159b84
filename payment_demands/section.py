"""What the pages of the section share: who may come there, and a page about an opened customer."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from authorizations import door
from authorizations.declarations import RightfulRequest, opens_action, requires
from authorizations.door import ActionAct
from authorizations.rulebook import Action
from benefits.presentation import about_age
from customers import pages
from customers.models import Opening
from customers.queries import person
from payment_demands import queries

DEMANDS = Action.PAYMENT_DEMANDS
READ = ["GET", "HEAD", "POST"]
demanding = requires(opens_action(DEMANDS))


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
