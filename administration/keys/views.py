"""Keys of the technical interface, for Kela's admins."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from administration.keys import presentation, services
from administration.keys.queries import State, keys_of, state
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import (
    RightfulRequest,
    approves_at_kela,
    ends_at_kela,
    kela_admin,
    requires,
)


@requires(kela_admin)
@require_safe
def key(request: RightfulRequest, organisation_id: int, key_id: int) -> HttpResponse:
    """One key, and what Kela may do with it."""
    return _page(request, organisation_id, key_id)


@requires(approves_at_kela)
@require_POST
def approve(request: RightfulRequest, organisation_id: int, key_id: int) -> HttpResponseBase:
    """Lets the key be used."""
    get_object_or_404(keys_of(organisation_id), pk=key_id)
    try:
        services.approve(request.right, key_id)
    except ValidationError as error:
        return _page(request, organisation_id, key_id, error.messages)
    return redirect("kela_key", organisation_id, key_id)


@requires(ends_at_kela)
@require_POST
def end(request: RightfulRequest, organisation_id: int, key_id: int) -> HttpResponseBase:
    """Refuses a key that waits, or ends one that holds, at once."""
    get_object_or_404(keys_of(organisation_id), pk=key_id)
    services.end(request.right, key_id)
    return redirect("kela_key", organisation_id, key_id)


def _page(
    request: RightfulRequest, organisation_id: int, key_id: int, faults: list[str] | None = None
) -> HttpResponse:
    right = request.right
    rows = keys_of(organisation_id).select_related("organisation")
    found = get_object_or_404(rows, pk=key_id)
    door.write_office_act(right, ActKind.VIEW_KEYS, organisation_id, key=found.kid)
    standing = state(found, right.on)
    context = {
        "key": found,
        "facts": presentation.facts(found, right.on),
        "history": presentation.history(found),
        "faults": faults,
        "may_approve": standing is State.WAITS and approves_at_kela(right),
        "may_end": standing in (State.WAITS, State.HOLDS) and ends_at_kela(right),
    }
    return render(request, "administration/keys/key.html", context, status=422 if faults else None)
