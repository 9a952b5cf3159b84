"""Sends what receivers answered back to Kela, as files of the kind that Kela delivers."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from notifications import answers


class Command(BaseCommand):
    help = "Writes the answers that were not sent yet into a new folder: docs/intake.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError("Set DATABASE_OWNER_URL: answers are sent by the tables' owner.")
        try:
            number = answers.export(out)
        except FileExistsError:
            raise CommandError(f"{out} is there already. Name a new folder.") from None
        self.stdout.write(f"{number} answers in {out}")
