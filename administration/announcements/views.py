"""Katkot ja tiedotteet: what Kela announces to everybody. The preparing group writes."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.announcements import queries, services
from administration.announcements.forms import FORMS, NewsForm
from administration.pages import looked
from audit.models import ActKind
from authorizations.declarations import RightfulRequest, kela_admin, prepares, requires
from kelmu import clock
from kelmu.formats import moment
from kelmu.models import Announcement
from kelmu.tables import Column, Table

DAYS_BEFORE = 7


@requires(kela_admin)
@require_safe
def announcements(request: RightfulRequest) -> HttpResponse:
    """What is announced now, what is coming and what is over."""
    looked(request, ActKind.VIEW_ANNOUNCEMENTS)
    context = {
        "in_force": queries.in_force().order_by("period"),
        "now": clock.now(),
        "past": _past(),
        "writes": prepares(request.right),
    }
    return render(request, "administration/announcements/announcements.html", context)


def _past() -> Table:
    return Table(
        caption=_("Past"),
        columns=[
            Column(_("Begins")),
            Column(_("Ends")),
            Column(_("Kind")),
            Column(_("Ended early")),
            Column(_("Text")),
        ],
        rows=[
            [
                moment(one.starts_at),
                moment(one.ends_at),
                one.get_kind_display(),
                moment(one.ended_at) if one.ended_at else "–",
                one.text,
            ]
            for one in queries.past()
        ],
        empty=_("Nothing has been announced before."),
    )


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: RightfulRequest, kind: str) -> HttpResponseBase:
    """A new break or news."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](
        request.POST if request.method == "POST" else None, initial={"days_before": DAYS_BEFORE}
    )
    if form.is_valid():
        services.announce(request.right, kind, form.cleaned_data)
        return redirect("announcements")
    return _form_page(request, form, kind)


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: RightfulRequest, announcement_id: int) -> HttpResponseBase:
    """What is announced, changed."""
    known = get_object_or_404(queries.in_force().select_for_update(), pk=announcement_id)
    form = FORMS[known.kind](
        request.POST if request.method == "POST" else None, initial=_initial(known), known=known
    )
    if form.is_valid():
        services.change(request.right, known, form.cleaned_data)
        return redirect("announcements")
    return _form_page(request, form, known.kind)


def _initial(known: Announcement) -> dict[str, Any]:
    return {name: getattr(known, name) for name in FORMS[known.kind].base_fields}


def _form_page(request: RightfulRequest, form: NewsForm, kind: str) -> HttpResponse:
    context = {"form": form, "is_break": kind == Announcement.Kind.BREAK}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    page = "administration/announcements/form.html"
    return render(request, page, context, status=status)


@requires(prepares)
@require_POST
def end(request: RightfulRequest, announcement_id: int) -> HttpResponseBase:
    """Ends a break or news, or takes it back."""
    known = get_object_or_404(queries.in_force().select_for_update(), pk=announcement_id)
    services.end(request.right, known)
    return redirect("announcements")
