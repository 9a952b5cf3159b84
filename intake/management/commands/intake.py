"""Takes Kela's files in. The format: docs/intake.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from intake.deliveries import IntakeError
from intake.services import OWNER, Taken, take_in


class Command(BaseCommand):
    help = "Takes in folders with a manifest, or single files of one; each delivery whole or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        if OWNER not in connections.settings:
            raise CommandError("Set DATABASE_OWNER_URL: intake runs as the owner of the tables.")
        try:
            for taken in take_in(paths):
                self._tell(taken)
        except IntakeError as error:
            raise CommandError(str(error)) from error

    def _tell(self, taken: Taken) -> None:
        batch = taken.batch
        if not taken.is_new:
            self.stdout.write(f"{batch}: taken in before, nothing changed.")
            return
        for delivery in batch.deliveries.using(OWNER).order_by("pk"):
            rejected = f", {delivery.rejected} rejected" if delivery.rejected else ""
            self.stdout.write(f"{delivery.file}: {delivery.merged} rows{rejected}")
        self.stdout.write(f"{batch}: taken in.")
