"""The provider's keys: two that sign, one that does not, and their rotation."""

from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jose import jwk
from jose.backends.base import Key as Signer

type Jwk = dict[str, str]


@dataclass(frozen=True)
class Key:
    """An RSA key with its identifier; `use` is "sig" or "enc"."""

    kid: str
    use: str
    private: rsa.RSAPrivateKey

    @classmethod
    def generate(cls, use: str = "sig") -> "Key":
        """A new key of 2048 bits."""
        return cls(token_hex(8), use, rsa.generate_private_key(65537, 2048))

    @property
    def pem(self) -> str:
        """The private key, unencrypted."""
        return self.private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ).decode()

    @cached_property
    def signer(self) -> Signer:
        """What signs: to make it of the PEM takes a hundred times as long as to sign."""
        return jwk.construct(self.pem, "RS256")

    @property
    def public_pem(self) -> str:
        """The public key."""
        key = self.private.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @property
    def public_jwk(self) -> Jwk:
        """The public key as it is published."""
        algorithm = "RS256" if self.use == "sig" else "RSA-OAEP"
        return jwk.construct(self.public_pem, algorithm).to_dict() | {
            "kid": self.kid,
            "use": self.use,
        }


class KeyRing:
    """The newest key signs; the one before it stays published, so that its tokens can be read."""

    def __init__(self) -> None:
        self._signing = [Key.generate(), Key.generate()]
        self.encryption = Key.generate("enc")
        self.unpublished = Key.generate()

    @property
    def current(self) -> Key:
        """The key that signs."""
        return self._signing[0]

    def rotate(self) -> None:
        """Sign by a key that nobody has seen, and publish it at the same moment."""
        self._signing = [Key.generate(), self.current]

    def published(self) -> dict[str, list[Jwk]]:
        """The key set."""
        return {"keys": [key.public_jwk for key in (*self._signing, self.encryption)]}
