"""Health, language, the pages that say the same to everybody, and the error pages."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kelmu import guides, readiness, request_id
from kelmu.declarations import open_in_breaks, public
from kelmu.dismissals import dismiss

choose_language = open_in_breaks(public(require_POST(set_language)))


@open_in_breaks
@public
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@open_in_breaks
@public
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The process and all that it needs are in order."""
    if faults := readiness.faults():
        return JsonResponse(
            {"status": "not ready", "faults": faults}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    return JsonResponse({"status": "ready"} | readiness.notices())


@open_in_breaks
@public
@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """Nothing has to be acted on. For monitors: what they take out of rotation is `ready`."""
    if told := readiness.alarms():
        return JsonResponse({"status": "alarm"} | told, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "quiet"})


@public
@require_POST
def dismiss_notice(request: HttpRequest) -> HttpResponseBase:
    """Takes an announcement off the top of the pages: by htmx at once, else by a new page."""
    response: HttpResponseBase
    if request.htmx:  # type: ignore[attr-defined]  # HtmxMiddleware sets it
        response = HttpResponse()
    else:
        response = redirect(_own(request, request.POST.get("next", "")))
    dismiss(request, response, request.POST.get("key", ""))
    return response


def _own(request: HttpRequest, address: str) -> str:
    """The address, if it is one of ours."""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else "/"


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guides there are, one for each type of organisation and role."""
    return render(request, "kelmu/guides.html", {"guides": guides.TITLES.items()})


@public
@require_safe
def guide_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide of a type of organisation or of a role."""
    if slug not in guides.GUIDES:
        raise Http404
    context = {"title": guides.TITLES[slug], "text": guides.guide(slug)}
    return render(request, "kelmu/guide.html", context)


@public
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What is new, for users."""
    return render(request, "kelmu/changes.html", {"text": guides.changes()})


@public
@require_safe
def support(request: HttpRequest) -> HttpResponse:
    return render(request, "kelmu/support.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "kelmu/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "kelmu/privacy.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    return _error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error_page(request, HTTPStatus.FORBIDDEN, "403_csrf.html")


def _error_page(request: HttpRequest, status: HTTPStatus, template: str = "") -> HttpResponse:
    """Rendered without the right or the database, which may be what failed."""
    context = {"reference": request_id.current.get()}
    return HttpResponse(
        render_to_string(template or f"{status.value}.html", context), status=status
    )
