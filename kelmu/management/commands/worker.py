"""The one process that does what no request does."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from kelmu.jobs import JOBS, Job

logger = logging.getLogger(__name__)


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
    """Runs each job when it is due, in a thread of its own: a long one keeps no other waiting.

    When it is stopped, what runs is not waited for: every job may be cut off at any time.
    """
    for job in jobs:
        threading.Thread(target=_repeat, args=[job, stopped], daemon=True).start()
    stopped.wait()


def _repeat(job: Job, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            job.run()
        except Exception:  # whatever went wrong, it is tried again at its next time
            logger.exception("The job “%s” failed.", job.name)
        finally:
            connections.close_all()
        stopped.wait(job.every.total_seconds())
