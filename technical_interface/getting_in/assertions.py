"""Checks who asks for a token: a JWT that the organisation's key has signed (RFC 7523).

python-jose is used as for Suomi.fi's tokens: one algorithm, pinned by the key, and every claim
looked at here, for it neither misses what is absent nor looks at ages.
"""

import time
from dataclasses import dataclass
from hashlib import sha256

from jose import jwt
from jose.exceptions import ExpiredSignatureError

from authorizations.suomifi.errors import Refused as NotAToken
from authorizations.suomifi.tokens import FAULTS, LEEWAY_SECONDS, Claims, unverified_header
from kelmu import clock
from organisations.models import InterfaceKey
from organisations.models.keys import Fault
from technical_interface.models import ASSERTION_LIFETIME

MOST_CHARACTERS = 8 * 1024
LONGEST_JTI = 100


class NotProven(Exception):
    """The assertion proves nothing; `key` is the one that it names, if there is such a key."""

    def __init__(self, fault: Fault, key: InterfaceKey | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.key = key


@dataclass(frozen=True, slots=True)
class Proof:
    """Who has signed, and what makes the assertion one of its kind until it ends."""

    key: InterfaceKey
    jti: bytes
    expires_at: int  # seconds since 1970


def proof(assertion: str, audience: str) -> Proof:
    """Whose the assertion is. `audience` is the one address that it must be made for.

    Raises NotProven. That it comes for the first time the database says (services.issue).
    """
    if len(assertion) > MOST_CHARACTERS:
        raise NotProven(Fault.FORM)
    key, algorithm = _named_key(assertion)
    if fault := _fault_of(key, algorithm):
        raise NotProven(fault, key)
    claims = _signed_claims(assertion, key)
    if fault := _fault_in(claims, key, audience):
        raise NotProven(fault, key)
    return Proof(key, sha256(claims.text("jti").encode()).digest(), claims.number("exp") or 0)


def _named_key(assertion: str) -> tuple[InterfaceKey, object]:
    try:
        header = unverified_header(assertion, segments=3)
    except NotAToken:
        raise NotProven(Fault.FORM) from None
    kid = header.get("kid")
    known = InterfaceKey.objects.select_related("organisation")
    key = known.filter(kid=kid).first() if isinstance(kid, str) and kid.isascii() else None
    if key is None:
        raise NotProven(Fault.UNKNOWN_KEY)
    return key, header.get("alg")


def _fault_of(key: InterfaceKey, algorithm: object) -> Fault | None:
    if key.ended_at or key.expires_on <= clock.today():
        return Fault.ENDED_KEY
    if key.approved_at is None:
        return Fault.UNAPPROVED_KEY
    return None if algorithm == key.algorithm else Fault.ALGORITHM


def _signed_claims(assertion: str, key: InterfaceKey) -> Claims:
    options = {"verify_aud": False, "leeway": LEEWAY_SECONDS}  # _fault_in looks at aud
    try:
        return Claims(
            jwt.decode(assertion, key.public_key, algorithms=[key.algorithm], options=options)
        )
    except ExpiredSignatureError:
        raise NotProven(Fault.LIFETIME, key) from None
    except FAULTS:
        raise NotProven(Fault.SIGNATURE, key) from None


def _fault_in(claims: Claims, key: InterfaceKey, audience: str) -> Fault | None:
    """The first claim that is not as it must be."""
    client = key.organisation.business_id
    jti = claims.text("jti")
    holds = {
        Fault.CLIENT: claims.text("iss") == client == claims.text("sub"),
        Fault.AUDIENCE: claims.values.get("aud") == audience,
        Fault.LIFETIME: _is_short_lived(claims),
        Fault.JTI: 0 < len(jti) <= LONGEST_JTI and _is_text(jti),
    }
    return next((fault for fault, held in holds.items() if not held), None)


def _is_short_lived(claims: Claims) -> bool:
    issued_at, expires_at = claims.number("iat"), claims.number("exp")
    if issued_at is None or expires_at is None:
        return False
    longest, now = ASSERTION_LIFETIME.total_seconds(), time.time()
    return (
        0 < expires_at - issued_at <= longest
        and now - longest - LEEWAY_SECONDS <= issued_at <= now + LEEWAY_SECONDS
    )


def _is_text(jti: str) -> bool:
    return jti.isprintable()  # half a surrogate pair is not
