"""The one process that does what no request does."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from kelmu.jobs import JOBS, Job

logger = logging.getLogger(__name__)
LONGEST_PAUSE_SECONDS = 5.0


class Command(BaseCommand):
    help = "Runs the jobs that the applications have registered, until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run each job once and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            for job in JOBS:
                job.run()
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        work(JOBS, stopped)


def work(jobs: list[Job], stopped: threading.Event) -> None:
    """Runs each job when it is due. One that fails is tried again at its next time."""
    due = dict.fromkeys(range(len(jobs)), 0.0)
    while not stopped.is_set():
        for number, job in enumerate(jobs):
            if time.monotonic() >= due[number]:
                due[number] = time.monotonic() + job.every.total_seconds()
                _run(job)
        stopped.wait(LONGEST_PAUSE_SECONDS)


def _run(job: Job) -> None:
    close_old_connections()
    try:
        job.run()
    except DatabaseError:
        logger.exception("The job “%s” failed.", job.name)
