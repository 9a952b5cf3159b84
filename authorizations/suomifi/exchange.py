"""Calls to an OpenID provider that carry proof of who we are: the code's exchange, userinfo."""

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import quote_plus

import requests

from authorizations.suomifi import http
from authorizations.suomifi.discovery import Metadata
from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.keys import OwnKeys
from authorizations.suomifi.tokens import Claims

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True)
class Client:
    """Who we are to the provider: by our key if there is one, otherwise by a secret."""

    id: str
    keys: OwnKeys | None = None
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Tokens:
    """What the provider gives for a code."""

    id_token: str = field(repr=False)
    access_token: str | None = field(repr=False)


def redeem(client: Client, metadata: Metadata, grant: dict[str, str]) -> Tokens:
    """Exchange a code. `grant` holds code, redirect_uri and code_verifier."""
    form = {"grant_type": "authorization_code"} | grant | _proof_in_form(client, metadata)
    headers = _proof_in_header(client, metadata)
    request = requests.Request("POST", metadata.token_endpoint, data=form, headers=headers)
    answer = http.send(request.prepare())
    if answer.status != 200:
        raise Refused(Reason.CODE if answer.status == 400 else Reason.CLIENT)
    values = Claims(answer.object())
    if not (id_token := values.text("id_token")) or values.text("token_type").lower() != "bearer":
        raise Refused(Reason.TOKEN_FORM)
    return Tokens(id_token, values.text("access_token") or None)


def userinfo(address: str, access_token: str, subject: str) -> Claims:
    """What the userinfo endpoint adds of this subject; Refused if it speaks of another."""
    headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
    answer = http.send(requests.Request("GET", address, headers=headers).prepare())
    if answer.status != 200:
        raise Refused(Reason.PROVIDER_ERROR)
    claims = Claims(answer.object())
    if claims.text("sub") != subject:
        raise Refused(Reason.SUBJECT)
    return claims


def _proof_in_form(client: Client, metadata: Metadata) -> dict[str, str]:
    if client.keys:
        return {
            "client_id": client.id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": client.keys.assertion(client.id, metadata.token_endpoint),
        }
    if metadata.takes_secret_in_header:
        return {}
    return {"client_id": client.id, "client_secret": client.secret}


def _proof_in_header(client: Client, metadata: Metadata) -> dict[str, str]:
    if client.keys or not metadata.takes_secret_in_header:
        return {}
    # RFC 6749 2.3.1 encodes both before joining; the e-Authorizations Web API must not.
    pair = f"{quote_plus(client.id)}:{quote_plus(client.secret)}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
