"""Reads the log again and compares it with its seals, and the seals with their anchors.

Whoever can change rows in the database cannot sign a seal, and whoever can sign cannot change an
anchor. Rows are read by PostgreSQL's own COPY, digests are made here: no function that stands in
the database, and could have been changed with it, has a word in it.

Seals are taken in rounds, as they were made, and rows by their transactions, a bundle at a time:
memory stays flat, and bundles are verified side by side.
"""

import json
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import django
from django.conf import settings
from django.db import connections

from audit import seals
from audit.verifying.bundles import verify_bundle
from audit.verifying.chain import Bundle, Chain
from audit.verifying.findings import Finding, Kind, Result

__all__ = ["Finding", "Kind", "Result", "verify", "verify_and_record", "verify_in_time"]

BEGIN_IN_TIME = """
    SELECT pg_try_advisory_lock(hashtext('audit_verify')) AND NOT EXISTS (
        SELECT FROM public.audit_verification
        WHERE is_whole AND finished_at > now() - %s * interval '1 second'
    )
"""
RECORD = """
    INSERT INTO public.audit_verification (started_at, is_whole, rows, seals, findings)
    VALUES (%s, %s, %s, %s, %s::jsonb)
"""


def verify(
    organisation: int | None = None,
    since: datetime | None = None,
    *,
    processes: int = 1,
    progress: Callable[[int], object] = lambda _seals: None,
) -> Result:
    """Verifies the seals of one organisation or of all, those made since an instant or all.

    `progress` is told how many seals more are done.
    """
    seals.public_keys()  # ImproperlyConfigured now, and not in the middle
    result = Result()
    chain = Chain(organisation, since)
    for part in _in_parallel(chain.bundles(), processes):
        result.add(part)
        progress(part.seals)
    result.find(chain.findings)
    result.close(datetime.now(UTC).isoformat())
    return result


def verify_in_time() -> None:
    """Verifies the whole log if that has not been done for as long as the setting says.

    Nothing while somebody else does. With one process, for the machine has other work.
    """
    with connections["sealer"].cursor() as cursor:
        cursor.execute(BEGIN_IN_TIME, [settings.LOG_VERIFY_EVERY.total_seconds()])
        (is_due,) = cursor.fetchone()
        if is_due:
            verify_and_record()
        cursor.execute("SELECT pg_advisory_unlock_all()")


def verify_and_record(
    organisation: int | None = None, since: datetime | None = None, **how: Any
) -> Result:
    """`verify`, whose result the health check then tells."""
    started = datetime.now(UTC)
    result = verify(organisation, since, **how)
    is_whole = organisation is None and since is None
    findings = json.dumps([asdict(one) for one in result.findings])
    with connections["sealer"].cursor() as cursor:
        cursor.execute(RECORD, [started, is_whole, result.rows, result.seals, findings])
    return result


def _in_parallel(bundles: Iterator[Bundle], processes: int) -> Iterator[Result]:
    if processes == 1:
        yield from map(verify_bundle, bundles)
        return
    spawn = multiprocessing.get_context("spawn")  # a connection must not be shared by forking
    with ProcessPoolExecutor(processes, spawn, django.setup) as pool:
        running = set()
        for bundle in bundles:
            running.add(pool.submit(verify_bundle, bundle))
            if len(running) > 2 * processes:  # what waits is in memory
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        yield from (one.result() for one in running)
