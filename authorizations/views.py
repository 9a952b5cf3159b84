"""Front page, logging in and out, and one's own rights."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from authorizations import kela_login, login
from authorizations.declarations import (
    RightfulRequest,
    anybody_logged_in,
    requires,
)
from authorizations.explaining.agreed import authorizers, staff_instruction
from authorizations.login_failures import failure_of, status_of
from authorizations.login_log import write_failure
from authorizations.offices import offices_of
from authorizations.session_store import PERSON
from authorizations.suomifi.errors import Cancelled, SuomiFiError, Unavailable
from authorizations.suomifi.keys import public_jwks
from kelmu import clock, readiness, request_id
from kelmu.declarations import open_in_breaks, public

FAILURE = "login_failure"
CLEARED_AT_LOGOUT = '"cache", "storage"'


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the service is and how to log in; whoever is logged in goes on to their start page."""
    if login.is_acting(request.session):
        return redirect("home")
    context = {"ended": "ended" in request.GET, "disrupted": bool(readiness.faults())}
    return render(request, "authorizations/front.html", context)


@open_in_breaks
@public
@require_safe
def own_keys(request: HttpRequest) -> HttpResponse:
    """Our public keys, for the providers that check our signature or encrypt to us."""
    return JsonResponse(public_jwks())


@public
@require_POST
def begin_login(request: HttpRequest) -> HttpResponseBase:
    return _go_to_suomifi(request, lambda: login.begin(request.session))


@open_in_breaks
@public
@require_POST
def begin_kela_login(request: HttpRequest) -> HttpResponseBase:
    return _go_to_suomifi(
        request, lambda: kela_login.begin(request.session), begin_again="kela_login"
    )


@public
@require_GET
def identified(request: HttpRequest) -> HttpResponseBase:
    """The way back from Suomi.fi's identification."""
    try:
        login.identify(request.session, request.GET.dict())
    except SuomiFiError as error:
        return _login_failed(request, error)
    return redirect("choose_role")


@public
@require_safe
def choose_role(request: HttpRequest) -> HttpResponseBase:
    """By mandate or by an office in an agreement. Who has no choice goes straight to Suomi.fi."""
    person = request.session.get(PERSON)
    if person is None:
        return redirect("front")
    offices = offices_of(UUID(person["subject"]))
    if not offices:
        return _choose_organisation(request)
    context = {"name": person["name"], "offices": offices}
    return render(request, "authorizations/choose_role.html", context)


@public
@require_POST
def choose_mandate(request: HttpRequest) -> HttpResponseBase:
    return _choose_organisation(request)


def _choose_organisation(request: HttpRequest) -> HttpResponseBase:
    """On to Suomi.fi's choice of organisation, through its identification if need be."""
    if address := login.selection_address(request.session):
        return HttpResponseRedirect(address)
    return read_mandates_again(request)


@public
@require_POST
def choose_office(request: HttpRequest) -> HttpResponseBase:
    try:
        login.act_by_role(request.session, request.POST.get("office", ""))
    except login.NoMandate as error:
        return _no_mandate(request, error)
    return redirect("home")


@public
@require_GET
def organisation_selected(request: HttpRequest) -> HttpResponseBase:
    """The way back from Suomi.fi's choice of organisation."""
    try:
        login.select_organisation(request.session, request.GET.dict())
    except login.TurnedBack:
        return _login_failed(request, Cancelled())
    except SuomiFiError as error:
        return _login_failed(request, error)
    except login.NoMandate as error:
        return _no_mandate(request, error)
    return redirect("home")


@open_in_breaks
@public
@require_GET
def kela_identified(request: HttpRequest) -> HttpResponseBase:
    """The way back from Kela's own provider."""
    try:
        kela_login.act(request.session, request.GET.dict())
    except SuomiFiError as error:
        return _login_failed(request, error, "kela_login")
    except login.NoMandate as error:
        return _no_mandate(request, error)
    return redirect("home")


@open_in_breaks
@public
@require_POST
def log_out(request: HttpRequest) -> HttpResponseBase:
    """Our session ends first; then Suomi.fi may ask the user to confirm, and may never return."""
    address = login.end(request.session)
    response = HttpResponseRedirect(address) if address else redirect("front")
    response["Clear-Site-Data"] = CLEARED_AT_LOGOUT
    return response


@open_in_breaks
@public
@require_safe
def login_failed(request: HttpRequest) -> HttpResponseBase:
    """One step back: to one's work, to the choice of organisation, or to logging in."""
    failed = request.session.get(FAILURE)
    if failed is None:
        return redirect("front")
    status = HTTPStatus(failed["status"])
    context = failed | vars(failure_of(failed["reason"], status))
    context |= {
        "acts_on": login.is_acting(request.session),
        "identified": PERSON in request.session,
    }
    response = render(request, "authorizations/login_failed.html", context, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(Unavailable.RETRY_AFTER_SECONDS)
    return response


@requires(anybody_logged_in)
@require_safe
def home(request: RightfulRequest) -> HttpResponseBase:
    """The start page of the role."""
    if request.right.kela_groups:
        return redirect("kela_start")
    if request.right.commissioning:
        return redirect("own_agreement")
    return redirect("start" if request.right.by_mandate else "my_rights")


@requires(anybody_logged_in)
@require_POST
def extend_session(request: RightfulRequest) -> HttpResponse:
    """Keeps the session alive: resolving the right has touched it."""
    return JsonResponse({"seconds_left": request.right.seconds_left})


def read_mandates_again(request: HttpRequest) -> HttpResponseBase:
    """To Suomi.fi with the same person, who comes back to the same session."""
    return _go_to_suomifi(request, lambda: login.begin(request.session, again=True))


def _go_to_suomifi(
    request: HttpRequest, begin: Callable[[], str], begin_again: str = "login"
) -> HttpResponseBase:
    try:
        return HttpResponseRedirect(begin())
    except SuomiFiError as error:
        return _login_failed(request, error, begin_again)


def _login_failed(
    request: HttpRequest, error: SuomiFiError, begin_again: str = "login"
) -> HttpResponseBase:
    """Away from the address of the callback: a reload does not send its code once more."""
    write_failure(request.session, error)
    request.session[FAILURE] = {
        "reason": error.reason,
        "status": status_of(error),
        "begin_again": begin_again,
        "reference": str(request_id.current.get()),
    }
    return redirect("login_failed")


def _no_mandate(request: HttpRequest, error: login.NoMandate) -> HttpResponse:
    """Leads through the four checks of Kela's own instructions (seed 004, example 3)."""
    organisation_id = error.organisation_id
    context = {
        "organisation_name": error.organisation,
        "is_known": organisation_id is not None,
        "authorizers": authorizers(organisation_id, clock.today()) if organisation_id else [],
        "staff_instruction": staff_instruction(organisation_id) if organisation_id else "",
        "reference": request_id.current.get(),
    }
    return render(request, "authorizations/no_mandate.html", context, status=HTTPStatus.FORBIDDEN)
