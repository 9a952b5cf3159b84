"""Checks an id_token. python-jose's sharp edges are kept off: each step here has its reason.

It ignores kid, use and crit, tries every key, accepts tokens without aud, exp or sub, and never
looks at nonce, azp, acr or the age of iat and auth_time.
"""

import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jose import jwe, jws, jwt
from jose.exceptions import ExpiredSignatureError, JOSEError, JWTClaimsError

from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.jwks import SigningKeys
from authorizations.suomifi.keys import OwnKeys

MOST_CHARACTERS = 32 * 1024
LEEWAY_SECONDS = 30
OLDEST_SECONDS = 600
KEY_ENCRYPTION = ("RSA-OAEP", "RSA-OAEP-256")
CONTENT_ENCRYPTION = ("A128CBC-HS256", "A128GCM", "A256GCM")
TEST_LEVEL = "loatest"  # http://ftn.ficora.fi/2017/loatest2
# What python-jose raises at input that somebody made up: by far not only its own exceptions.
FAULTS = (
    JOSEError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


@dataclass(frozen=True)
class Claims:
    """What a provider says of the person. Values stay out of its repr."""

    values: Mapping[str, Any] = field(repr=False)

    def text(self, name: str) -> str:
        """A claim that is a text; empty if it is absent or something else."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A claim that is a list of texts; empty if it is absent or something else."""
        value = self.values.get(name)
        return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()

    def number(self, name: str) -> int | None:
        """A claim that is a whole number."""
        value = self.values.get(name)
        return value if type(value) is int else None


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the token must say.

    `authenticated_since`: the person must have identified themselves after it (seconds since
    1970). `levels`: one of them must be reached; if there are none, any will do. Test levels
    count only where `test_levels` says so.
    """

    issuer: str
    client_id: str
    nonce: str
    authenticated_since: int | None = None
    levels: tuple[str, ...] = ()
    test_levels: bool = False


def verified_claims(
    token: str,
    expected: Expected,
    keys: SigningKeys,
    access_token: str | None = None,
    decryption: OwnKeys | None = None,
) -> Claims:
    """The claims of an id_token, or Refused.

    With `decryption` the token must be encrypted to one of those keys, and without it must not.
    """
    if len(token) > MOST_CHARACTERS:
        raise Refused(Reason.TOKEN_FORM)
    signed = token if decryption is None else _decrypted(token, decryption)
    claims = Claims(_signed_values(signed, expected, keys, access_token))
    if fault := _fault(claims, expected):
        raise Refused(fault)
    return claims


def _decrypted(token: str, own: OwnKeys) -> str:
    header = unverified_header(token, segments=5)
    if header.get("alg") not in KEY_ENCRYPTION or header.get("enc") not in CONTENT_ENCRYPTION:
        raise Refused(Reason.ALGORITHM)
    if "zip" in header:
        raise Refused(Reason.ALGORITHM)
    key = own.decrypting_key(header.get("kid"))
    if key is None:
        raise Refused(Reason.UNKNOWN_KEY)
    try:
        return (jwe.decrypt(token, key.pem) or b"").decode()
    except FAULTS:
        raise Refused(Reason.DECRYPTION) from None


def _signed_values(
    token: str, expected: Expected, keys: SigningKeys, access_token: str | None
) -> dict[str, Any]:
    header = unverified_header(token, segments=3)
    if header.get("alg") != "RS256":
        raise Refused(Reason.ALGORITHM)
    if not isinstance(kid := header.get("kid"), str):
        raise Refused(Reason.UNKNOWN_KEY)
    key = keys.key(kid)
    try:
        return jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            access_token=access_token,
            options={"verify_aud": False, "leeway": LEEWAY_SECONDS},  # _fault looks at aud
        )
    except ExpiredSignatureError:
        raise Refused(Reason.EXPIRED) from None
    except JWTClaimsError:
        raise Refused(Reason.CLAIMS) from None
    except FAULTS:
        raise Refused(Reason.SIGNATURE) from None


def unverified_header(token: str, segments: int) -> dict[str, Any]:
    """The header, not yet verified. Refused if it asks for an extension (RFC 7515 4.1.11)."""
    if token.count(".") != segments - 1:
        raise Refused(Reason.TOKEN_FORM)
    try:
        header: dict[str, Any] = (jws if segments == 3 else jwe).get_unverified_header(token)
    except FAULTS:
        raise Refused(Reason.TOKEN_FORM) from None
    if "crit" in header:
        raise Refused(Reason.ALGORITHM)
    return header


def _fault(claims: Claims, expected: Expected) -> Reason | None:
    """The first thing that is not as it must be."""
    now = int(time.time())
    issued_at = claims.number("iat")
    holds = {
        Reason.ISSUER: claims.text("iss") == expected.issuer,
        Reason.AUDIENCE: claims.values.get("aud") in (expected.client_id, [expected.client_id]),
        Reason.AUTHORIZED_PARTY: claims.values.get("azp") in (None, expected.client_id),
        Reason.SUBJECT: bool(claims.text("sub")),
        Reason.EXPIRED: claims.number("exp") is not None,
        Reason.ISSUED_AT: issued_at is not None
        and now - OLDEST_SECONDS <= issued_at <= now + LEEWAY_SECONDS,
        Reason.NONCE: same(claims.text("nonce"), expected.nonce),
        Reason.AUTHENTICATION_AGE: _is_recent(claims, expected, now),
        Reason.LEVEL: _is_strong(claims, expected),
    }
    return next((reason for reason, held in holds.items() if not held), None)


def _is_recent(claims: Claims, expected: Expected, now: int) -> bool:
    authenticated = claims.number("auth_time")
    if authenticated is None:
        return expected.authenticated_since is None and "auth_time" not in claims.values
    since = expected.authenticated_since or 0
    return since - LEEWAY_SECONDS <= authenticated <= now + LEEWAY_SECONDS


def _is_strong(claims: Claims, expected: Expected) -> bool:
    level = claims.text("acr")
    if TEST_LEVEL in level and not expected.test_levels:
        return False
    return not expected.levels or level in expected.levels


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same and not empty, in constant time."""
    # JSON can hold half a surrogate pair, which is no text for the plain encoding.
    octets = [text.encode(errors="surrogatepass") for text in (one, other)]
    return bool(other) and hmac.compare_digest(*octets)
