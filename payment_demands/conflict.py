"""The page of who was slower: what has happened to a demand meanwhile, and what can be done."""

from collections.abc import Collection
from http import HTTPStatus

from django.http import HttpResponse

from authorizations.declarations import RightfulRequest
from authorizations.door import ActionAct
from customers.models import Opening
from kelmu.tables import Table
from payment_demands import presentation, queries, section, states
from payment_demands.forms import posted
from payment_demands.models import Demand
from payment_demands.terms import Terms
from payment_demands.words import Actor, Step


def page(
    request: RightfulRequest,
    act: ActionAct,
    opening: Opening,
    now: Demand,
    wanted: Collection[Step],
    differences: Table | None = None,
) -> HttpResponse:
    """Nothing was saved. `wanted`: the steps of which the official was about to take one. Where the
    state of the demand as it is `now` allows, sending the same again still takes it."""
    seen = request.POST.get("seen", "")
    since = int(seen) if seen.isdecimal() else 0
    versions = [one for one in queries.versions_of(now) if one.number > since]
    return section.page(
        request,
        act,
        opening,
        "conflict.html",
        status=HTTPStatus.CONFLICT,
        demand=now,
        happened=presentation.happened(versions),
        state=presentation.state_of(now),
        facts=presentation.facts(Terms.of(now)),
        differences=differences,
        posted=[(name, value) for name, value in posted(request.POST) if name != "seen"],
        is_open=bool(set(wanted) & set(states.steps(now.state, Actor.CLAIMANT))),
        wanted=set(wanted),
    )
