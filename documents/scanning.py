"""Asks the malware scanner of DOCUMENTS_SCANNER about a file: clamd, by its INSTREAM command.

What cannot be asked is not clean: without an answer the file waits.
"""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from documents.words import Failed, Trouble

PATIENCE = 60  # seconds for an answer
PIECE = 128 * 1024


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
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise Failed(Trouble.SCANNER_UNSURE, verdict[:100])


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
    scanner.sendall(b"zINSTREAM\0")
    for chunk in content:
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE]
            scanner.sendall(len(piece).to_bytes(4) + piece)
    scanner.sendall(bytes(4))
    answer = b""
    while more := scanner.recv(4096):
        answer += more
        if b"\0" in more:
            break
    return answer.decode(errors="replace")
