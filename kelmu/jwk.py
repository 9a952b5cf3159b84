"""Public keys as JSON (RFC 7517), and the name that follows from what they are."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

# What of a key its thumbprint is made of (RFC 7638, section 3.2).
NAMED_BY = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}


def thumbprint(key: Mapping[str, str]) -> str:
    """The thumbprint of a public key (RFC 7638): the same of the same key, whoever makes it."""
    named_by = {name: key[name] for name in NAMED_BY[key["kty"]]}
    return base64(sha256(json.dumps(named_by, separators=(",", ":")).encode()).digest())


def base64(octets: bytes) -> str:
    """As JSON of keys and tokens has it: for addresses, without what fills up the end."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
