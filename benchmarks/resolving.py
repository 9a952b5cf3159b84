"""What finding the right of a request takes of the customer page's time.

`python -m benchmarks.resolving PAGES`, in the application's environment, asks the application in
its own process for each page in turn and prints the times (ms) in JSON; PAGES is a file of
`Page`s in JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import LOGS, Rig
from demo.environment import Addresses
from demo.processes import python, run

ROUNDS = 5


@dataclass
class Times:
    """Milliseconds of each page, and of finding the right within it."""

    pages: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)


def measure(rig: Rig, customers: int, pages: Sequence[Page]) -> Result:
    """The median time (ms) of finding the right beside that of the whole page."""
    file = LOGS / "pages.json"
    file.write_text(json.dumps([asdict(page) for page in pages]))
    environment = rig.environment(customers, Addresses(0, 0))
    command = python("-m", "benchmarks.resolving", file)
    times = Times(**json.loads(run(command, LOGS / "resolving.log", environment)))
    return Result(
        name="resolving_a_right",
        value=median(times.rights),
        unit="ms",
        baseline=median(times.pages),
        better="lower",
        target=0.05,
    )


def ask(pages: Sequence[Page]) -> Times:
    """Ask the application for each page; the first round warms up and is not counted."""
    application = get_wsgi_application()
    from authorizations import resolving  # once Django is ready

    times = Times()
    resolving.resolve = timed(resolving.resolve, times.rights)
    show = timed(lambda page: ask_for(application, page), times.pages)
    for page in pages:
        show(page)
    times.pages.clear()
    times.rights.clear()
    for page in [*pages] * ROUNDS:
        show(page)
    return times


def timed[**P, R](function: Callable[P, R], taken: list[float]) -> Callable[P, R]:
    """The function, which notes how long (ms) it takes."""

    @wraps(function)
    def timing(*args: P.args, **kwargs: P.kwargs) -> R:
        started = time.perf_counter()
        result = function(*args, **kwargs)
        taken.append((time.perf_counter() - started) * 1000)
        return result

    return timing


def ask_for(application: WSGIHandler, page: Page) -> None:
    """RuntimeError if the answer is not the page."""
    environ: dict[str, Any] = {"PATH_INFO": page.path, "HTTP_COOKIE": page.cookies}
    setup_testing_defaults(environ)
    with closing(application(environ, lambda *_head: len)) as answer:
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{page.path} answered {answer.status_code}.")


if __name__ == "__main__":
    pages = [Page(**page) for page in json.loads(Path(sys.argv[1]).read_text())]
    print(json.dumps(asdict(ask(pages))))
