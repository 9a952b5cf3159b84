"""An OpenID provider that none of us wrote: idpyoidc, whose tokens are made by cryptojwt.

It asks nobody who they are (everybody is `PERSON`), so no browser is needed. Everything else it
checks: client, redirect address, PKCE, the code's single use.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from idpyoidc.message.oauth2 import ResponseMessage
from idpyoidc.server import Server as Engine
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.exception import UnAuthorizedClient

from tests.authorizations.suomifi.servers import Asked, Reply, Server, reply, serve

PERSON = "demo-person"
LEVEL = "http://ftn.ficora.fi/2017/loa3"
ENDPOINTS = {
    "/.well-known/openid-configuration": "provider_config",
    "/authorization": "authorization",
    "/token": "token",
    "/userinfo": "userinfo",
}


@contextmanager
def independent_provider(
    folder: Path, client: dict[str, Any], person: dict[str, str]
) -> Iterator[Server]:
    """Runs it with one client."""
    engines: list[Engine] = []
    with serve(lambda asked: _answer(engines[0], asked)) as server:
        configuration = OPConfiguration(_configuration(server.address, folder, person))
        engine = Engine(configuration, cwd=str(folder))
        engine.context.cdb[client["client_id"]] = client
        if "jwks_uri" in client:
            engine.keyjar.add_url(client["client_id"], client["jwks_uri"])
        engines.append(engine)
        yield server


def _configuration(issuer: str, folder: Path, person: dict[str, str]) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "httpc_params": {"verify": False},
        "key_conf": {
            "uri_path": "jwks.json",
            "key_defs": [
                {"type": "EC", "crv": "P-256", "use": ["sig"]},
                {"type": "RSA", "size": 2048, "use": ["sig"]},
            ],
        },
        "cookie_handler": None,
        "token_handler_args": {
            "jwks_def": {
                "private_path": str(folder / "codes.json"),
                "key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": "code"}],
            },
            "code": {"kwargs": {"lifetime": 60}},
            "token": {"class": "idpyoidc.server.token.jwt_token.JWTToken", "kwargs": {}},
            "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": {}},
        },
        "add_ons": {
            "pkce": {
                "function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
                "kwargs": {"essential": True},
            }
        },
        "authentication": {
            "everybody": {
                "acr": LEVEL,
                "class": "idpyoidc.server.user_authn.user.NoAuthn",
                "kwargs": {"user": PERSON},
            }
        },
        "userinfo": {
            "class": "idpyoidc.server.user_info.UserInfo",
            "kwargs": {"db": {PERSON: person}},
        },
        "scopes_to_claims": {"openid": ["sub"], "profile": sorted(person)},
    }


def _answer(engine: Engine, asked: Asked) -> Reply:
    if asked.path == "/jwks.json":
        return reply(engine.keyjar.export_jwks())
    endpoint = engine.get_endpoint(ENDPOINTS[asked.path])
    http_info = {"headers": {k.lower(): v for k, v in asked.headers.items()}, "url": asked.target}
    values = asked.body or asked.target.partition("?")[2]
    request = {name: value[0] for name, value in parse_qs(values).items()}
    try:
        parsed = endpoint.parse_request(request, http_info=http_info)
    except UnAuthorizedClient:
        return reply({"error": "invalid_client"}, status=401)
    if isinstance(parsed, ResponseMessage) and "error" in parsed:
        return reply(parsed.to_json(), status=400)
    args = endpoint.process_request(parsed, http_info=http_info)
    if "http_response" in args:
        return reply(args["http_response"])
    answer = endpoint.do_response(request=parsed, **args)
    if endpoint.response_placement == "url":
        return reply(status=303, Location=answer["response"])
    return reply(answer["response"], status=answer.get("response_code", 200))
