"""The back channel: discovery, keys, the token endpoint and userinfo."""

from secrets import token_urlsafe

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from suomifi_simulator.clients import RelyingParty
from suomifi_simulator.oidc.client_authentication import ClientError, authenticate
from suomifi_simulator.oidc.client_keys import KeySetError
from suomifi_simulator.oidc.id_token import claims_of, id_token
from suomifi_simulator.oidc.provider import ACCESS_TOKEN_SECONDS, Issued, Provider


async def discovery(request: ASGIRequest, provider: Provider) -> HttpResponse:
    """Where everything is."""
    return await provider.faults.deliver(JsonResponse(provider.metadata()), "discovery")


async def jwks(request: ASGIRequest, provider: Provider) -> HttpResponse:
    """The keys to check signatures with."""
    return await provider.faults.deliver(JsonResponse(provider.keys.published()), "jwks")


@require_POST
async def token(request: ASGIRequest, provider: Provider) -> HttpResponse:
    """A code for an id_token and an access token."""
    try:
        client = await authenticate(provider, request)
    except ClientError as refused:
        return _client_refused(request, str(refused))
    if request.POST.get("grant_type") != "authorization_code":
        return _error("unsupported_grant_type")
    issued = _redeem(provider, client, request)
    if issued is None:
        return _error("invalid_grant")
    try:
        answer = await _tokens(provider, issued)
    except KeySetError as error:
        return _error("invalid_request", str(error))
    return await provider.faults.deliver(answer, "token", issued.identified.account.slug)


async def userinfo(request: ASGIRequest, provider: Provider) -> HttpResponse:
    """The claims once more, for the bearer of the access token."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    issued = provider.access_tokens.get(bearer) if scheme.lower() == "bearer" else None
    if issued is None:
        headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return JsonResponse({"error": "invalid_token"}, status=401, headers=headers)
    claims, person = claims_of(provider, issued), issued.identified.account.slug
    if provider.faults.strike("missing_hetu", "userinfo", person):
        claims.pop(issued.asked.client.hetu_claim, None)
    return await provider.faults.deliver(_private(claims), "userinfo", person)


def _redeem(provider: Provider, client: RelyingParty, request: ASGIRequest) -> Issued | None:
    """What the code stands for; a code dies by its first use, also by a wrong one."""
    issued = provider.codes.take(request.POST.get("code", ""))
    if issued is None or issued.asked.client is not client:
        return None
    if issued.asked.redirect_uri != request.POST.get("redirect_uri"):
        return None
    return issued if issued.asked.is_proven_by(request.POST.get("code_verifier", "")) else None


async def _tokens(provider: Provider, issued: Issued) -> HttpResponse:
    access_token = token_urlsafe(32)
    body = {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": ACCESS_TOKEN_SECONDS,
        "scope": " ".join(sorted(issued.asked.scopes & {"openid", "profile"})),
        "id_token": await id_token(provider, issued, access_token),
    }
    provider.access_tokens.keep(issued, access_token)
    return _private(body)


def _private(body: dict[str, object]) -> JsonResponse:
    return JsonResponse(body, headers={"Cache-Control": "no-store"})


def _error(code: str, description: str = "", status: int = 400) -> JsonResponse:
    body = {"error": code} | ({"error_description": description} if description else {})
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _client_refused(request: ASGIRequest, description: str) -> JsonResponse:
    answer = _error("invalid_client", description, status=401)
    if "Authorization" in request.headers:
        answer["WWW-Authenticate"] = "Basic"
    return answer
