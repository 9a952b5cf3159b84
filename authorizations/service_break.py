"""During a service break everything is closed but to Kela's own people (issue 5)."""

from http import HTTPStatus
from math import ceil

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from authorizations.session_store import ACTING
from kelmu import announcements, clock
from kelmu.declarations import is_open_in_breaks
from kelmu.middleware import GetResponse
from kelmu.models import Announcement


class ServiceBreakMiddleware:
    """Answers 503 to whatever comes, before anybody asks for a right.

    It judges by the session alone who is of Kela; their right is found by each view as ever.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        on = None if _stays_open(request) else announcements.break_now()
        if on is None or _is_of_kela(request):
            return self.get_response(request)
        response = _closed(request, on)
        response["Retry-After"] = str(max(1, ceil((on.ends_at - clock.now()).total_seconds())))
        return response


def _stays_open(request: HttpRequest) -> bool:
    try:
        return is_open_in_breaks(resolve(request.path_info).func)
    except Resolver404:
        return False


def _is_of_kela(request: HttpRequest) -> bool:
    return bool(request.session.get(ACTING, {}).get("kela_groups"))


def _closed(request: HttpRequest, on: Announcement) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if _is_read_by_people(request):
        return render(request, "kelmu/service_break.html", {"on": on}, status=status)
    problem = {
        "type": "about:blank",
        "title": "Service break",
        "status": status,
        "detail": on.text,
        "until": on.ends_at.isoformat(),
    }
    return JsonResponse(problem, status=status, content_type="application/problem+json")


def _is_read_by_people(request: HttpRequest) -> bool:
    is_interface = request.path.startswith("/api/") or request.path.endswith(".json")
    return not is_interface and request.accepts("text/html")
