"""The provider's public keys."""

from collections.abc import Callable, Iterable
from typing import Any

import requests
from jose import jwk
from jose.backends.base import Key
from jose.exceptions import JOSEError
from jose.utils import base64url_decode

from authorizations.suomifi import http
from authorizations.suomifi.errors import Reason, Refused, Unavailable
from authorizations.suomifi.lastgood import LastGood

MODULUS_BITS = range(2048, 8192 + 1)


class SigningKeys:
    """Keys that the provider signs with, from its JWK set, which is at `address()`."""

    def __init__(self, address: Callable[[], str]) -> None:
        self._address = address
        self._set = LastGood(self._fetch)

    def key(self, kid: str) -> Key:
        """The one RSA signing key of this id. An unknown id makes the set be fetched again."""
        key = _find(self._set.get(), kid) or _find(self._set.refreshed(), kid)
        if key is None:
            raise Refused(Reason.UNKNOWN_KEY)
        return key

    def _fetch(self) -> list[object]:
        answer = http.send(requests.Request("GET", self._address()).prepare())
        keys = answer.object().get("keys") if answer.status == 200 else None
        if not isinstance(keys, list):
            raise Unavailable(Reason.DISCOVERY)
        return keys


def _find(keys: Iterable[object], kid: str) -> Key | None:
    # python-jose would try every key whatever its kid and use, and fail at the first EC key.
    found = [key for key in keys if isinstance(key, dict) and _is_for_signing(key, kid)]
    return _constructed(found[0]) if len(found) == 1 else None


def _is_for_signing(key: dict[str, Any], kid: str) -> bool:
    return (
        key.get("kid") == kid
        and key.get("kty") == "RSA"
        and key.get("use") in (None, "sig")
        and key.get("alg") in (None, "RS256")
    )


def _constructed(key: dict[str, Any]) -> Key | None:
    modulus, exponent = key.get("n"), key.get("e")
    if not (isinstance(modulus, str) and isinstance(exponent, str)):
        return None
    try:
        bits = int.from_bytes(base64url_decode(modulus.encode())).bit_length()
        public = {"kty": "RSA", "n": modulus, "e": exponent}
        return jwk.construct(public, "RS256") if bits in MODULUS_BITS else None
    except (JOSEError, ValueError, TypeError):
        return None
