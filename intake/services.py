"""Takes deliveries of Kela's systems in: each one whole, or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from intake.deliveries import Delivered, IntakeError, read
from intake.models import Batch
from intake.staging import take_file, with_values_kept_out
from kelmu.clock import HELSINKI

OWNER = "owner"
ONE_AT_A_TIME = 0x696E74616B65  # "intake": the key of the lock that an intake holds


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery. `is_new` False: it had been taken in before."""

    batch: Batch
    is_new: bool


def take_in(paths: Sequence[Path]) -> Iterator[Taken]:
    """Takes in folders with a manifest, or single files of one. Raises IntakeError.

    Rows that are not as they should be are left out and accounted for in Reject.
    """
    for delivered in list(read(paths)):
        taken = _take(delivered)
        if taken.is_new:
            _analyze()
        yield taken


def _take(delivered: Delivered) -> Taken:
    with transaction.atomic(using=OWNER):
        connection = connections[OWNER]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        batches = Batch.objects.using(OWNER)
        if known := batches.filter(digest=delivered.digest).first():
            return Taken(known, is_new=False)
        if batches.filter(source=delivered.source, made_at__gt=delivered.made_at).exists():
            raise IntakeError("A younger delivery of this source has been taken in already.")
        batch = batches.create(
            source=delivered.source, made_at=delivered.made_at, digest=delivered.digest
        )
        _take_files(connection.connection, batch, delivered)
        return Taken(batch, is_new=True)


def _take_files(connection: Any, batch: Batch, delivered: Delivered) -> None:
    parameters = {
        "batch": batch.pk,
        "made_on": delivered.made_at.astimezone(HELSINKI).date(),
        "key_version": settings.PSEUDONYM_KEY_VERSION,
    }
    with connection.cursor() as cursor:
        for file in delivered.files:
            rows, rejected = with_values_kept_out(
                file.feed.file, partial(take_file, cursor, file, parameters)
            )
            batch.deliveries.using(OWNER).create(
                batch=batch, file=file.feed.file, rows=rows, rejected=rejected
            )
        check = partial(cursor.execute, "SET CONSTRAINTS ALL IMMEDIATE")
        with_values_kept_out("The delivery", check)


def _analyze() -> None:
    """Fresh statistics, so that the first reader after a large delivery has a good plan."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("ANALYZE")
