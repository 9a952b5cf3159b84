"""Settings with which nobody could log in, or too many could, are a clear mistake."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from authorizations.suomifi import provider
from authorizations.suomifi.discovery import fetch
from authorizations.suomifi.errors import Unavailable
from authorizations.suomifi.provider import suomifi_identification
from authorizations.suomifi.registration import registration
from tests.authorizations.suomifi.servers import reply, serve

OIDC = {
    "issuer": "https://provider.invalid",
    "client_id": "kelmu",
    "client_key_file": "",
    "client_secret": "secret",
    "hetu_claim": "hetu",
    "scope": "openid",
    "acr": ["http://ftn.ficora.fi/2017/loa3"],
}
MANDATES = {"url": "https://a", "client_id": "b", "api_key": "c", "oauth_password": "d"}


@pytest.fixture
def configure(settings: Settings) -> Callable[..., None]:
    def change(**parts: Any) -> None:
        settings.SUOMIFI_OIDC = OIDC | parts
        provider.suomifi_identification.cache_clear()

    return change


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"issuer": ""}, "ISSUER"),
        ({"client_id": ""}, "CLIENT_ID"),
        ({"client_secret": ""}, "CLIENT_KEY_FILE or CLIENT_SECRET"),
        ({"encrypted": True}, "second key"),
    ],
)
def test_a_provider_needs_all_of_its_settings(
    parts: dict[str, Any], told: str, configure: Callable[..., None]
) -> None:
    configure(**parts)

    with pytest.raises(ImproperlyConfigured, match=told):
        suomifi_identification()


def test_production_must_say_what_is_strong(
    configure: Callable[..., None], settings: Settings
) -> None:
    settings.IN_PRODUCTION = True
    configure(acr=[])

    with pytest.raises(ImproperlyConfigured, match="SUOMIFI_OIDC_ACR"):
        suomifi_identification()


@pytest.mark.parametrize("part", MANDATES)
def test_e_authorizations_needs_all_of_its_settings(part: str, settings: Settings) -> None:
    settings.SUOMIFI_MANDATES = MANDATES | {"return_url": "", part: ""}

    with pytest.raises(ImproperlyConfigured, match="SUOMIFI_MANDATES"):
        registration()


def test_a_return_address_may_be_another_than_ours(settings: Settings) -> None:
    settings.APPLICATION_ADDRESS = "https://kelmu.invalid/"
    settings.SUOMIFI_MANDATES = MANDATES | {"return_url": ""}
    assert registration().return_url == "https://kelmu.invalid/login/mandates/callback"

    settings.SUOMIFI_MANDATES = MANDATES | {"return_url": "https://other.invalid/back"}
    assert registration().return_url == "https://other.invalid/back"


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://other.invalid"},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": "http://other.invalid/token"},
        {"jwks_uri": ["https://other.invalid/jwks"]},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"userinfo_endpoint": "ftp://other.invalid"},
        {"end_session_endpoint": 1},
    ],
)
def test_a_discovery_document_that_cannot_be_right_is_not_used(changes: dict[str, Any]) -> None:
    document: dict[str, Any] = {}
    with serve(lambda _: reply(document)) as server:
        document |= {
            "issuer": server.address,
            "authorization_endpoint": f"{server.address}/authorize",
            "token_endpoint": f"{server.address}/token",
            "jwks_uri": f"{server.address}/jwks",
        }
        assert fetch(server.address).userinfo_endpoint is None
        document |= changes

        with pytest.raises(Unavailable):
            fetch(server.address)


def test_a_provider_without_a_discovery_document_is_not_used() -> None:
    with serve(lambda _: reply({}, status=404)) as server, pytest.raises(Unavailable):
        fetch(server.address)


def test_the_way_of_the_secret_follows_the_provider() -> None:
    document: dict[str, Any] = {}
    ways = {"client_secret_basic": True, "client_secret_post": False}
    with serve(lambda _: reply(document)) as server:
        document |= {
            "issuer": server.address,
            "authorization_endpoint": f"{server.address}/authorize",
            "token_endpoint": f"{server.address}/token",
            "jwks_uri": f"{server.address}/jwks",
        }
        assert fetch(server.address).takes_secret_in_header  # the default of Discovery 1.0
        for way, in_header in ways.items():
            document["token_endpoint_auth_methods_supported"] = [way]
            assert fetch(server.address).takes_secret_in_header is in_header
