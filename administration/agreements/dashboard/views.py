"""The start page of Kela's admins: who is where and late, and how the service is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from administration.agreements.dashboard import presentation, queries
from administration.pages import looked
from administration.queries import newest_of_each_feed
from audit import state
from audit.models import ActKind
from authorizations.declarations import (
    RightfulRequest,
    kela_admin,
    oversees_at_kela,
    requires,
)
from authorizations.queries import KELA_GROUPS


@requires(kela_admin)
@require_safe
def kela_start(request: RightfulRequest) -> HttpResponse:
    """Agreements by state and deadline, and the service; no customer's data."""
    right = request.right
    looked(request, ActKind.VIEW_AGREEMENTS)
    context = {
        "groups": [KELA_GROUPS[group] for group in right.kela_groups],
        "alarms": presentation.alarms(state.alarms(), oversees=oversees_at_kela(right)),
        "late": presentation.late(queries.late(right.on), right.on),
        "states": presentation.states(
            queries.by_state(right.on), queries.without_agreement(right.on)
        ),
        "commissioning": presentation.commissioning(queries.commissioning(right.on), right.on),
        "waiting": presentation.waiting(queries.waiting_for_approval()),
        "lapsing": presentation.lapsing(queries.lapsing(right.on)),
        "unanswered": presentation.unanswered(queries.unanswered()),
        "service": presentation.service(newest_of_each_feed(), queries.coming_breaks()),
    }
    return render(request, "administration/agreements/dashboard.html", context)
