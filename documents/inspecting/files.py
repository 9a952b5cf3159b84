"""Whether a file may be sent: what it is, by its content, and what is wrong with it."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import IO

from documents.words import Fault, FileType

logger = logging.getLogger(__name__)

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 10  # seconds on a busy machine; its own time is limited to two
HEAD = 1024
TYPES = {
    b"%PDF-": FileType.PDF,
    b"\xff\xd8\xff": FileType.JPEG,
    b"\x89PNG\r\n\x1a\n": FileType.PNG,
    b"II*\0": FileType.TIFF,
    b"MM\0*": FileType.TIFF,
}
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"L\0\0\0",
)
PROGRAM_TEXTS = (b"<html", b"<!doctype html", b"<script", b"<svg", b"<?php", b"<?xml", b"@echo")
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)


class Refused(Exception):
    """The file is not taken. Carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def inspect(file: IO[bytes]) -> FileType:
    """The type of a file that may be sent. `file` has a descriptor. Raises Refused."""
    file.seek(0)
    kind = type_of(file.read(HEAD))
    file.flush()
    file.seek(0)
    if fault := _told_by_child(kind, file):
        raise Refused(fault)
    return kind


def type_of(head: bytes) -> FileType:
    """The type by the first bytes. Raises Refused for anything else."""
    if not head:
        raise Refused(Fault.EMPTY)
    for sign, kind in TYPES.items():
        if head.startswith(sign):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(PROGRAMS) or text.startswith(PROGRAM_TEXTS):
        raise Refused(Fault.EXECUTABLE)
    if head.startswith(ARCHIVES):
        raise Refused(Fault.OFFICE)
    raise Refused(Fault.NOT_A_TYPE)


def _told_by_child(kind: FileType, file: IO[bytes]) -> Fault | None:
    """What the process says that looks into the file; one that breaks over it has said enough."""
    command = [sys.executable, "-I", str(CHILD), kind.value]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, and no word of the user's
            command,
            stdin=file,
            capture_output=True,
            timeout=PATIENCE,
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Fault.TOO_HEAVY
    if done.returncode:
        logger.warning("A file broke its inspection: exit code %s.", done.returncode)
        return Fault.TOO_HEAVY
    told = done.stdout.decode()
    return Fault(told) if told else None
