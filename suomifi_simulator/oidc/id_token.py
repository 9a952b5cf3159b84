"""The id_token: its claims, its signature, its envelope, and each of them spoiled to order."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from secrets import token_urlsafe

from jose import jwe, jwt

from suomifi_simulator.oidc import client_keys
from suomifi_simulator.oidc.keys import Key
from suomifi_simulator.oidc.provider import ACR_VALUES, Issued, Provider

type Claims = dict[str, object]

SECONDS = 600
DAY = 24 * 3600
STEP = "token"


async def id_token(provider: Provider, issued: Issued, access_token: str) -> str:
    """The token for the client; KeySetError if it is to be encrypted and the client has no key."""
    signed = _sign(provider, issued, _spoiled_claims(provider, issued, access_token))
    return await _enclose(provider, issued, signed)


def claims_of(provider: Provider, issued: Issued) -> Claims:
    """What is said of the person, under the names that the client is registered for."""
    account = issued.identified.account
    identity = {issued.asked.client.hetu_claim: account.hetu} if provider.strong else {}
    return {"sub": issued.identified.subject, **account.claims, **identity}


def _claims(provider: Provider, issued: Issued, access_token: str) -> Claims:
    now = int(provider.clock.now())
    half = sha256(access_token.encode()).digest()[:16]
    return claims_of(provider, issued) | {
        "iss": provider.issuer,
        "aud": issued.asked.client.id,
        "iat": now,
        "exp": now + SECONDS,
        "auth_time": issued.identified.auth_time,
        "nonce": issued.asked.nonce,
        "acr": _acr(issued.asked.acr_values),
        "at_hash": _base64(half),
    }


def _acr(asked: tuple[str, ...]) -> str:
    return next((acr for acr in asked if acr in ACR_VALUES), ACR_VALUES[0])


def _spoiled_claims(provider: Provider, issued: Issued, access_token: str) -> Claims:
    claims = _claims(provider, issued, access_token)
    now = int(provider.clock.now())
    wrong: dict[str, Claims] = {
        "wrong_nonce": {"nonce": token_urlsafe(16)},
        "wrong_issuer": {"iss": "https://issuer.invalid"},
        "wrong_audience": {"aud": "another-client"},
        "wrong_azp": {"azp": "another-client"},
        "expired_token": {"iat": now - DAY, "exp": now - DAY + SECONDS},
        "future_iat": {"iat": now + DAY, "exp": now + DAY + SECONDS},
        "test_loa": {"acr": "http://ftn.ficora.fi/2017/loatest2"},
        "missing_at_hash": {"at_hash": None},
        "missing_hetu": {issued.asked.client.hetu_claim: None},
    }
    for fault, changes in wrong.items():
        if _strikes(provider, issued, fault):
            claims |= changes
    return {name: value for name, value in claims.items() if value is not None}


def _sign(provider: Provider, issued: Issued, claims: Claims) -> str:
    keys = provider.keys
    forged: dict[str, Callable[[], str]] = {
        "alg_none": lambda: _compact({"alg": "none"}, claims, lambda _: b""),
        "alg_hs256": lambda: _hs256(keys.current, claims),
        "unknown_kid": lambda: _rs256(keys.unpublished, claims),
        "encryption_key": lambda: _rs256(keys.encryption, claims),
    }
    for fault, forge in forged.items():
        if _strikes(provider, issued, fault):
            return forge()
    return _rs256(keys.current, claims)


async def _enclose(provider: Provider, issued: Issued, signed: str) -> str:
    client = issued.asked.client
    envelopes: dict[str, tuple[bytes, str, str | None]] = {
        "unsigned_jwe": (_payload(signed), "RSA-OAEP", None),
        "rsa1_5": (signed.encode(), "RSA1_5", None),
        "zip_bomb": (b" " * 10_000_000, "RSA-OAEP", "DEF"),
    }
    for fault, (content, algorithm, compression) in envelopes.items():
        if _strikes(provider, issued, fault):
            return await _encrypt(client.jwks_uri, content, algorithm, compression)
    if client.encrypted_id_token:
        return await _encrypt(client.jwks_uri, signed.encode(), "RSA-OAEP", None)
    return signed


async def _encrypt(address: str, content: bytes, algorithm: str, compression: str | None) -> str:
    key = await client_keys.encryption_key(address)
    sealed = jwe.encrypt(
        content,
        key,
        encryption="A128CBC-HS256",
        algorithm=algorithm,
        zip=compression,
        cty="JWT",
        kid=key.get("kid"),
    )
    return sealed.decode()


def _strikes(provider: Provider, issued: Issued, fault: str) -> bool:
    return provider.faults.strike(fault, STEP, issued.identified.account.slug) is not None


def _rs256(key: Key, claims: Claims) -> str:
    return jwt.encode(claims, key.signer, algorithm="RS256", headers={"kid": key.kid})


def _hs256(key: Key, claims: Claims) -> str:
    """Signed by the public key as if it were a shared secret: the oldest trick."""
    secret = key.public_pem.encode()
    header: Claims = {"alg": "HS256", "kid": key.kid}
    return _compact(header, claims, lambda text: hmac.digest(secret, text, "sha256"))


def _compact(header: Claims, claims: Claims, sign: Callable[[bytes], bytes]) -> str:
    text = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
    return f"{text}.{_base64(sign(text.encode()))}"


def _payload(token: str) -> bytes:
    return json.dumps(jwt.get_unverified_claims(token)).encode()


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
