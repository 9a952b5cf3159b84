"""The services as the settings name them, one of each per process."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from authorizations.suomifi.exchange import Client
from authorizations.suomifi.keys import read_keys
from authorizations.suomifi.mandates import MandateService, Registration
from authorizations.suomifi.provider import Configuration, Provider


@cache
def suomifi_identification() -> Provider:
    """Suomi.fi e-Identification (SUOMIFI_OIDC_*)."""
    named = settings.SUOMIFI_OIDC
    if settings.IN_PRODUCTION and not named["acr"]:
        raise ImproperlyConfigured(
            "SUOMIFI_OIDC_ACR must name the levels of strong identification."
        )
    wanted = (named["hetu_claim"], "given_name", "family_name")
    return _provider(named, "/login/callback", wanted)


@cache
def kela() -> Provider:
    """Kela's own provider (KELA_OIDC_*)."""
    named = settings.KELA_OIDC
    return _provider(named, "/kela/callback", (named["group_claim"],))


@cache
def suomifi_mandates() -> MandateService:
    """Suomi.fi e-Authorizations (SUOMIFI_MANDATES_*)."""
    named = settings.SUOMIFI_MANDATES
    if not all(named[part] for part in ("url", "client_id", "api_key", "oauth_password")):
        raise ImproperlyConfigured("SUOMIFI_MANDATES_* must name the service and our registration.")
    return MandateService(
        Registration(
            url=named["url"].rstrip("/"),
            client_id=named["client_id"],
            api_key=named["api_key"],
            oauth_password=named["oauth_password"],
            return_url=named["return_url"] or _own("/login/mandates/callback"),
        )
    )


def _provider(named: dict[str, Any], callback: str, wanted: tuple[str, ...]) -> Provider:
    if not (named["issuer"] and named["client_id"]):
        raise ImproperlyConfigured("An OpenID provider needs its ISSUER and our CLIENT_ID.")
    keys = read_keys(named["client_key_file"]) if named["client_key_file"] else None
    encrypted = named.get("encrypted", False)
    if encrypted and not (keys and keys.decrypting):
        raise ImproperlyConfigured("Encrypted id_tokens need a second key in CLIENT_KEY_FILE.")
    if not (keys or named["client_secret"]):
        raise ImproperlyConfigured("An OpenID client needs its CLIENT_KEY_FILE or CLIENT_SECRET.")
    return Provider(
        Configuration(
            issuer=named["issuer"],
            client=Client(named["client_id"], keys, named["client_secret"]),
            redirect_uri=_own(callback),
            scope=named["scope"],
            levels=tuple(named.get("acr", ())),
            test_levels=not settings.IN_PRODUCTION,
            encrypted=encrypted,
            wanted=wanted,
        )
    )


def _own(path: str) -> str:
    return f"{settings.APPLICATION_ADDRESS.rstrip('/')}{path}"
