"""Whether a request to the token endpoint comes from the client it names."""

from base64 import b64decode
from hmac import compare_digest
from urllib.parse import unquote_plus

from django.core.handlers.asgi import ASGIRequest
from jose import jwt
from jose.exceptions import JOSEError

from suomifi_simulator.clients import RelyingParty
from suomifi_simulator.oidc import client_keys
from suomifi_simulator.oidc.provider import ASSERTION_SECONDS, Provider

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LEEWAY = 30


class ClientError(Exception):
    """The client is not who it says."""


async def authenticate(provider: Provider, request: ASGIRequest) -> RelyingParty:
    """The client, proven in the way it is registered for; ClientError otherwise."""
    name, secret = _basic(request.headers.get("Authorization", ""))
    form = request.POST
    if assertion := form.get("client_assertion", ""):
        return await _by_assertion(provider, assertion, form.get("client_assertion_type", ""))
    if name:
        return _by_secret(provider, "client_secret_basic", name, secret)
    return _by_secret(
        provider,
        "client_secret_post",
        form.get("client_id", ""),
        form.get("client_secret", ""),
    )


def _basic(header: str) -> tuple[str, str]:
    """Client id and secret, each form-encoded before the header was made: RFC 6749, 2.3.1."""
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, secret = b64decode(credentials, validate=True).decode().partition(":")
    except ValueError as error:
        raise ClientError("the header Authorization is malformed") from error
    return unquote_plus(name), unquote_plus(secret)


def _by_secret(provider: Provider, method: str, name: str, secret: str) -> RelyingParty:
    client = provider.clients.get(name)
    if client is None or client.authentication != method:
        raise ClientError("the client is unknown or registered for another method")
    if not compare_digest(client.secret.encode(), secret.encode()):
        raise ClientError("the secret is wrong")
    return client


async def _by_assertion(provider: Provider, assertion: str, kind: str) -> RelyingParty:
    """Authentication by a signed assertion: RFC 7523, OpenID Connect Core section 9."""
    try:
        header = jwt.get_unverified_header(assertion)
        client = provider.clients[jwt.get_unverified_claims(assertion)["sub"]]
        if client.authentication != "private_key_jwt" or kind != ASSERTION_TYPE:
            raise ClientError("the client is registered for another method")
        claims = jwt.decode(
            assertion,
            await _verification_key(client, header),
            algorithms=["RS256"],
            issuer=client.id,
            subject=client.id,
            options={"verify_aud": False, "verify_exp": False},
        )
        _check_use(provider, claims["aud"], claims["exp"], claims["jti"])
    except (JOSEError, client_keys.KeySetError, KeyError, TypeError, ValueError) as error:
        raise ClientError(f"the assertion is refused: {error}") from error
    return client


async def _verification_key(client: RelyingParty, header: dict[str, str]) -> dict[str, str]:
    keys = [
        key
        for key in await client_keys.fetch(client.jwks_uri)
        if key.get("kid") == header["kid"] and key.get("use", "sig") == "sig"
    ]
    if len(keys) != 1:
        raise ClientError("no published key has the assertion's kid")
    return keys[0]


def _check_use(provider: Provider, audience: str | list[str], expires: int, jti: str) -> None:
    """For us, now, and for the first time."""
    audiences = {audience} if isinstance(audience, str) else set(audience)
    if not audiences & {provider.issuer, provider.url("token")}:
        raise ClientError("the assertion is for somebody else")
    now = provider.clock.now()
    if not now - LEEWAY < expires <= now + ASSERTION_SECONDS + LEEWAY:
        raise ClientError("the assertion has expired or lives too long")
    if not jti or jti in provider.assertions:
        raise ClientError("the assertion has been used before")
    provider.assertions.keep(None, jti)
