"""The server's side of the Web API: register, roles, unregister."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from suomifi_simulator.authorizations.checksum import calling_client
from suomifi_simulator.authorizations.service import Service, Session
from suomifi_simulator.clients import MandateClient
from suomifi_simulator.faults import error_answer
from suomifi_simulator.rules import themes

MISSING_PARAMETER, USER_UNKNOWN, NOT_AUTHORIZED, OTHER = 101, 104, 106, 199

type Row = dict[str, object]
type View = Callable[..., Coroutine[Any, Any, HttpResponse]]


def signed(view: View) -> View:
    """Let only requests with a right checksum through; others learn nothing."""

    @require_GET
    @wraps(view)
    async def checked(request: ASGIRequest, service: Service, **parts: Any) -> HttpResponse:
        client = calling_client(request, service.clients, service.clock.now())
        if client is None:
            return HttpResponse(status=401)
        return await view(request, service, client, **parts)

    return checked


@signed
async def register(
    request: ASGIRequest, service: Service, client: MandateClient, client_id: str, hetu: str
) -> HttpResponse:
    """Open a session for the person."""
    request_id = request.GET.get("requestId", "")
    if client.id != client_id:
        return error_answer(401, NOT_AUTHORIZED, "Not authorized.", request_id)
    if not request_id:
        return error_answer(400, MISSING_PARAMETER, "Missing parameter: requestId.")
    person = service.cast.person(hetu)
    if person is None:
        return error_answer(400, OTHER, "Invalid hetu.", request_id)
    session, user = service.open(client, person)
    answer = JsonResponse({"sessionId": session.id, "userId": user})
    return await service.faults.deliver(answer, "register", person.slug)


@signed
async def roles(
    request: ASGIRequest,
    service: Service,
    client: MandateClient,
    session_id: str,
    organization_id: str | None = None,
) -> HttpResponse:
    """The mandates, as they are now, for the organisation that was chosen."""
    request_id = request.GET.get("requestId", "")
    session = _live(service, client, session_id)
    if session is None:
        return error_answer(401, USER_UNKNOWN, "Session expired.", request_id)
    if not _is_bearer(request, service, session):
        headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return JsonResponse({"error": "invalid_token"}, status=401, headers=headers)
    if not request_id:
        return error_answer(400, MISSING_PARAMETER, "Missing parameter: requestId.")
    if organization_id not in (None, session.organisation and session.organisation.business_id):
        return error_answer(401, NOT_AUTHORIZED, "Not authorized.", request_id)
    answer = JsonResponse(_rows(service, session), safe=False)
    return await service.faults.deliver(answer, "roles", session.person.slug)


@signed
async def unregister(
    request: ASGIRequest, service: Service, client: MandateClient, session_id: str
) -> HttpResponse:
    """End the session."""
    session = _live(service, client, session_id)
    if session is None:
        request_id = request.GET.get("requestId", "")
        return error_answer(401, USER_UNKNOWN, "Session expired.", request_id)
    service.close(session)
    answer = JsonResponse(True, safe=False)
    return await service.faults.deliver(answer, "unregister", session.person.slug)


def _live(service: Service, client: MandateClient, session_id: str) -> Session | None:
    session = service.sessions.get(session_id)
    return session if session and session.client is client else None


def _is_bearer(request: ASGIRequest, service: Service, session: Session) -> bool:
    """Whether the access token was issued for this session and no other."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and service.access_tokens.get(token) is session


def _rows(service: Service, session: Session) -> list[Row]:
    """The answer, after the rules and after the faults."""
    if session.organisation is None:
        return []
    mandates = service.register.mandates_of(session.person.slug)
    row: Row = {
        "name": session.organisation.name,
        "identifier": session.organisation.business_id,
        "complete": True,
        "roles": themes(mandates.get(session.organisation.slug, ())),
    }
    return _spoiled(service, session, row)


def _spoiled(service: Service, session: Session, row: Row) -> list[Row]:
    def strikes(fault: str) -> bool:
        return service.faults.strike(fault, "roles", session.person.slug) is not None

    if strikes("empty_list"):
        return []
    if strikes("incomplete"):
        row |= {"complete": False}
    if strikes("missing_theme"):
        row |= {"roles": []}
    if strikes("extra_members"):
        row |= {"unknown": {"member": 1}, "reasons": []}
    if not strikes("two_organisations"):
        return [row]
    organisations = service.cast.organisations.values()
    other = next(other for other in organisations if other is not session.organisation)
    return [row, row | {"name": other.name, "identifier": other.business_id}]
