"""What was proposed and waits for Kela."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from administration.keys import presentation as of_keys
from administration.pages import looked
from administration.waiting import presentation, queries
from audit.models import ActKind
from authorizations.declarations import RightfulRequest, kela_admin, requires


@requires(kela_admin)
@require_safe
def waiting(request: RightfulRequest) -> HttpResponse:
    """Contacts, accounts, versions and keys to decide on, with what holds now."""
    right = request.right
    looked(request, ActKind.VIEW_PROPOSALS)
    context = {
        "contacts": presentation.contacts(queries.contacts(right.on)),
        "versions": presentation.versions(queries.versions()),
        "payees": presentation.payees(queries.payees(right.on)),
        "keys": of_keys.waiting(queries.keys(right.on)),
    }
    return render(request, "administration/waiting.html", context)
