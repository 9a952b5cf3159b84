"""Takes deliveries of Kela's systems in: each one whole, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import django.db
from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from intake import staging, taking
from intake.deliveries import Delivered, File, IntakeError, read
from intake.faults import with_values_kept_out
from intake.feeds import Parameters, Rows
from intake.models import Batch
from kelmu.clock import HELSINKI

OWNER = "owner"
ONE_AT_A_TIME = 0x696E74616B65  # "intake": the key of the lock that an intake holds

type Step = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery. `is_new` False: it had been taken in before."""

    batch: Batch
    is_new: bool


@contextmanager
def quietly(_what: str, _rows: int) -> Iterator[Callable[[int], object]]:
    """A step of whose progress nobody is told."""
    yield lambda _done: None


def take_in(paths: Sequence[Path], step: Step = quietly) -> Iterator[Taken]:
    """Takes in folders with a manifest, or single files of one. Raises IntakeError.

    Rows that are not as they should be are left out and accounted for in Reject. Whoever was
    killed meanwhile is followed by a run that goes on with the files not staged yet.
    """
    for delivered in list(read(paths)):
        with _alone():
            yield _take(delivered, step)


@contextmanager
def _alone() -> Iterator[None]:
    """While no other intake runs."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        yield
    finally:
        with suppress(django.db.Error), connections[OWNER].cursor() as cursor:  # or it is lost
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _take(delivered: Delivered, step: Step) -> Taken:
    batches = Batch.objects.using(OWNER)
    if known := batches.filter(digest=delivered.digest).first():
        return Taken(known, is_new=False)
    if batches.filter(source=delivered.source, made_at__gt=delivered.made_at).exists():
        raise IntakeError("A younger delivery of this source has been taken in already.")
    began_at = timezone.now()
    try:
        _stage(delivered, step)
        batch = _merge(delivered, began_at, step)
    except IntakeError:
        with _transaction() as cursor:
            staging.clear(cursor)
        raise
    _analyze(delivered)
    return Taken(batch, is_new=True)


def _stage(delivered: Delivered, step: Step) -> None:
    with _transaction() as cursor:
        missing = staging.missing(cursor, delivered)
    for file in missing:
        with step(f"{file.feed.file}: staging", file.rows) as copied, _transaction() as cursor:
            with_values_kept_out(file.feed.file, partial(staging.stage, cursor, file, copied))


def _merge(delivered: Delivered, began_at: datetime, step: Step) -> Batch:
    """Everything that anybody will see of the delivery, at once."""
    with _transaction() as cursor:
        batch = Batch.objects.using(OWNER).create(
            source=delivered.source,
            made_at=delivered.made_at,
            began_at=began_at,
            digest=delivered.digest,
        )
        parameters = {
            "batch": batch.pk,
            "made_on": delivered.made_at.astimezone(HELSINKI).date(),
            "key_version": settings.PSEUDONYM_KEY_VERSION,
        }
        taking.check_keys_at_once(cursor)
        for file in delivered.files:
            _merge_file(cursor, batch, file, parameters, step)
        check = partial(cursor.execute, "SET CONSTRAINTS ALL IMMEDIATE")
        with_values_kept_out("The delivery", check)
        staging.clear(cursor)
    return batch


def _merge_file(cursor: Rows, batch: Batch, file: File, parameters: Parameters, step: Step) -> None:
    with step(f"{file.feed.file}: merging", file.rows) as merged:
        count = with_values_kept_out(
            file.feed.file, partial(taking.take, cursor, file, parameters, merged)
        )
    batch.deliveries.using(OWNER).create(
        batch=batch,
        file=file.feed.file,
        sha256=file.sha256,
        rows=file.rows,
        merged=count.merged,
        unchanged=count.unchanged,
        rejected=count.rejected,
    )


@contextmanager
def _transaction() -> Iterator[Rows]:
    with transaction.atomic(using=OWNER), connections[OWNER].connection.cursor() as cursor:
        yield cursor


def _analyze(delivered: Delivered) -> None:
    """Fresh statistics, so that the first reader after a large delivery has a good plan."""
    names = {file.feed.table for file in delivered.files}
    tables = SQL(", ").join(map(Identifier, names))
    with _transaction() as cursor:
        cursor.execute(SQL("ANALYZE {}").format(tables))
