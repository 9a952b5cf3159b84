"""What the worker does now and then; each application registers its own jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

JOBS: list["Job"] = []


@dataclass(frozen=True)
class Job:
    """Something to be done at least this often. It may be done twice and must not mind."""

    name: str
    every: timedelta
    run: Callable[[], None]


def register(name: str, every: timedelta, run: Callable[[], None]) -> None:
    """Adds a job to the worker's."""
    JOBS.append(Job(name, every, run))
