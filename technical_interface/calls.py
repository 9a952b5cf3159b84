"""What every call passes through: its right, its transaction, and the answer when it is no.

An operation declares its right by `Needs`; without it nobody is let in.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.middleware.gzip import GZipMiddleware
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from authorizations.declarations import Need
from authorizations.middleware import unavailable, write_refusal
from authorizations.refusals import EXPLANATIONS, NotLoggedIn, Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from kelmu.declarations import declare
from kelmu.log_lines import HETU
from technical_interface import problems
from technical_interface.problems import Kind, Problem
from technical_interface.right import of_call

END_USER, PURPOSE, CASE_REFERENCE = "Kelmu-End-User", "Kelmu-Purpose", "Kelmu-Case-Reference"
OF_A_PURPOSE = {"x-purpose": True}  # an operation that asks purpose_of() says so: text.py reads it
END_USER_FORM = re.compile(r"[A-Za-z0-9._:-]{1,64}")
PURPOSE_FORM = re.compile(r"[a-z_]{1,40}")
CASE_REFERENCE_FORM = re.compile(r"[ -~]{1,60}")  # what a header carries safely


class CallRequest(HttpRequest):
    """A request whose right has been resolved and found enough for its operation."""

    right: Right


class Needs(HttpBearer):
    """What the right of a call must hold; without it the call is refused."""

    openapi_scheme = "bearer"

    def __init__(self, need: Need, otherwise: Reason = Reason.NOT_THIS_OFFICE) -> None:
        super().__init__()
        self.need = need
        self.otherwise = otherwise

    def authenticate(self, request: HttpRequest, token: str) -> Right:
        _check_purpose(request)
        right = of_call(token, _end_user(request), _case_reference(request))
        request.right = right  # type: ignore[attr-defined]  # makes it a CallRequest
        if not self.need(right):
            raise Refused(self.otherwise)
        return right


def nobody(_right: Right) -> bool:
    """What an operation needs that declares nothing."""
    return False


def anybody(right: Right) -> bool:
    """Whoever calls by an agreement in force."""
    return right.call is not None


def purpose_of(request: CallRequest) -> OpenedPurpose:
    """The purpose that the call names. Raises Refused if it is not open, Problem if there is none
    or the agreement asks for a case reference that is not there."""
    right = request.right
    if not (slug := request.headers.get(PURPOSE, "")):
        raise Problem(Kind.CALL_NOT_TOLD, f"{PURPOSE}?")
    require_case_reference(right)
    return right.purpose(slug)


def require_case_reference(right: Right) -> None:
    """Raises Problem if the agreement asks for a case reference and the call names none."""
    named = right.call.case_reference if right.call else ""
    if right.acting_for.requires_case_reference and not named:
        raise Problem(Kind.CASE_REFERENCE_MISSING, f"{CASE_REFERENCE}?")


def _check_purpose(request: HttpRequest) -> None:
    """One that is no word is refused even where the path names the purpose."""
    purpose = request.headers.get(PURPOSE)
    if purpose is not None and not PURPOSE_FORM.fullmatch(purpose):
        raise Problem(Kind.CALL_NOT_TOLD, f"{PURPOSE}?")


def _end_user(request: HttpRequest) -> str:
    name = request.headers.get(END_USER, "")
    if not END_USER_FORM.fullmatch(name) or HETU.search(name):
        raise Problem(Kind.CALL_NOT_TOLD, f"{END_USER}?")
    return name


def _case_reference(request: HttpRequest) -> str:
    reference = request.headers.get(CASE_REFERENCE)
    if reference is None:
        return ""
    # The server tells one that is no ASCII as an empty one: it must not pass for none.
    if not CASE_REFERENCE_FORM.fullmatch(reference) or HETU.search(reference):
        raise Problem(Kind.CALL_NOT_TOLD, f"{CASE_REFERENCE}?")
    return reference


type CallView = Callable[..., HttpResponseBase]
type Taking = Callable[[CallView], CallView]


def declared(patterns: Iterable[URLPattern], taking: Mapping[str, Taking]) -> list[URLPattern]:
    """The addresses of operations, each once and guarded as all are. They have no names: those of
    operations would stand beside the names of pages. `taking`: the routes that take files."""
    by_route = {str(pattern.pattern): pattern for pattern in patterns}
    return [_guarded_address(pattern, taking.get(route)) for route, pattern in by_route.items()]


def _guarded_address(pattern: URLPattern, taking: Taking | None) -> URLPattern:
    view = guarded(pattern.callback)
    view = taking(view) if taking else view
    return URLPattern(pattern.pattern, declare(view, Needs), pattern.default_args)


def guarded(view: CallView) -> CallView:
    """A view whose whole call is one transaction, taken back when it ends with a no: then the
    refusal is written in one of its own."""

    @csrf_exempt  # nothing comes with a cookie
    @transaction.non_atomic_requests
    @wraps(view)
    def called(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
        except FORESEEN as error:
            response = _no(request, error)
        return _compressed(request, response)

    return called


PLAIN: dict[type[Exception], Kind] = {
    NotLoggedIn: Kind.INVALID_TOKEN,
    AuthenticationError: Kind.INVALID_TOKEN,
    Http404: Kind.NOT_FOUND,
    RequestDataTooBig: Kind.TOO_LARGE,
    SuspiciousOperation: Kind.MALFORMED,
    UnreadablePostError: Kind.MALFORMED,
    RawPostDataException: Kind.MALFORMED,
    MultiPartParserError: Kind.MALFORMED,
    HttpError: Kind.MALFORMED,
}
FORESEEN: tuple[type[Exception], ...] = (
    Problem,
    Refused,
    ValidationError,
    OperationalError,
    *PLAIN,
)


def _no(request: HttpRequest, error: BaseException) -> HttpResponse:
    match error:
        case HttpError(__cause__=Exception() as cause) if isinstance(cause, FORESEEN):
            return _no(request, cause)  # of a body: django-ninja wraps it
        case Problem():
            return problems.answer(error.kind, error.detail)
        case Refused():
            return _refusal(request, error)
        case ValidationError():
            return problems.answer(Kind.INVALID, errors=map(_told, error.errors))
        case OperationalError():
            unavailable(request, error)  # tells the operator
            return problems.answer(Kind.UNAVAILABLE)
    return problems.answer(next(PLAIN[kind] for kind in PLAIN if isinstance(error, kind)))


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    try:
        write_refusal(request, refused, EXPLANATIONS[refused.reason].part)
    except OperationalError as error:
        return _no(request, error)
    kind = problems.OF_REASONS.get(refused.reason, Kind.NOT_OPEN)
    return problems.answer(kind, retry_at=refused.retry_at)


def _told(error: dict[str, Any]) -> dict[str, str]:
    """Where something is wrong and what, without what was sent: it may be an identity code."""
    where = "/".join(map(str, error["loc"][2:])) or str(error["loc"][-1])
    message = str(error["msg"]).removeprefix("Value error, ")  # pydantic's, before words of ours
    return {"pointer": f"/{where}", "type": str(error["type"]), "message": message}


def _compressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    compress = GZipMiddleware(lambda _request: cast("HttpResponse", response))
    return cast("HttpResponseBase", compress(request))
