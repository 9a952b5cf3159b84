"""Refuses what declares nothing, and turns every "no" into a page and a row of the log."""

import logging
from http import HTTPStatus
from math import ceil
from typing import Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from audit import services as log
from audit.models import ActKind, Outcome
from authorizations import door
from authorizations.explaining.refused import context as explain
from authorizations.refusals import NotLoggedIn, Part, Reason, Refused
from authorizations.rights import Right
from kelmu import request_id
from kelmu.declarations import is_declared
from kelmu.middleware import GetResponse

logger = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = "30"


class RefusalMiddleware:
    """The last one before the view."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        return None if is_declared(view) else refuse(request, Refused(Reason.UNDECLARED))

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        match exception:
            case NotLoggedIn():
                return _to_front(request)
            case Refused():
                return refuse(request, exception)
            case OperationalError():  # no database, no row; no row, no data
                return unavailable(request, exception)
        return None


def refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page that explains a refusal, its row written first."""
    try:
        context = explain(refused, getattr(request, "right", None))
        write_refusal(request, refused, context["refusal"].part)
    except OperationalError as error:
        return unavailable(request, error)
    return refusal_page(request, refused, context)


def refusal_page(request: HttpRequest, refused: Refused, context: dict[str, Any]) -> HttpResponse:
    """The page alone: `context` is what explains it."""
    context |= {"reference": request_id.current.get()}
    status = context["refusal"].status
    response = render(request, "authorizations/refusal.html", context, status=status)
    if refused.retry_at:
        seconds = (refused.retry_at - timezone.now()).total_seconds()
        response["Retry-After"] = str(max(1, ceil(seconds)))
    return response


def write_refusal(request: HttpRequest, refused: Refused, part: Part) -> None:
    """Writes it in a transaction of its own: that of the view was rolled back."""
    told = {"reason": refused.reason, "part": part}
    right: Right | None = getattr(request, "right", None)
    row = log.Row(
        act=ActKind.REFUSAL,
        outcome=Outcome.REFUSED,
        customer=refused.customer,
        purpose=refused.purpose,
        details=door.told(right, told) if right else told,
        **(refused.who or door.who_asks(request)),
    )
    with transaction.atomic():
        if row.organisation_id:
            log.act_for(row.organisation_id)
        log.write(row)


def unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The service cannot answer now; nothing was shown."""
    logger.error("Nothing can be shown.", exc_info=error)
    response = render(
        request,
        "503.html",
        {"reference": request_id.current.get()},
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _to_front(request: HttpRequest) -> HttpResponseBase:
    if request.htmx:  # type: ignore[attr-defined]  # HtmxMiddleware sets it
        return HttpResponseClientRedirect("/?ended")
    return redirect("/?ended")
