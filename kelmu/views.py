"""Health, language, the pages that say the same to everybody, and the error pages."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kelmu import readiness, request_id
from kelmu.declarations import public

choose_language = public(require_POST(set_language))


@public
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@public
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The process and all that it needs are in order."""
    if faults := readiness.faults():
        return JsonResponse(
            {"status": "not ready", "faults": faults}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    return JsonResponse({"status": "ready"} | readiness.notices())


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "kelmu/guide.html")


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
