"""What an OpenID provider says of itself."""

from dataclasses import dataclass
from typing import Any

import requests

from authorizations.suomifi import http
from authorizations.suomifi.errors import Reason, Unavailable

PATH = "/.well-known/openid-configuration"


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """The parts of OpenID Connect Discovery 1.0 that we use."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    names_itself: bool  # each answer carries `iss` (RFC 9207)
    takes_secret_in_header: bool


def fetch(issuer: str) -> Metadata:
    """Read the document of the provider. Unavailable if it is not to be had or not its own."""
    address = issuer.rstrip("/") + PATH
    answer = http.send(requests.Request("GET", address).prepare())
    if answer.status != 200:
        raise Unavailable(Reason.DISCOVERY)
    document = answer.object()
    if document.get("issuer") != issuer:
        raise Unavailable(Reason.DISCOVERY)
    return _metadata(document)


def _metadata(document: dict[str, Any]) -> Metadata:
    methods = document.get("token_endpoint_auth_methods_supported")
    return Metadata(
        authorization_endpoint=_address(document, "authorization_endpoint"),
        token_endpoint=_address(document, "token_endpoint"),
        jwks_uri=_address(document, "jwks_uri"),
        userinfo_endpoint=_address_if_given(document, "userinfo_endpoint"),
        end_session_endpoint=_address_if_given(document, "end_session_endpoint"),
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        takes_secret_in_header=not isinstance(methods, list) or "client_secret_basic" in methods,
    )


def _address(document: dict[str, Any], name: str) -> str:
    address = document.get(name)
    if not isinstance(address, str) or not http.is_allowed(address):
        raise Unavailable(Reason.DISCOVERY)
    return address


def _address_if_given(document: dict[str, Any], name: str) -> str | None:
    return None if document.get(name) is None else _address(document, name)
