"""For Kela's admins: what waits to be scanned or delivered and does not get on, and sending it
again. Nobody is named: an errand knows the organisation alone."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, kela_admin, requires
from authorizations.desk import open_desk
from authorizations.rights import Right
from documents import services
from documents.models import Errand
from documents.words import Trouble
from kelmu.formats import moment, number

ON_A_PAGE = 50


def sends_again(right: Right) -> bool:
    """Somebody of Kela who puts documents on their way again."""
    return bool({"preparing", "service_desk"} & set(right.kela_groups))


@requires(kela_admin)
@require_safe
def errands(request: RightfulRequest) -> HttpResponse:
    """Errands that did not succeed at once: those that gave up first."""
    log.write(log.Row(act=ActKind.VIEW_SENDINGS, **door.who(request.right)))
    rows = Errand.objects.filter(Q(attempts__gt=0) | Q(dead_at__isnull=False))
    ordered = rows.select_related("organisation").order_by("dead_at", "due_at", "pk")
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "errands": [_row(one) for one in page],
        "page": page,
        "may_send": sends_again(request.right),
        "done": "again" in request.GET,
        "under_way": number(Errand.objects.filter(dead_at=None).count()),
    }
    return render(request, "documents/kela/errands.html", context)


@requires(sends_again)
@require_POST
def again(request: RightfulRequest, sending_id: UUID) -> HttpResponseBase:
    """Puts a sending whose delivery gave up on its way again, under the same number."""
    errand = get_object_or_404(Errand, pk=sending_id, dead_at__isnull=False)
    log.act_for(errand.organisation_id)
    row = door.who(request.right) | {"organisation_id": errand.organisation_id}
    log.write(log.Row(act=ActKind.DELIVER_AGAIN, details={"sending": str(sending_id)}, **row))
    open_desk()
    services.put_on_its_way(request.right, sending_id)
    return redirect(reverse("kela_errands", query={"again": "1"}))


def _in_words(fault: str) -> str:
    """Why the last attempt failed, with what the other side said, if it said anything."""
    word, _, detail = fault.partition(" ")
    told = str(Trouble(word).label)
    return f"{told} ({detail})" if detail else told


def _row(one: Errand) -> dict[str, Any]:
    return {
        "id": one.pk,
        "organisation": one.organisation.name,
        "attempts": number(one.attempts),
        "fault": _in_words(one.fault),
        "dead": moment(one.dead_at) if one.dead_at else "",
        "next": moment(one.due_at),
    }
