"""Search for a customer, and closing or reopening an opened one."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from authorizations.declarations import RightfulRequest, caseworker, requires
from authorizations.explaining.coming import coming_changes
from authorizations.queries import purpose_rows
from authorizations.refusals import MandatesTooOld, Reason
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from authorizations.views import read_mandates_again
from customers import kept_search, municipal, queries, services, tabs
from customers.forms import SearchForm
from customers.models import Opening


@requires(caseworker, otherwise=Reason.NO_MANDATE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: RightfulRequest) -> HttpResponseBase:
    """Choice of purpose and search for a customer, in one form."""
    if elsewhere := _elsewhere(request):
        return go(request, elsewhere)
    if request.method != "POST" and (place := kept_search.place(request.session)) != "start":
        return redirect(place)  # back from Suomi.fi to where the search was
    form = _form(request)
    if request.method != "POST":
        return _start_page(request, form)
    if not form.is_valid():
        return _start_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _search(request, form)


@requires(caseworker, otherwise=Reason.NO_MANDATE)
@require_POST
def change_purpose(request: RightfulRequest, opening_id: UUID) -> HttpResponseBase:
    """The same customer under another purpose: a new check and an act of its own."""
    opening = queries.opening_of(request.right, opening_id)
    purpose = request.POST.get("purpose", "")
    return show_opened(request, lambda: services.open_under(request.right, opening, purpose))


@requires(caseworker, otherwise=Reason.NO_MANDATE)
@require_POST
def close(request: RightfulRequest, opening_id: UUID) -> HttpResponseBase:
    services.close(request.right, queries.opening_of(request.right, opening_id))
    return redirect("start")


def _elsewhere(request: RightfulRequest) -> str:
    """Where a purpose that is chosen by municipality goes on; empty for one of a customer."""
    slug = request.POST.get("purpose", "")
    if slug not in [opened.purpose.value for opened in municipal.purposes(request.right)]:
        return ""
    known = ("purpose", "municipality", "content", "fetch")
    asked = {name: request.POST[name] for name in known if name in request.POST}
    return municipal.address(**asked)


def _form(request: RightfulRequest) -> SearchForm:
    choices = queries.purpose_choices(request.right)
    if request.method == "POST":
        return SearchForm(request.right, choices, request.POST)
    initial = kept_search.take(request.session) or {
        "purpose": queries.last_purpose(request.right) or (choices[0][0] if choices else "")
    }
    return SearchForm(request.right, choices, initial=initial)


def _search(request: RightfulRequest, form: SearchForm) -> HttpResponseBase:
    found = form.cleaned_data
    try:
        opening = services.open_customer(
            request.right,
            found["purpose"],
            found["hetu"],
            case_reference=found["case_reference"],
        )
    except MandatesTooOld:
        kept_search.keep(request.session, found)
        return by_suomifi(request)
    if opening is None:
        return _start_page(request, form, not_found=True)
    return go(request, _first_tab(request, opening))


def show_opened(request: RightfulRequest, opened: Callable[[], Opening]) -> HttpResponseBase:
    """To the first tab of the customer whom `opened` opens, or to Suomi.fi if it must be asked."""
    try:
        opening = opened()
    except MandatesTooOld:
        return by_suomifi(request)
    return go(request, _first_tab(request, opening))


def _first_tab(request: RightfulRequest, opening: Opening) -> str:
    _tab, address = tabs.of(request.right.purpose(opening.purpose))[0]
    return reverse(address, args=[opening.pk])


def by_suomifi(request: RightfulRequest) -> HttpResponseBase:
    """To Suomi.fi, where the mandates are read again; the page that says so if it is down."""
    response = read_mandates_again(request)
    return go(request, response.url) if isinstance(response, HttpResponseRedirect) else response


def go(request: RightfulRequest, address: str) -> HttpResponseBase:
    """To another page, also out of an htmx request, which cannot follow to another site."""
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _start_page(
    request: RightfulRequest,
    form: SearchForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    searchable = queries.searchable(request.right.purposes)
    by_municipality = municipal.purposes(request.right)
    context |= {
        "form": form,
        "chosen_purpose": form["purpose"].value(),
        "purposes": purpose_rows(searchable),
        "municipal_purposes": _with_notes(request.right, by_municipality),
        "municipal_url": municipal.address() if by_municipality else "",
        "coming_changes": coming_changes(request.right),
    }
    return render(request, "customers/start.html", context, status=status)


def _with_notes(right: Right, purposes: tuple[OpenedPurpose, ...]) -> list[dict[str, Any]]:
    rows = zip(purpose_rows(purposes), purposes, strict=True)
    return [row | {"note": municipal.note(right, opened)} for row, opened in rows]
