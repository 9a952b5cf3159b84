"""The token endpoint of the Web API."""

from base64 import b64decode
from hmac import compare_digest
from uuid import uuid4

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from suomifi_simulator.authorizations.service import ACCESS_TOKEN_SECONDS, Selection, Service
from suomifi_simulator.clients import MandateClient


@require_POST
async def token(request: ASGIRequest, service: Service) -> HttpResponse:
    """A code for an access token; the parameters come in the body or in the query."""
    client = _client(request, service)
    if client is None:
        headers = {"WWW-Authenticate": "Basic"}
        return JsonResponse({"error": "invalid_client"}, status=401, headers=headers)
    given = request.GET.dict() | request.POST.dict()
    if given.get("grant_type") != "authorization_code":
        return JsonResponse({"error": "unsupported_grant_type"}, status=400)
    selection = _redeem(service, client, given)
    if selection is None:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    access_token = service.access_tokens.keep(selection.session, str(uuid4()))
    body = {
        "access_token": access_token,
        "token_type": "bearer",
        "refresh_token": str(uuid4()),
        "expires_in": ACCESS_TOKEN_SECONDS,
        "scope": "read write trust",
    }
    answer = JsonResponse(body, headers={"Cache-Control": "no-store"})
    return await service.faults.deliver(answer, "mandate_token", selection.session.person.slug)


def _client(request: ASGIRequest, service: Service) -> MandateClient | None:
    """The client by plain Basic authentication, RFC 2617: nothing is form-encoded."""
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    try:
        name, _, password = b64decode(credentials, validate=True).decode().partition(":")
    except ValueError:
        return None
    client = service.clients.get(name)
    if client is None or scheme.lower() != "basic":
        return None
    right = compare_digest(client.oauth_password.encode(), password.encode())
    return client if right else None


def _redeem(service: Service, client: MandateClient, given: dict[str, str]) -> Selection | None:
    """What the code stands for; a code dies by its first use, also by a wrong one."""
    selection = service.codes.take(given.get("code", ""))
    if selection is None or selection.session.client is not client:
        return None
    if selection.redirect_uri != given.get("redirect_uri"):
        return None
    return selection if service.is_open(selection.session) else None
