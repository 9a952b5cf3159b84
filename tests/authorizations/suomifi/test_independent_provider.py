"""Logging in at a provider that none of us wrote, by settings alone.

It signs by cryptojwt, publishes an elliptic key before the RSA one, asks for PKCE and tells who
somebody is by userinfo only.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
from pytest_django.fixtures import Settings

from authorizations.suomifi import provider
from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.identification import verified_person
from authorizations.suomifi.provider import Pending, suomifi_identification
from tests.authorizations.suomifi.independent import LEVEL, independent_provider
from tests.authorizations.suomifi.servers import Server
from tests.authorizations.suomifi.simulator import Parameters, returned

HETU = "131052-9085"
PERSON = {"national_id": HETU, "given_name": "Eino", "family_name": "Esimerkki"}
METHODS = ("private_key_jwt", "client_secret_basic")
SECRET = "a-secret-of-a-test"

type Start = Callable[..., Server]


@pytest.fixture
def start(
    application: Server, key_file: Path, tmp_path: Path, settings: Settings
) -> Iterator[Start]:
    """Starts the provider, with us registered there, and sets the settings that lead to it."""
    with ExitStack() as running:

        def start_it(method: str = METHODS[0], **named: Any) -> Server:
            registration = {
                "client_id": "kelmu",
                "client_secret": SECRET,
                "token_endpoint_auth_method": method,
                "jwks_uri": f"{application.address}/jwks.json",
                "redirect_uris": [(f"{application.address}/login/callback", "")],
                "response_types": ["code"],
                "response_types_supported": ["code"],
                "allowed_scopes": ["openid", "profile"],
                "id_token_signed_response_alg": "RS256",
            }
            server = running.enter_context(independent_provider(tmp_path, registration, PERSON))
            settings.APPLICATION_ADDRESS = application.address
            settings.SUOMIFI_OIDC = {
                "issuer": server.address,
                "client_id": "kelmu",
                "client_key_file": str(key_file) if method == "private_key_jwt" else "",
                "client_secret": SECRET,
                "hetu_claim": "national_id",
                "scope": "openid profile",
                "acr": [LEVEL],
            } | named
            provider.suomifi_identification.cache_clear()
            return server

        yield start_it


def go() -> tuple[Pending, Parameters]:
    """To the provider and back, by a browser that need not fill in anything."""
    address, pending = suomifi_identification().authorization("fi", fresh=False)
    return pending, returned(requests.get(address, allow_redirects=False, timeout=5))


@pytest.mark.parametrize("method", METHODS)
def test_a_person_is_identified(method: str, start: Start) -> None:
    start(method)
    pending, answer = go()

    person = verified_person(suomifi_identification().claims(pending, answer))

    assert (person.hetu, person.given_name, person.family_name) == (HETU, "Eino", "Esimerkki")
    assert person.acr == LEVEL


def test_the_provider_names_itself_on_the_way_back(start: Start) -> None:
    """RFC 9207."""
    server = start()
    pending, answer = go()

    assert answer["iss"] == server.address
    with pytest.raises(Refused) as caught:
        suomifi_identification().claims(pending, answer | {"iss": "https://other.invalid"})
    assert caught.value.reason is Reason.ISSUER


def test_a_code_works_once(start: Start) -> None:
    start()
    pending, answer = go()
    suomifi_identification().claims(pending, answer)

    with pytest.raises(Refused):
        suomifi_identification().claims(pending, answer)


def test_a_code_is_worth_nothing_without_its_verifier(start: Start) -> None:
    start()
    _, stolen = go()
    pending, _ = go()

    with pytest.raises(Refused):
        suomifi_identification().claims(pending, stolen | {"state": pending.state})


def test_a_level_that_was_not_reached_is_refused(start: Start) -> None:
    start(acr=["http://ftn.ficora.fi/2017/loa4"])
    pending, answer = go()

    with pytest.raises(Refused) as caught:
        suomifi_identification().claims(pending, answer)
    assert caught.value.reason is Reason.LEVEL


def test_a_wrong_secret_gets_nowhere(start: Start) -> None:
    start("client_secret_basic", client_secret="another")
    pending, answer = go()

    with pytest.raises(Refused):
        suomifi_identification().claims(pending, answer)
