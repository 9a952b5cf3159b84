"""A client that does not finish its request holds nobody up, and is refused without its body."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import requests

from demo.services import THREADS
from tests.running import Kelmu

MORE = 2 * THREADS  # than one worker has threads
HEAD = (
    "POST /api/v1/customers/benefits HTTP/1.1\r\nHost: {host}\r\nKelmu-End-User: u-1\r\n"
    "Content-Type: application/json\r\nContent-Length: 10\r\nConnection: close\r\n\r\n"
)


def test_who_does_not_finish_a_body_holds_no_thread(kelmu: Kelmu) -> None:
    address = f"{kelmu.address}/api/v1/rights"
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(kelmu)) for _ in range(MORE)]
        began = time.monotonic()
        assert requests.get(address, timeout=5).status_code == 401
        assert time.monotonic() - began < 3
        for one in slow:
            assert received(one).startswith(b"HTTP/1.1 401 ")


@contextmanager
def connected(kelmu: Kelmu) -> Iterator[socket.socket]:
    """Somebody whose request has a head and the first byte of its body."""
    at = urlsplit(kelmu.address)
    with socket.create_connection((at.hostname, at.port), timeout=10) as connection:
        connection.sendall(HEAD.format(host=at.netloc).encode() + b"{")
        yield connection


def received(connection: socket.socket) -> bytes:
    """All that is answered until the end."""
    return b"".join(iter(lambda: connection.recv(65536), b""))
