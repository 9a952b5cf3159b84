"""What the interface answers when it answers no: problem+json (RFC 9457).

The types are part of the contract and do not change; the titles are in the language that the
caller asks for (Accept-Language), the Finnish one if none is.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from authorizations.refusals import Reason
from kelmu import request_id

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 30


class Kind(StrEnum):
    """The types of problems, as `urn:kelmu:problem:<type>`."""

    MALFORMED = "malformed"
    CALL_NOT_TOLD = "call-not-told"
    CASE_REFERENCE_MISSING = "case-reference-missing"
    INVALID_TOKEN = "invalid-token"  # noqa: S105 (a type, not a token)
    NO_AGREEMENT = "no-agreement"
    PURPOSE_NOT_OPEN = "purpose-not-open"
    ACTION_NOT_OPEN = "action-not-open"
    NOT_OPEN = "not-open"
    NOT_FOUND = "not-found"
    CUSTOMER_NOT_FOUND = "customer-not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    CHANGED_MEANWHILE = "changed-meanwhile"
    NOT_IN_THIS_STATE = "not-in-this-state"
    CURSOR_ENDED = "cursor-ended"
    KEY_NOT_TOLD = "idempotency-key-not-told"
    KEY_REUSED = "idempotency-key-reused"
    TOO_LARGE = "too-large"
    MEDIA_TYPE = "media-type"
    INVALID = "invalid"
    VERSION_NOT_TOLD = "version-not-told"
    TOO_MANY_CALLS = "too-many-calls"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"


TITLES: Mapping[Kind, tuple[HTTPStatus, Promise]] = {
    Kind.MALFORMED: (HTTPStatus.BAD_REQUEST, _("The request cannot be read.")),
    Kind.CALL_NOT_TOLD: (
        HTTPStatus.BAD_REQUEST,
        _("The request does not say for whom or for which purpose it is made."),
    ),
    Kind.CASE_REFERENCE_MISSING: (
        HTTPStatus.BAD_REQUEST,
        _("The agreement asks for a case reference."),
    ),
    Kind.INVALID_TOKEN: (
        HTTPStatus.UNAUTHORIZED,
        _("The access token is missing, unknown or has ended."),
    ),
    Kind.NO_AGREEMENT: (
        HTTPStatus.FORBIDDEN,
        _("No agreement in force covers the technical interface."),
    ),
    Kind.PURPOSE_NOT_OPEN: (
        HTTPStatus.FORBIDDEN,
        _("The purpose of use is not open: token, agreement and law together do not open it."),
    ),
    Kind.ACTION_NOT_OPEN: (
        HTTPStatus.FORBIDDEN,
        _("This cannot be done: token, agreement and law together do not open it."),
    ),
    Kind.NOT_OPEN: (HTTPStatus.FORBIDDEN, _("This is not open to the organisation.")),
    Kind.NOT_FOUND: (HTTPStatus.NOT_FOUND, _("There is no such thing, or it is not yours.")),
    Kind.CUSTOMER_NOT_FOUND: (
        HTTPStatus.NOT_FOUND,
        _("Kela knows nobody by the personal identity code."),
    ),
    Kind.METHOD_NOT_ALLOWED: (
        HTTPStatus.METHOD_NOT_ALLOWED,
        _("The address does not know this method."),
    ),
    Kind.CHANGED_MEANWHILE: (
        HTTPStatus.PRECONDITION_FAILED,
        _("Somebody else has changed it since it was read."),
    ),
    Kind.NOT_IN_THIS_STATE: (HTTPStatus.CONFLICT, _("Its state does not allow this.")),
    Kind.CURSOR_ENDED: (
        HTTPStatus.GONE,
        _("Something else is open here than when the cursor was given: read from the beginning."),
    ),
    Kind.KEY_NOT_TOLD: (
        HTTPStatus.BAD_REQUEST,
        _("The request does not say by which key it is made once (Idempotency-Key)."),
    ),
    Kind.KEY_REUSED: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("The idempotency key was used for another request."),
    ),
    Kind.TOO_LARGE: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("The request is too large.")),
    Kind.MEDIA_TYPE: (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        _("The body must be JSON in UTF-8 (application/json)."),
    ),
    Kind.INVALID: (HTTPStatus.UNPROCESSABLE_ENTITY, _("Something in the request is wrong.")),
    Kind.VERSION_NOT_TOLD: (
        HTTPStatus.PRECONDITION_REQUIRED,
        _("The request does not say which version it changes (If-Match)."),
    ),
    Kind.TOO_MANY_CALLS: (HTTPStatus.TOO_MANY_REQUESTS, _("The calls come too fast.")),
    Kind.FAILED: (HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong in the service.")),
    Kind.UNAVAILABLE: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("The service cannot answer just now."),
    ),
}
OF_REASONS: Mapping[Reason, Kind] = {
    Reason.NO_AGREEMENT: Kind.NO_AGREEMENT,
    Reason.PURPOSE_NOT_OPEN: Kind.PURPOSE_NOT_OPEN,
    Reason.ACTION_NOT_OPEN: Kind.ACTION_NOT_OPEN,
    Reason.NOT_YOUR_PAGE: Kind.NOT_FOUND,
    Reason.NOT_YOUR_MUNICIPALITY: Kind.NOT_FOUND,
    Reason.NOT_YOUR_NOTIFICATION: Kind.NOT_FOUND,
    Reason.NOT_YOUR_FILE: Kind.NOT_FOUND,
    Reason.PACE: Kind.TOO_MANY_CALLS,
    Reason.LOG_NOT_ANCHORED: Kind.UNAVAILABLE,
}
OF_STATUSES: Mapping[int, Kind] = {  # for what answers before the interface is reached
    HTTPStatus.FORBIDDEN: Kind.NOT_OPEN,
    HTTPStatus.NOT_FOUND: Kind.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: Kind.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Kind.TOO_LARGE,
    HTTPStatus.SERVICE_UNAVAILABLE: Kind.UNAVAILABLE,
}


class Problem(Exception):
    """Ends a call with a problem, and takes back what was written in it."""

    def __init__(self, kind: Kind, detail: Promise | str = "") -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.detail = detail


def answer(
    kind: Kind,
    detail: Promise | str = "",
    *,
    errors: Iterable[Mapping[str, str]] = (),
    retry_at: datetime | None = None,
) -> HttpResponse:
    """The answer. It repeats nothing of what was sent."""
    status, title = TITLES[kind]
    content: dict[str, Any] = {
        "type": f"urn:kelmu:problem:{kind}",
        "title": title,
        "status": status,
        "instance": f"urn:uuid:{request_id.current.get()}",
    }
    content |= {"detail": detail} if detail else {}
    content |= {"errors": list(errors)} if errors else {}
    response = JsonResponse(content, status=status, content_type=MEDIA_TYPE)
    if kind is Kind.INVALID_TOKEN:
        response["WWW-Authenticate"] = 'Bearer realm="kelmu", error="invalid_token"'
    if seconds := _seconds(kind, retry_at):
        response["Retry-After"] = str(seconds)
    return response


def of_status(status: int) -> HttpResponse:
    """The answer in place of a page that says the same to people."""
    if status in OF_STATUSES:
        return answer(OF_STATUSES[status])
    return answer(Kind.FAILED if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Kind.MALFORMED)


def _seconds(kind: Kind, retry_at: datetime | None) -> int | None:
    if retry_at:
        return max(1, ceil((retry_at - timezone.now()).total_seconds()))
    return RETRY_AFTER_SECONDS if kind is Kind.UNAVAILABLE else None
