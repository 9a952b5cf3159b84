"""Where the contents of documents lie: encrypted, in the storage that the settings name.

A content has the document's id for a name, and nothing of what a user typed. It is written before
its row and removed after it, so what a row promises is there; what is left without a row is swept
away later (documents.keeping).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import Storage, storages

from documents import keys
from documents.models import Document
from documents.sealing import PIECE, Altered, Sealing, opened


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a content once it is stored."""

    size: int
    sha256: bytes
    key: bytes


def place() -> Storage:
    return storages["documents"]


def name_of(document: UUID) -> str:
    return f"{document.hex[:2]}/{document.hex}"


def store(document: UUID, plain: IO[bytes]) -> Stored:
    """Stores a content. OSError, or what the storage raises, where it cannot."""
    key, wrapped = keys.new()
    plain.seek(0)
    sealing = Sealing(plain, key, document)
    place().save(name_of(document), File(BufferedReader(sealing, PIECE)))
    return Stored(sealing.size, sealing.sha256, wrapped)


def read(document: Document) -> Iterator[bytes]:
    """The content as it was sent, piece by piece. Raises Altered where it is not, or not there."""
    try:
        sealed = place().open(name_of(document.pk))
    except OSError:
        raise Altered(str(document.pk)) from None
    with sealed as file:
        yield from opened(file, keys.unwrapped(bytes(document.key)), document.pk)


def remove(document: UUID) -> None:
    """Removes a content; nothing happens where there is none."""
    place().delete(name_of(document))
