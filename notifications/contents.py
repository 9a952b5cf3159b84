"""The contents of attachments: files of a delivery's folder `attachments`, each by its number.

What a content is, it says itself: its first bytes are looked at, and its name must not deny them.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from intake.feeds import Parameters, Rows, coded, number
from intake.models import Reject
from kelmu.log_lines import HETU
from notifications.models.notifications import MOST_BYTES
from notifications.words import FileType

FOLDER = "attachments"
NAME = r"^[^/\\:*?\"<>|[:cntrl:]]{1,115}\.[A-Za-z]{3,4}$"
COLUMNS = (
    number("id"),
    number("notification"),
    coded("name", NAME),
    coded("sha256", "^[0-9a-f]{64}$"),
)
BEGINNINGS = {
    FileType.PDF: b"%PDF-",
    FileType.JPEG: b"\xff\xd8\xff",
    FileType.PNG: b"\x89PNG\r\n\x1a\n",
}
ENDINGS = {
    FileType.PDF: (".pdf",),
    FileType.JPEG: (".jpg", ".jpeg"),
    FileType.PNG: (".png",),
}
Reason = Reject.Reason

type Told = tuple[int, str, str, str]  # line, number, name, sha256
type Content = tuple[int, bytes | None, int | None, str | None, str | None]


def prepare_contents(cursor: Rows, parameters: Parameters) -> None:
    """Makes `content`, what the folder has of each line: content, size and type, or its fault.

    One content at a time is in memory.
    """
    cursor.execute("""
        CREATE TEMPORARY TABLE content
            (line integer, content bytea, size integer, type text, fault text)
    """)
    folder = Path(parameters["folder"]) / FOLDER
    for told in _told(cursor):
        cursor.execute("INSERT INTO content VALUES (%s, %b, %s, %s, %s)", read(folder, told))


def _told(cursor: Rows) -> Iterator[Told]:
    with cursor.connection.cursor(name="contents") as reader:
        reader.execute("SELECT line, id, name, sha256 FROM raw ORDER BY line")
        yield from reader


def read(folder: Path, told: Told) -> Content:
    """The content of a line, or why it is none."""
    line, key, name, sha256 = told
    path = folder / key
    if not path.is_file():
        return line, None, None, None, Reason.CONTENT_MISSING
    if not 0 < path.stat().st_size <= MOST_BYTES:
        return line, None, None, None, Reason.CONTENT_SIZE
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        return line, None, None, None, Reason.CONTENT_MISSING
    kind = type_of(content, name)
    if kind is None:
        return line, None, None, None, Reason.CONTENT_TYPE
    return line, content, len(content), kind.value, None


def type_of(content: bytes, name: str) -> FileType | None:
    """What the content is by its first bytes; None where that is not allowed, the name says
    otherwise, or it holds an identity code."""
    for kind, beginning in BEGINNINGS.items():
        if content.startswith(beginning) and name.lower().endswith(ENDINGS[kind]):
            return None if HETU.search(name) else kind
    return None
