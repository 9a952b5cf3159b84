"""Encrypts a file piece by piece, so that memory does not grow with it.

Each piece is sealed with AES-256-GCM under the file's own key: its number and whether it is the
last one are in the nonce, the id of the document is authenticated along. So no piece can be
changed, moved, left out or cut off at the end unseen, and no file be put in another's place.
"""

import hashlib
import io
from collections.abc import Iterator
from typing import IO, override
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 256 * 1024
TAG = 16


class Altered(Exception):
    """The stored content is not what was stored."""


class Sealing(io.RawIOBase):
    """What is read of it is the sealed content of `plain`; afterwards it knows size and digest."""

    def __init__(self, plain: IO[bytes], key: bytes, document: UUID) -> None:
        super().__init__()
        self.size = 0
        self._digest = hashlib.sha256()
        self._pieces = self._sealed(plain, AESGCM(key), document.bytes)
        self._left = b""

    @property
    def sha256(self) -> bytes:
        return self._digest.digest()

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # the stub wants a Buffer, which has no length
        if not self._left:
            self._left = next(self._pieces, b"")
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)

    def _sealed(self, plain: IO[bytes], cipher: AESGCM, document: bytes) -> Iterator[bytes]:
        number, piece = 0, plain.read(PIECE)
        while piece or not number:
            following = plain.read(PIECE)
            self.size += len(piece)
            self._digest.update(piece)
            yield cipher.encrypt(_nonce(number, is_last=not following), piece, document)
            number, piece = number + 1, following


def opened(sealed: IO[bytes], key: bytes, document: UUID) -> Iterator[bytes]:
    """The content, piece by piece. Raises Altered before it hands out what was not stored so."""
    cipher, number = AESGCM(key), 0
    piece = sealed.read(PIECE + TAG)
    while piece or not number:
        following = sealed.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), piece, document.bytes)
        except InvalidTag:
            raise Altered(str(document)) from None
        number, piece = number + 1, following


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])
