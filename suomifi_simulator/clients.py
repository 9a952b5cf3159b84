"""The e-services that are registered here, as `clients.toml` tells them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

type Authentication = Literal["private_key_jwt", "client_secret_basic", "client_secret_post"]


@dataclass(frozen=True, kw_only=True)
class RelyingParty:
    """A client of an OpenID provider."""

    id: str
    redirect_uris: frozenset[str]
    authentication: Authentication
    jwks_uri: str = ""
    secret: str = ""
    post_logout_redirect_uris: frozenset[str] = frozenset()
    hetu_claim: str = "personal_identity_code"
    encrypted_id_token: bool = False

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """From a row of the file."""
        addresses = {
            key: frozenset(row.get(key, ()))
            for key in ("redirect_uris", "post_logout_redirect_uris")
        }
        return cls(**(row | addresses))


@dataclass(frozen=True, kw_only=True)
class MandateClient:
    """An e-service of e-Authorizations."""

    id: str
    api_key: str
    oauth_password: str
    return_addresses: frozenset[str]

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """From a row of the file."""
        return cls(**(row | {"return_addresses": frozenset(row["return_addresses"])}))


@dataclass(frozen=True)
class Clients:
    """All registrations by service and client id."""

    identification: dict[str, RelyingParty]
    kela: dict[str, RelyingParty]
    authorizations: dict[str, MandateClient]

    @classmethod
    def read(cls, path: Path, application: str) -> Self:
        """Read the file, in which `{application}` stands for the application's address."""
        rows = tomllib.loads(path.read_text().replace("{application}", application))
        return cls(
            identification={row["id"]: RelyingParty.of(row) for row in rows["identification"]},
            kela={row["id"]: RelyingParty.of(row) for row in rows["kela"]},
            authorizations={row["id"]: MandateClient.of(row) for row in rows["authorizations"]},
        )
