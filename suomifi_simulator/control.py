"""The control interface: what a test or a demo orders, in JSON. It opens nothing but this process.

A body is JSON and says so, which no form of another site can.
"""

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from suomifi_simulator.cast import Grant
from suomifi_simulator.faults import Fault
from suomifi_simulator.simulator import Simulator

type Order = dict[str, Any]


def order(action: Callable[[Simulator, Order], Order]) -> Callable[..., Any]:
    """A view that carries out what the body orders; 400 with the reason if it cannot be."""

    @require_POST
    @wraps(action)
    async def view(request: ASGIRequest, simulator: Simulator) -> HttpResponse:
        if request.content_type != "application/json":
            return JsonResponse({"error": "the body is not application/json"}, status=415)
        try:
            return JsonResponse(action(simulator, json.loads(request.body or b"{}")))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return JsonResponse({"error": str(error)}, status=400)

    return view


@order
def grant(simulator: Simulator, given: Order) -> Order:
    """Grant mandates, from now on without end."""
    simulator.register.grant(Grant.of(given))
    return {}


@order
def void(simulator: Simulator, given: Order) -> Order:
    """Void mandates between two parties."""
    return {"voided": simulator.register.void(Grant.of(given))}


@order
def fault(simulator: Simulator, given: Order) -> Order:
    """Let something go wrong."""
    simulator.faults.order(Fault(**given))
    return {}


@order
def mend(simulator: Simulator, given: Order) -> Order:
    """Take the faults of a person back, or all."""
    simulator.faults.clear(given.get("person"))
    return {}


@order
def clock(simulator: Simulator, given: Order) -> Order:
    """Put the protocol's clock off by some seconds."""
    simulator.clock.skew = float(given["skew"])
    return {}


@order
def rotate_keys(simulator: Simulator, given: Order) -> Order:
    """Sign by a new key."""
    provider = {"idp": simulator.identification, "kela": simulator.kela}[given["provider"]]
    provider.keys.rotate()
    return {"kid": provider.keys.current.kid}


@order
def reset(simulator: Simulator, given: Order) -> Order:
    """As it was at the start."""
    simulator.reset()
    return {}


@require_GET
async def state(request: ASGIRequest, simulator: Simulator) -> HttpResponse:
    """What is open and what was closed, of one person (slug) or of all; no personal data."""
    person = request.GET.get("person")
    service = simulator.authorizations
    sessions = [s.person.slug for s in service.sessions.values()]
    tokens = [s.person.slug for s in service.access_tokens.values() if service.is_open(s)]
    return JsonResponse(
        {
            "today": simulator.clock.today().isoformat(),
            "skew": simulator.clock.skew,
            "sessions": {
                "registered": _count(service.registered.elements(), person),
                "unregistered": _count(service.unregistered.elements(), person),
                "open": _count(sessions, person),
            },
            "access_tokens": _count(tokens, person),
            "signed_in": {
                provider.slug: _count((i.account.slug for i in provider.sso.values()), person)
                for provider in (simulator.identification, simulator.kela)
            },
            "faults": [vars(fault) for fault in simulator.faults.ordered],
        }
    )


def _count(slugs: Iterable[str], person: str | None) -> int:
    return sum(person in (None, slug) for slug in slugs)
