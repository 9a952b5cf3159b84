"""A seal: what it says of an organisation's new rows, its signature, and the keys."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FIELDS = {
    *("organisation", "number", "previous", "round", "until", "open", "made_at", "rows", "key"),
}
SHORT = 12  # how much of a digest findings tell


@dataclass(frozen=True)
class Seal:
    """One seal as it stands in the database and in its anchor: JSON, and a signature in hex."""

    content: str
    signature: str

    @classmethod
    def of_line(cls, line: str) -> Self:
        """From the line of an anchor. ValueError if it is none."""
        content, signature = line.split("\t")
        return cls(content, signature)

    @cached_property
    def told(self) -> dict[str, Any]:
        """What it says. ValueError if it says nothing."""
        told: dict[str, Any] = json.loads(self.content)
        return told

    @cached_property
    def columns(self) -> tuple[int, int, int, datetime] | None:
        """What the columns that find it must say: organisation, number, round and time; None of
        one that cannot be read or does not say all that a seal says."""
        try:
            told = (self.organisation, self.number, self.round, self.made_at)
            rows = [number for number, _digest in self.told["rows"].values()]
            numbers = [self.told["until"], *self.told["open"], *rows]
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        is_whole = self.told.keys() == FIELDS and all(isinstance(one, int) for one in numbers)
        return told if is_whole else None

    @property
    def line(self) -> str:
        return f"{self.content}\t{self.signature}"

    @property
    def digest(self) -> str:
        """By which the next seal is linked to this one."""
        return hashlib.sha256(self.line.encode()).hexdigest()

    @property
    def named(self) -> dict[str, str | int]:
        """What findings call it by."""
        return {"seal": self.number, "digest": self.digest[:SHORT]}

    @property
    def organisation(self) -> int:
        return int(self.told["organisation"])

    @property
    def number(self) -> int:
        return int(self.told["number"])

    @property
    def round(self) -> int:
        return int(self.told["round"])

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.told["made_at"])

    def is_signed(self, keys: Mapping[str, Ed25519PublicKey]) -> bool:
        """Whether one of the keys has signed it."""
        key = keys.get(self.told["key"])
        if key is None:
            return False
        try:
            key.verify(bytes.fromhex(self.signature), self.content.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(told: Mapping[str, Any]) -> Seal:
    """A seal that says this, signed with the key of the settings."""
    key = private_key()
    named = {**told, "key": name_of(key.public_key())}
    content = json.dumps(named, sort_keys=True, separators=(",", ":"))
    return Seal(content, key.sign(content.encode()).hex())


def private_key() -> Ed25519PrivateKey:
    """The key that signs. Raises ImproperlyConfigured where it is not set."""
    if not settings.LOG_SEAL_KEY:
        raise ImproperlyConfigured("LOG_SEAL_KEY is not set: `manage.py make_seal_key` makes one.")
    return Ed25519PrivateKey.from_private_bytes(_decoded("LOG_SEAL_KEY", settings.LOG_SEAL_KEY))


def public_keys() -> dict[str, Ed25519PublicKey]:
    """The keys that are trusted, by their names: those of the settings, that of the signer too."""
    told = settings.LOG_SEAL_PUBLIC_KEYS
    keys = [
        Ed25519PublicKey.from_public_bytes(_decoded("LOG_SEAL_PUBLIC_KEYS", text)) for text in told
    ]
    if settings.LOG_SEAL_KEY:
        keys.append(private_key().public_key())
    if not keys:
        raise ImproperlyConfigured("Set LOG_SEAL_PUBLIC_KEYS: no key is known to verify with.")
    return {name_of(key): key for key in keys}


def name_of(key: Ed25519PublicKey) -> str:
    """The name of a key in the seals that it signed."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def new_key() -> tuple[str, str]:
    """A new key as the settings take it: the private and the public half."""
    key = Ed25519PrivateKey.generate()
    halves = (key.private_bytes_raw(), key.public_key().public_bytes_raw())
    private, public = (base64.b64encode(half).decode() for half in halves)
    return private, public


def _decoded(name: str, text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = b""
    if len(value) != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes in base64.")
    return value
