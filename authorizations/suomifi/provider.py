"""Logging in by an OpenID provider: authorization code flow with PKCE, state and nonce.

Everything about the provider comes from its discovery document and from settings.
"""

import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from authorizations.suomifi import discovery
from authorizations.suomifi.errors import Cancelled, Reason, Refused, Unavailable
from authorizations.suomifi.exchange import Client, redeem, userinfo
from authorizations.suomifi.jwks import SigningKeys
from authorizations.suomifi.keys import read_keys
from authorizations.suomifi.lastgood import LastGood
from authorizations.suomifi.tokens import Claims, Expected, same, verified_claims

ATTEMPT_SECONDS = 15 * 60
SECRET_BYTES = 32
CANCELLED = {"access_denied", "cancel"}
DOWN = {"temporarily_unavailable", "server_error"}


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """A provider and our registration there.

    `levels`: acr values of which one must be reached. `encrypted`: whether we registered to get
    id_tokens encrypted to our key. `wanted`: claims that are asked from userinfo if the id_token
    has them not.
    """

    issuer: str
    client: Client
    redirect_uri: str
    logged_out_uri: str
    scope: str
    levels: tuple[str, ...] = ()
    test_levels: bool = False
    encrypted: bool = False
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A login under way. Texts and numbers only: `asdict` and `Pending(**…)` carry it through a
    session, which must be encrypted and must give it out once."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    started_at: int
    fresh: bool

    @classmethod
    def start(cls, *, fresh: bool) -> "Pending":
        """A new one, unlike any other."""
        state, nonce, verifier = (token_urlsafe(SECRET_BYTES) for _ in range(3))
        return cls(
            state=state, nonce=nonce, verifier=verifier, started_at=int(time.time()), fresh=fresh
        )

    @property
    def challenge(self) -> str:
        """PKCE S256 (RFC 7636)."""
        digest = sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()


class Provider:
    """One OpenID provider. It may be down when we start: discovery happens when first needed."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._metadata = LastGood(partial(discovery.fetch, configuration.issuer))
        self._keys = SigningKeys(lambda: self._metadata.get().jwks_uri)

    def authorization(self, language: str, *, fresh: bool) -> tuple[str, Pending]:
        """Where to send the browser, and what to keep until it comes back.

        `fresh`: the person must identify themselves anew, whatever session the provider has.
        """
        configuration = self._configuration
        pending = Pending.start(fresh=fresh)
        query = {
            "response_type": "code",
            "client_id": configuration.client.id,
            "redirect_uri": configuration.redirect_uri,
            "scope": configuration.scope,
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": pending.challenge,
            "code_challenge_method": "S256",
            "ui_locales": language,
        }
        if configuration.levels:
            query["acr_values"] = " ".join(configuration.levels)
        if fresh:
            query |= {"prompt": "login", "max_age": "0"}
        return _address(self._metadata.get().authorization_endpoint, query), pending

    def claims(self, pending: Pending, parameters: Mapping[str, str]) -> Claims:
        """Who came back, from the query of the callback.

        Raises Cancelled, Refused or Unavailable. Whatever the outcome, `pending` is used up.
        """
        metadata = self._metadata.get()
        grant = {
            "code": self._code(pending, parameters, must_name_itself=metadata.names_itself),
            "redirect_uri": self._configuration.redirect_uri,
            "code_verifier": pending.verifier,
        }
        tokens = redeem(self._configuration.client, metadata, grant)
        claims = verified_claims(
            tokens.id_token,
            self._expected(pending),
            self._keys,
            access_token=tokens.access_token,
            decryption=self._configuration.client.keys if self._configuration.encrypted else None,
        )
        return self._completed(claims, metadata.userinfo_endpoint, tokens.access_token)

    def logout_url(self, language: str) -> str | None:
        """Where the provider ends its own session, if it has such a place and is up.

        The provider asks the user there, so whether they come back is their choice.

        There is no id_token_hint: an id_token holds the HETU, which must not stand in an address.
        """
        try:
            endpoint = self._metadata.get().end_session_endpoint
        except Unavailable:
            return None
        query = {
            "client_id": self._configuration.client.id,
            "post_logout_redirect_uri": self._configuration.logged_out_uri,
            "ui_locales": language,
        }
        return _address(endpoint, query) if endpoint else None

    def _code(
        self, pending: Pending, parameters: Mapping[str, str], *, must_name_itself: bool
    ) -> str:
        if not same(parameters.get("state", ""), pending.state):
            raise Refused(Reason.STATE)
        if time.time() > pending.started_at + ATTEMPT_SECONDS:
            raise Refused(Reason.ATTEMPT_EXPIRED)
        issuer = parameters.get("iss")
        if issuer != self._configuration.issuer and (issuer is not None or must_name_itself):
            raise Refused(Reason.ISSUER)
        return _code(parameters)

    def _expected(self, pending: Pending) -> Expected:
        configuration = self._configuration
        return Expected(
            issuer=configuration.issuer,
            client_id=configuration.client.id,
            nonce=pending.nonce,
            authenticated_since=pending.started_at if pending.fresh else None,
            levels=configuration.levels,
            test_levels=configuration.test_levels,
        )

    def _completed(self, claims: Claims, address: str | None, access_token: str | None) -> Claims:
        """With what only userinfo tells; the id_token's own word counts more."""
        if claims.values.keys() >= set(self._configuration.wanted) or not (
            address and access_token
        ):
            return claims
        more = userinfo(address, access_token, claims.text("sub"))
        return Claims({**more.values, **claims.values})


