"""Tokens as a provider makes them, and as somebody makes them who wants to be one."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jose import jwe, jwk, jwt

ISSUER = "https://provider.invalid"
CLIENT = "kelmu"
NONCE = "nonce-of-this-attempt"
LEVEL = "http://ftn.ficora.fi/2017/loa3"
TEST_LEVEL = "http://ftn.ficora.fi/2017/loatest2"

type Json = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """An RSA key under a name."""

    kid: str
    pem: str

    @classmethod
    def generate(cls, kid: str, bits: int = 2048) -> "Key":
        private = rsa.generate_private_key(65537, bits)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return cls(kid, pem.decode())

    @property
    def public_pem(self) -> bytes:
        return jwk.construct(self.pem, "RS256").public_key().to_pem()

    def public(self, **members: object) -> Json:
        """As a JWK; `members` come on top."""
        numbers = jwk.construct(self.pem, "RS256").public_key().to_dict()
        return numbers | {"kid": self.kid, "use": "sig"} | members


def claims(**changes: object) -> Json:
    """What a good id_token says; a change to None takes the claim out."""
    now = int(time.time())
    good = {
        "iss": ISSUER,
        "sub": "subject",
        "aud": CLIENT,
        "iat": now,
        "exp": now + 600,
        "auth_time": now,
        "nonce": NONCE,
        "acr": LEVEL,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def signed(key: Key, said: Json, **header: object) -> str:
    """By RS256."""
    return jwt.encode(said, key.pem, algorithm="RS256", headers={"kid": key.kid} | header)


def unsigned(said: Json, **header: object) -> str:
    """With nothing where the signature should be."""
    return f"{_segment(header)}.{_segment(said)}."


def signed_by_secret(secret: bytes, said: Json, **header: object) -> str:
    """By HS256, with whatever octets for a secret."""
    text = f"{_segment({'alg': 'HS256'} | header)}.{_segment(said)}"
    return f"{text}.{_base64(hmac.digest(secret, text.encode(), 'sha256'))}"


def encrypted(text: str, key: Json, algorithm: str = "RSA-OAEP", **more: Any) -> str:
    """To the holder of a public key."""
    sealed = jwe.encrypt(text, key, "A128CBC-HS256", algorithm, kid=key["kid"], **more)
    return sealed.decode()


def with_header(token: str, **members: object) -> str:
    """The token with another header on it."""
    return f"{_segment(members)}.{token.partition('.')[2]}"


def _segment(part: Json) -> str:
    return _base64(json.dumps(part).encode())


def _base64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
