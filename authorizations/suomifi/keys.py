"""Our own keys: they sign who we are, and open what is encrypted to us.

A key file holds PEM blocks: the first signs, a second one, if there is any, decrypts. Several
files, separated by commas, are for rotation: the first file is in use, all are published.
"""

import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from re import DOTALL, findall
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from jose import jwk, jwt
from jose.backends.base import Key

from kelmu.jwk import base64, thumbprint

ASSERTION_SECONDS = 120
LEAST_BITS = 2048
PEM_BLOCK = rb"-----BEGIN [A-Z ]*PRIVATE KEY-----.+?-----END [A-Z ]*PRIVATE KEY-----"


@dataclass(frozen=True)
class OwnKey:
    """An RSA key and its id, the thumbprint of RFC 7638.

    `signer` is what signs: to make it of the PEM takes a hundred times as long as to sign.
    """

    kid: str
    private: RSAPrivateKey = field(repr=False)
    pem: str = field(repr=False)
    signer: Key = field(repr=False)

    def public(self, use: str, algorithm: str) -> dict[str, str]:
        """Its public half as a JWK."""
        described = {"kid": self.kid, "use": use, "alg": algorithm}
        return described | _public_numbers(self.private)


@dataclass(frozen=True)
class OwnKeys:
    """All keys of a client, those in use first."""

    signing: tuple[OwnKey, ...]
    decrypting: tuple[OwnKey, ...]

    def decrypting_key(self, kid: object) -> OwnKey | None:
        """The key that something was encrypted to."""
        return next((key for key in self.decrypting if key.kid == kid), None)

    def assertion(self, client_id: str, audience: str) -> str:
        """A signed proof of who we are, good once and for two minutes (RFC 7523)."""
        now = int(time.time())
        claims = {
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + ASSERTION_SECONDS,
        }
        key = self.signing[0]
        return jwt.encode(claims, key.signer, algorithm="RS256", headers={"kid": key.kid})

    def published(self) -> list[dict[str, str]]:
        """The public halves as JWKs."""
        return [key.public("sig", "RS256") for key in self.signing] + [
            key.public("enc", "RSA-OAEP") for key in self.decrypting
        ]


@cache
def read_keys(paths: str) -> OwnKeys:
    """Read the key files (paths separated by commas); ImproperlyConfigured if one is no use."""
    files = [_read_file(Path(path.strip())) for path in paths.split(",")]
    return OwnKeys(
        signing=tuple(keys[0] for keys in files),
        decrypting=tuple(keys[1] for keys in files if len(keys) == 2),
    )


def public_jwks() -> dict[str, list[dict[str, str]]]:
    """The JWK set that Suomi.fi and Kela's provider fetch our keys from."""
    files = {settings.SUOMIFI_OIDC["client_key_file"], settings.KELA_OIDC["client_key_file"]}
    keys = [key for paths in sorted(files) if paths for key in read_keys(paths).published()]
    return {"keys": list({key["kid"]: key for key in keys}.values())}


def _read_file(path: Path) -> list[OwnKey]:
    try:
        keys = [_read_key(block) for block in findall(PEM_BLOCK, path.read_bytes(), DOTALL)]
    except (OSError, ValueError, TypeError):
        keys = []
    if len(keys) not in (1, 2):
        raise ImproperlyConfigured("A client key file must hold one or two RSA private keys.")
    return keys


def _read_key(block: bytes) -> OwnKey:
    private = load_pem_private_key(block, password=None)
    if not isinstance(private, RSAPrivateKey) or private.key_size < LEAST_BITS:
        raise ValueError("not an RSA key of enough bits")
    pem = block.decode()
    return OwnKey(thumbprint(_public_numbers(private)), private, pem, jwk.construct(pem, "RS256"))


def _public_numbers(private: RSAPrivateKey) -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    return {"e": _base64_number(numbers.e), "kty": "RSA", "n": _base64_number(numbers.n)}


def _base64_number(number: int) -> str:
    return base64(number.to_bytes((number.bit_length() + 7) // 8))