def _code(parameters: Mapping[str, str]) -> str:
    error = parameters.get("error")
    if error in CANCELLED:
        raise Cancelled
    if error in DOWN:
        raise Unavailable(Reason.PROVIDER_ERROR)
    if error is not None or not parameters.get("code"):
        raise Refused(Reason.PROVIDER_ERROR)
    return parameters["code"]


def _address(endpoint: str, query: Mapping[str, str]) -> str:
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(query)}"


@cache
def suomifi_identification() -> Provider:
    """Suomi.fi e-Identification (SUOMIFI_OIDC_*), one per process."""
    named = settings.SUOMIFI_OIDC
    if settings.IN_PRODUCTION and not named["acr"]:
        raise ImproperlyConfigured("SUOMIFI_OIDC_ACR must name the levels that are strong.")
    wanted = (named["hetu_claim"], "given_name", "family_name")
    return Provider(_configuration(named, "/login/callback", wanted))


@cache
def kela() -> Provider:
    """Kela's own provider (KELA_OIDC_*), one per process."""
    named = settings.KELA_OIDC
    return Provider(_configuration(named, "/kela/callback", (named["group_claim"], "name")))


def _configuration(named: dict[str, Any], callback: str, wanted: tuple[str, ...]) -> Configuration:
    own = settings.APPLICATION_ADDRESS.rstrip("/")
    encrypted = named.get("encrypted", False)
    client = _client(named)
    if encrypted and not (client.keys and client.keys.decrypting):
        raise ImproperlyConfigured("Encrypted id_tokens need a second key in CLIENT_KEY_FILE.")
    return Configuration(
        issuer=named["issuer"],
        client=client,
        redirect_uri=f"{own}{callback}",
        logged_out_uri=f"{own}/",
        scope=named["scope"],
        levels=tuple(named.get("acr", ())),
        test_levels=not settings.IN_PRODUCTION,
        encrypted=encrypted,
        wanted=wanted,
    )


def _client(named: dict[str, Any]) -> Client:
    if not (named["issuer"] and named["client_id"]):
        raise ImproperlyConfigured("An OpenID provider needs its ISSUER and our CLIENT_ID.")
    if not (named["client_key_file"] or named["client_secret"]):
        raise ImproperlyConfigured("An OpenID client needs its CLIENT_KEY_FILE or CLIENT_SECRET.")
    keys = read_keys(named["client_key_file"]) if named["client_key_file"] else None
    return Client(named["client_id"], keys, named["client_secret"])
