"""Small real HTTP servers, for everything that a well-behaved service never answers."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: str

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True)
class Reply:
    """An answer as it goes out; `parts` are sent one by one."""

    parts: Iterator[bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


type Respond = Callable[[Asked], Reply]


def reply(body: Any = "", status: int = 200, **headers: str) -> Reply:
    """A text as it is, everything else as JSON."""
    text = body if isinstance(body, str) else json.dumps(body)
    return Reply(iter([text.encode()]), status, headers)


@dataclass
class Server:
    """A server that runs, and what it was asked."""

    address: str
    asked: list[Asked]


@contextmanager
def serve(respond: Respond) -> Iterator[Server]:
    """Let `respond` answer on a free port of this machine."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length).decode()
            request = Asked(self.command, self.path, dict(self.headers), body)
            asked.append(request)
            self.answer(respond(request))

        do_POST = do_GET  # noqa: N815 - the name is given by the base class

        def answer(self, answer: Reply) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            try:
                for part in answer.parts:
                    self.wfile.write(part)
            except (BrokenPipeError, ConnectionResetError):
                return  # the client has heard enough

        def log_message(self, *args: object) -> None:
            """The tests' output is not for access logs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()
