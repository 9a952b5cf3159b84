"""The authorizer's page, and Kela's way to end the sessions of somebody's official."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.models import ActKind
from authorizations.access_review import presentation, queries, services
from authorizations.access_review.forms import NameForm, ReasonForm, ReviewForm
from authorizations.declarations import (
    RightfulRequest,
    ends_sessions_at_kela,
    requires,
    reviews_access,
)
from authorizations.models import Official
from authorizations.rights import Right
from kelmu.dates import valid_on
from kelmu.formats import day
from organisations.models import Organisation
from organisations.queries import ending_within

PEOPLE_ON_A_PAGE = 50
MOST_FOUND = 20


@requires(reviews_access)
@require_http_methods(["GET", "HEAD", "POST"])
def access_review(request: RightfulRequest) -> HttpResponse:
    """Who of the organisation has used Kelmu, with which mandates. POST searches and pages."""
    form = ReviewForm(request.POST if request.method == "POST" else {"order": queries.Order.NAME})
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_people(request.right, wanted), PEOPLE_ON_A_PAGE).get_page(
        request.POST.get("page")
    )
    people = queries.reviewed(request.right, list(page))
    organisation = request.right.acting_for
    services.write_review(
        request.right, ActKind.REVIEW_ACCESS, organisation.id, people=len(people), page=page.number
    )
    context = {
        "form": form,
        "page": page,
        "people": [presentation.person(one) for one in people],
        "done": _done(request),
        "ends_on": _ends_on(request.right),
        "day": day(request.right.on),
    }
    return render(request, "authorizations/access_review.html", context)


def _ends_on(right: Right) -> str:
    """The last day of the agreement, if it is near: then mandates are to be voided."""
    near = ending_within(right.on, settings.AGREEMENT_LAPSING_DAYS)
    agreement = near.filter(valid_on(right.on), organisation=right.acting_for.id).first()
    return day(agreement.validity.upper - timedelta(days=1)) if agreement else ""


def _people(right: Right, wanted: dict[str, Any]) -> Any:
    return queries.officials(
        right,
        name=wanted.get("name", ""),
        order=wanted.get("order", queries.Order.NAME),
        only_marked=wanted.get("attention", False),
    )


def _done(request: RightfulRequest) -> dict[str, str]:
    """What was done just before, and to whom."""
    what, _, official = request.GET.get("done", "").partition("-")
    if what not in {"ended", "left", "back"} or not official.isdecimal():
        return {}
    found = Official.objects.filter(pk=official, organisation=request.right.acting_for.id).first()
    return {"what": what, "name": found.name} if found else {}


@requires(reviews_access)
@require_GET
def download_access_review(request: RightfulRequest) -> HttpResponse:
    """The whole list as a file for a spreadsheet."""
    people = queries.reviewed(request.right, list(queries.officials(request.right)))
    services.write_review(
        request.right,
        ActKind.DOWNLOAD_ACCESS_REVIEW,
        request.right.acting_for.id,
        people=len(people),
    )
    name = f"kelmu-access-review-{request.right.on.isoformat()}.csv"
    return HttpResponse(
        presentation.as_csv(people),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(reviews_access)
@require_POST
def end_sessions(request: RightfulRequest, official_id: int) -> HttpResponseBase:
    official = _own(request.right, official_id)
    services.end_sessions(request.right, official.organisation_id, official.subject)
    return _back(official, "ended")


@requires(reviews_access)
@require_POST
def mark_as_left(request: RightfulRequest, official_id: int) -> HttpResponseBase:
    official = _own(request.right, official_id)
    services.mark_as_left(request.right, official)
    return _back(official, "left")


@requires(reviews_access)
@require_POST
def take_mark_back(request: RightfulRequest, official_id: int) -> HttpResponseBase:
    official = _own(request.right, official_id)
    services.take_mark_back(request.right, official)
    return _back(official, "back")


def _own(right: Right, official_id: int) -> Official:
    return get_object_or_404(Official, pk=official_id, organisation=right.acting_for.id)


def _back(official: Official, done: str) -> HttpResponseBase:
    return redirect(reverse("access_review", query={"done": f"{done}-{official.pk}"}))


@requires(ends_sessions_at_kela)
@require_http_methods(["GET", "HEAD", "POST"])
def kela_people(request: RightfulRequest, organisation_id: int) -> HttpResponse:
    """Kela looks somebody of an organisation up by name, to end their sessions."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    services.write_review(request.right, ActKind.REVIEW_ACCESS, organisation.pk)
    form = NameForm(request.POST or None)
    return _kela_page(request, organisation, form)


@requires(ends_sessions_at_kela)
@require_POST
def kela_end_sessions(
    request: RightfulRequest, organisation_id: int, official_id: int
) -> HttpResponse:
    """Ends the sessions of somebody of an organisation, with a reason."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    services.write_review(request.right, ActKind.REVIEW_ACCESS, organisation.pk)
    official = get_object_or_404(Official, pk=official_id, organisation=organisation)
    reason = ReasonForm(request.POST)
    found = NameForm({"name": official.name})
    if not reason.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _kela_page(request, organisation, found, reason, status=status)
    ended = services.end_sessions(
        request.right, organisation.pk, official.subject, reason=reason.cleaned_data["reason"]
    )
    return _kela_page(request, organisation, found, done=official.name, ended=ended)


def _kela_page(
    request: RightfulRequest,
    organisation: Organisation,
    form: NameForm,
    reason: ReasonForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    name = form.cleaned_data["name"] if form.is_valid() else ""
    found = list(queries.named(organisation.pk, name).order_by("name")[:MOST_FOUND]) if name else []
    sessions = queries.sessions_of(organisation.pk, [official.subject for official in found])
    context |= {
        "organisation": organisation,
        "form": form,
        "reason": reason or ReasonForm(),
        "searched": bool(name),
        "people": [
            {"id": official.pk, "name": official.name, "sessions": sessions[official.subject]}
            for official in found
        ],
    }
    return render(request, "authorizations/access_review_kela.html", context, status=status)
