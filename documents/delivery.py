"""Hands a sending over to Kela: as a folder, or by HTTP (DOCUMENTS_DELIVERY).

Whatever the way, the sending's own number names it, so Kela can tell a repeat; a manifest vouches
for every file by its SHA-256 and comes last. The files are those that were sent, byte for byte.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import requests
from django.conf import settings
from django.utils import timezone

from customers.models import IdentityCode
from documents import contents
from documents.models import Document, Sending
from documents.sealing import Altered
from documents.words import ENDINGS, Failed, FileType, Trouble
from kelmu.clock import HELSINKI

MANIFEST = "manifest.json"
PATIENCE = 60  # seconds for Kela's answer


class Way(Protocol):
    def __call__(self, sending: Sending, documents: list[Document]) -> None:
        """Delivers, once more if need be. Raises Failed, or OSError."""


def deliver(sending: Sending, documents: list[Document]) -> None:
    """Delivers by the way of the settings. Raises Failed, which names no path and no address."""
    way = WAYS.get(settings.DOCUMENTS_DELIVERY)
    if way is None:
        raise Failed(Trouble.NO_WAY)
    try:
        way(sending, documents)
    except Altered as error:
        raise Failed(Trouble.STORE) from error
    except OSError as error:  # those of requests too
        raise Failed(Trouble.NOT_TAKEN, error.strerror or type(error).__name__) from error


def manifest(sending: Sending, documents: list[Document]) -> dict[str, Any]:
    """What Kela must know of a sending. Of the official it is told nothing: the log knows who."""
    sent_at = timezone.localtime(sending.sent_at, HELSINKI)
    codes = IdentityCode.objects.filter(customer=sending.customer_id, is_current=True)
    return {
        "sending": str(sending.pk),
        "answers": str(sending.answers_id) if sending.answers_id else None,
        "hetu": codes.values_list("code", flat=True).get(),
        "organisation": sending.organisation.business_id,
        "purpose": sending.purpose,
        "kind": sending.kind,
        "application": sending.application,
        "matter": sending.matter,
        "text": sending.text,
        "asked_by_customer": sending.asked_by_customer,
        "sent_at": sent_at.isoformat(timespec="seconds"),
        "files": [
            {
                "file": file_of(one),
                "name": one.name,
                "type": one.type,
                "size": one.size,
                "sha256": bytes(one.sha256).hex(),
            }
            for one in documents
        ],
    }


def file_of(document: Document) -> str:
    """The name of a file as it is delivered, which no user has chosen."""
    return f"{document.number}.{ENDINGS[FileType(document.type)]}"


def as_sent(document: Document) -> Iterator[bytes]:
    """The content; Altered at its end where it is not what was sent."""
    digest = hashlib.sha256()
    for piece in contents.read(document):
        digest.update(piece)
        yield piece
    if digest.digest() != bytes(document.sha256):
        raise Altered(str(document.pk))


# --- as a folder ----------------------------------------------------------------------------------


def as_folder(sending: Sending, documents: list[Document]) -> None:
    """A folder with the sending's number, which appears whole or not at all."""
    place = Path(settings.DOCUMENTS_OUT)
    whole, part = place / str(sending.pk), place / f".{sending.pk}"
    if whole.exists():  # delivered before the service came to note it
        return
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for one in documents:
        _write(part / file_of(one), as_sent(one))
    told = json.dumps(manifest(sending, documents), ensure_ascii=False, indent=2)
    _write(part / MANIFEST, iter([told.encode()]))
    part.rename(whole)
    _flush(place)


def _write(path: Path, content: Iterator[bytes]) -> None:
    with path.open("xb") as file:
        for piece in content:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- by HTTP --------------------------------------------------------------------------------------


def by_http(sending: Sending, documents: list[Document]) -> None:
    """PUT of each file, then PUT of the manifest, below DOCUMENTS_URL and the sending's number.

    Kela has the sending when it has answered the last one; the same again replaces the same.
    """
    address = f"{settings.DOCUMENTS_URL.rstrip('/')}/{sending.pk}"
    with requests.Session() as session:
        for one in documents:
            _put(session, f"{address}/{file_of(one)}", as_sent(one), one.type)
        told = json.dumps(manifest(sending, documents)).encode()
        _put(session, f"{address}/{MANIFEST}", told, "application/json")


def _put(session: requests.Session, address: str, content: Any, kind: str) -> None:
    headers = {"Content-Type": kind}
    if settings.DOCUMENTS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.DOCUMENTS_TOKEN}"
    answer = session.put(
        address, data=content, headers=headers, timeout=PATIENCE, allow_redirects=False
    )
    if not 200 <= answer.status_code < 300:
        raise Failed(Trouble.NOT_TAKEN, str(answer.status_code))


WAYS: dict[str, Way] = {"folder": as_folder, "http": by_http}
