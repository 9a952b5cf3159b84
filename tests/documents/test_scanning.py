"""What the scanner says: clean, found, or nothing that one could go by. The answers are clamd's."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest

from documents import scanning
from documents.words import Failed

type Says = Callable[[bytes], None]


@pytest.fixture
def says(settings: Any) -> Iterator[Says]:
    """A scanner that hears a little, answers, and hangs up."""
    with TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(Path(folder) / "scanner"))
        listening.listen()
        settings.DOCUMENTS_SCANNER = f"unix://{folder}/scanner"

        def answer_once(answer: bytes) -> None:
            asked, _address = listening.accept()
            with asked:
                asked.recv(100)
                asked.sendall(answer)

        threads = []

        def say(answer: bytes) -> None:
            threads.append(Thread(target=answer_once, args=[answer]))
            threads[-1].start()

        yield say
        for thread in threads:
            thread.join()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"INSTREAM size limit exceeded. ERROR\0", "scanner_unsure INSTREAM size limit exceeded"),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", "unsure Heuristics.Limits"),
        (b"COMMAND READ TIMED OUT\0", "scanner_unsure COMMAND READ TIMED OUT"),
        (b"", "scanner_silent"),
    ],
)
def test_what_it_did_not_look_at_is_not_clean(says: Says, answer: bytes, fault: str) -> None:
    says(answer)
    with pytest.raises(Failed, match=fault):
        scanning.found_in(bytes(scanning.PIECE) for _ in range(100))  # more than it hears


def test_what_it_found_is_named(says: Says) -> None:
    says(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
    assert scanning.found_in([b"short"]) == "Win.Test.EICAR_HDB-1"
