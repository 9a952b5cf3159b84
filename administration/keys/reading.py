"""Reads the public key that a technical contact has pasted: PEM, or JSON (JWK)."""

import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from jose import jwk

from authorizations.suomifi.tokens import FAULTS
from kelmu.jwk import thumbprint
from organisations.models import InterfaceKey

Algorithm = InterfaceKey.Algorithm
RSA_BITS = range(2048, 4096 + 1)
USUAL_EXPONENT = 65537


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key as it is kept; its name follows from what it is."""

    kid: str
    algorithm: Algorithm
    pem: str


def read_key(typed: str) -> PublicKey:
    """The key in what was pasted. Raises ValidationError for anything else, a private key first."""
    try:
        key = load_pem_public_key(_pem(typed.strip()).encode())
    except ValidationError:
        raise
    except FAULTS:
        raise ValidationError(
            _("This is not a public key. Paste it as PEM or as JSON (JWK)."), code="form"
        ) from None
    algorithm = _algorithm(key)
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return PublicKey(thumbprint(jwk.construct(pem, algorithm.value).to_dict()), algorithm, pem)


def _pem(typed: str) -> str:
    is_json = typed.startswith("{")
    told = json.loads(typed) if is_json else {}
    if "PRIVATE KEY" in typed or "d" in told:
        raise ValidationError(
            _(
                "This is a private key, which nobody but your system may know. It was not kept."
                " Make a new pair, and paste the public key of it."
            ),
            code="private",
        )
    if not is_json:
        return typed
    algorithm = Algorithm.ES256 if told.get("kty") == "EC" else Algorithm.RS256
    return bytes(jwk.construct(told, algorithm.value).to_pem()).decode()


def _algorithm(key: object) -> Algorithm:
    if isinstance(key, RSAPublicKey):
        has_usual_exponent = key.public_numbers().e == USUAL_EXPONENT
        if key.key_size in RSA_BITS and has_usual_exponent:
            return Algorithm.RS256
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return Algorithm.ES256
    raise ValidationError(
        _("The key must be RSA of 2048 to 4096 bits with the exponent 65537, or EC of P-256."),
        code="kind",
    )
