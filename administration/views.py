"""Pages of Kela's admins; no customer's data."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from administration import presentation, queries
from administration.pages import looked
from audit.models import ActKind
from authorizations.declarations import RightfulRequest, kela_admin, requires


@requires(kela_admin)
@require_safe
def feeds(request: RightfulRequest) -> HttpResponse:
    """What Kela's systems delivered, how old it is, and what was left out of it and why."""
    looked(request, ActKind.VIEW_FEEDS)
    batches = queries.latest_batches()
    context = {
        "newest": presentation.newest(queries.newest_of_each_feed()),
        "batches": presentation.batches(batches),
        "rejects": presentation.rejects(queries.rejects_of(batches)),
    }
    return render(request, "administration/feeds.html", context)
