"""Asks the malware scanner of DOCUMENTS_SCANNER about a file: clamd, by its INSTREAM command.

What cannot be asked is not clean: without an answer the file waits.
"""

import socket
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings

from documents.words import Failed, Trouble

PATIENCE = 60  # seconds for an answer
PIECE = 128 * 1024
# What clamd says of a file that is too much for its limits, if AlertExceedsMax is on.
NOT_LOOKED_AT = "Heuristics.Limits.Exceeded"


def found_in(content: Iterable[bytes]) -> str:
    """The name of what the scanner found; empty for a clean file. Raises Failed."""
    try:
        with _connected() as scanner:
            answer = _asked(scanner, content)
    except OSError as error:
        raise Failed(Trouble.SCANNER_SILENT, type(error).__name__) from error
    verdict = answer.removeprefix("stream: ").strip("\0\n ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND") and not verdict.startswith(NOT_LOOKED_AT):
        return verdict.removesuffix(" FOUND")
    raise Failed(Trouble.SCANNER_UNSURE if verdict else Trouble.SCANNER_SILENT, verdict[:100])


def _connected() -> socket.socket:
    address = urlsplit(settings.DOCUMENTS_SCANNER)
    if address.scheme == "unix":
        return _connected_to_socket(address.path)
    if address.scheme == "tcp" and address.hostname and address.port:
        return socket.create_connection((address.hostname, address.port), PATIENCE)
    raise Failed(Trouble.NO_SCANNER)


def _connected_to_socket(path: str) -> socket.socket:
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    scanner.settimeout(PATIENCE)
    try:
        scanner.connect(path)
    except OSError:
        scanner.close()
        raise
    return scanner


def _asked(scanner: socket.socket, content: Iterable[bytes]) -> str:
    with suppress(ConnectionError):  # it hangs up on what is too long for it, and says so
        _send(scanner, content)
    return _answer(scanner)


def _send(scanner: socket.socket, content: Iterable[bytes]) -> None:
    scanner.sendall(b"zINSTREAM\0")
    for chunk in content:
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE]
            scanner.sendall(len(piece).to_bytes(4) + piece)
    scanner.sendall(bytes(4))


def _answer(scanner: socket.socket) -> str:
    answer = b""
    while more := scanner.recv(4096):
        answer += more
        if b"\0" in more:
            break
    return answer.decode(errors="replace")
