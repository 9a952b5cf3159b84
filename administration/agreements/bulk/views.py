"""Steps with many agreements at once: what would happen, and how far it has come."""

from collections import Counter

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.agreements.bulk import presentation, services
from administration.agreements.bulk.forms import BulkForm
from administration.agreements.bulk.planning import plan
from administration.models import BulkItem, BulkRun
from administration.pages import looked, status_of, taken
from audit.models import ActKind
from authorizations.declarations import RightfulRequest, agrees_at_kela, requires

PAGES = "administration/agreements/bulk"


@requires(agrees_at_kela)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: RightfulRequest) -> HttpResponseBase:
    """The step and whom it concerns stand in the address; POST begins it."""
    looked(request, ActKind.VIEW_AGREEMENTS)
    form = BulkForm(request.right, request.GET if "what" in request.GET else None)
    told = []
    if form.is_valid():
        told = plan(request.right, form.wanted)
        if request.method == "POST":
            chosen = {int(one) for one in request.POST.getlist("left_out") if one.isdecimal()}
            if run := taken(form, lambda: services.start(request.right, form.wanted, chosen)):
                services.go_on(request.right, run)
                return redirect("kela_bulk_run", run.pk)
    context = {
        "form": form,
        "rows": presentation.planned(told),
        "is_asked": form.is_bound,
        "to_do": sum(not one.hindrance for one in told),
    }
    return render(request, f"{PAGES}/bulk.html", context, status=status_of(form))


@requires(agrees_at_kela)
@require_safe
def bulk_run(request: RightfulRequest, run_id: int) -> HttpResponse:
    """How far it has come, and what came of each row."""
    looked(request, ActKind.VIEW_AGREEMENTS, run=run_id)
    return _progress(request, get_object_or_404(BulkRun, pk=run_id))


@requires(agrees_at_kela)
@require_POST
def go_on(request: RightfulRequest, run_id: int) -> HttpResponseBase:
    """The next rows. htmx asks for it until none waits; without JavaScript a button does."""
    run = get_object_or_404(BulkRun, pk=run_id)
    services.go_on(request.right, run)
    if request.htmx:
        return _progress(request, run)
    return redirect("kela_bulk_run", run.pk)


def _progress(request: RightfulRequest, run: BulkRun) -> HttpResponse:
    items = list(run.items.select_related("organisation", "agreement"))
    counted = Counter(item.state for item in items)
    waiting = counted[BulkItem.State.WAITING]
    context = {
        "run": run,
        "facts": presentation.facts(run),
        "total": len(items),
        "done": counted[BulkItem.State.DONE],
        "left_out": counted[BulkItem.State.LEFT_OUT],
        "waiting": waiting,
        "may_go_on": waiting and run.by == request.right.subject,
        "items": presentation.items(items),
    }
    page = "_progress" if request.htmx else "run"
    return render(request, f"{PAGES}/{page}.html", context)
