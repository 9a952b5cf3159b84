"""The demo's secrets: made once, kept in files that their owner alone may read."""

import base64
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True)
class Keys:
    """What the application keeps secret.

    A database belongs to the pseudonym key it was filled with: the log knows people by it alone.
    """

    secret_key: str
    pseudonym_key: str
    session_data_key: str
    documents_key: str
    client_key_file: Path
    seal_key: str

    @property
    def seal_public_key(self) -> str:
        """The public half of the key that seals the log."""
        key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(self.seal_key)).public_key()
        return base64.b64encode(key.public_bytes_raw()).decode()

    @classmethod
    def kept_in(cls, folder: Path) -> Self:
        """The keys of a folder; those that are missing are made."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(
            secret_key=kept(folder / "secret_key", secrets.token_urlsafe(50)),
            pseudonym_key=kept(folder / "pseudonym_key", secrets.token_urlsafe(32)),
            session_data_key=kept(folder / "session_data_key", Fernet.generate_key().decode()),
            documents_key=kept(folder / "documents_key", Fernet.generate_key().decode()),
            client_key_file=kept_file(folder / "client_key.pem", client_key),
            seal_key=kept(folder / "seal_key", base64.b64encode(secrets.token_bytes(32)).decode()),
        )


def kept(file: Path, new: str) -> str:
    """The text of a file, which is `new` if there was none."""
    return kept_file(file, lambda: new).read_text()


def kept_file(file: Path, make: Callable[[], str]) -> Path:
    """A file, made if there is none."""
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as output:
            output.write(make())
        unfinished.rename(file)
    return file


def client_key() -> str:
    """A new RSA key in PEM, by which the application shows Suomi.fi that it is itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
