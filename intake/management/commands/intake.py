"""Takes Kela's files in. The format, and what the exit codes say: docs/intake.md."""

import csv
import sys
from pathlib import Path
from typing import Any

import django.db
import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.db.models import QuerySet

from intake.deliveries import IntakeError
from intake.models import Batch, Reject
from intake.progress import Progress
from intake.services import OWNER, Taken, take_in

SOME_REJECTED, INTERRUPTED = 3, 4
REJECT = ("batch", "file", "line", "field", "reason")


class Command(BaseCommand):
    help = "Takes in folders with a manifest, or single files of one; each delivery whole or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--rejects", type=Path, metavar="FILE", help="write there which rows were left out"
        )

    def handle(
        self, *args: Any, paths: list[Path], rejects: Path | None = None, **options: Any
    ) -> None:
        if OWNER not in connections.settings:
            raise CommandError("Set DATABASE_OWNER_URL: intake runs as the owner of the tables.")
        batches = self._take_in(paths)
        rejected = Reject.objects.using(OWNER).filter(batch__in=batches)
        if rejects:
            _write(rejects, rejected)
        if number := rejected.count():
            raise CommandError(f"{number} rows were left out.", returncode=SOME_REJECTED)

    def _take_in(self, paths: list[Path]) -> list[Batch]:
        batches = []
        try:
            for taken in take_in(paths, Progress(sys.stderr)):
                self._tell(taken)
                batches.append(taken.batch)
        except IntakeError as error:
            raise CommandError(str(error)) from error
        except (psycopg.OperationalError, django.db.OperationalError):
            raise CommandError(
                "The database ended the connection. Run the same command again: it goes on.",
                returncode=INTERRUPTED,
            ) from None
        return batches

    def _tell(self, taken: Taken) -> None:
        batch = taken.batch
        if not taken.is_new:
            self.stdout.write(f"{batch}: taken in before, nothing changed.")
            return
        for told in batch.deliveries.using(OWNER).order_by("pk"):
            self.stdout.write(
                f"{told.file}: {told.rows} rows, {told.merged} merged, "
                f"{told.unchanged} unchanged, {told.rejected} rejected"
            )
        self.stdout.write(f"{batch}: taken in.")


def _write(path: Path, rejected: QuerySet[Reject]) -> None:
    """Where each row stands that was left out, and why; never what it says."""
    ordered = rejected.select_related("batch").order_by("batch", "file", "line")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(REJECT)
        for row in ordered.iterator():
            writer.writerow([row.batch, row.file, row.line, row.field, row.reason])
