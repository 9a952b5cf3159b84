"""A process that asks for pages, each connection its next one as soon as the last has come.

`python -m benchmarks.load PORT PAGES SECONDS CONNECTIONS`; PAGES is a file of `Page`s in JSON. It
prints `Measured` in JSON, and fails at the first answer that is not the page. What has a form to
send is sent once, by one connection; the answer to it is the way to another page.
"""

import http.client
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import quantiles

CONNECTIONS = 16


@dataclass(frozen=True)
class Page:
    """What is asked for, the cookies of who asks, and the form that is sent, if it is one.

    A call of the technical interface has a body in JSON and headers of its own instead.
    """

    path: str
    cookies: str
    form: str = ""
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """How many pages came in which time (s), and how long each one took (ms)."""

    seconds: float
    milliseconds: list[float]

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds

    def percentile(self, percent: int) -> float:
        """The time (ms) within which so many in a hundred came."""
        return quantiles(self.milliseconds, n=100)[percent - 1]


def measure(
    port: int, pages: list[Page], seconds: float, connections: int = CONNECTIONS
) -> Measured:
    """Ask through all connections at once, for so long."""
    started = time.perf_counter()
    deadline = started + seconds

    def ask(number: int) -> list[float]:
        return list(_ask(port, _of_connection(number, pages), deadline))

    with ThreadPoolExecutor(connections) as at_once:
        taken = [time for times in at_once.map(ask, range(connections)) for time in times]
    return Measured(time.perf_counter() - started, taken)


def _of_connection(number: int, pages: list[Page]) -> Iterable[Page]:
    """All pages again and again in an order of its own; of forms a part, each once."""
    if pages[0].form:
        return pages[number::CONNECTIONS]
    return cycle(random.Random(number).sample(pages, len(pages)))  # noqa: S311 - an order, no secret


def _ask(port: int, pages: Iterable[Page], deadline: float) -> Iterator[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    started = time.perf_counter()
    for page in pages:
        headers, expected = {"Cookie": page.cookies} | page.headers, http.HTTPStatus.OK
        if page.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            expected = http.HTTPStatus.FOUND
        body = page.form or page.body or None
        connection.request("POST" if body else "GET", page.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{page.path} answered {answer.status}.")
        ended = time.perf_counter()
        yield (ended - started) * 1000
        if ended > deadline:
            break
        started = ended
    else:
        raise RuntimeError("There were too few forms to send.")
    connection.close()


if __name__ == "__main__":
    port, file, seconds, connections = sys.argv[1:]
    pages = [Page(**page) for page in json.loads(Path(file).read_text())]
    print(json.dumps(asdict(measure(int(port), pages, float(seconds), int(connections)))))
