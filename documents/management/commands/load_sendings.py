"""Lets the demo's cast have sent documents to Kela by now."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents import cast


class Command(BaseCommand):
    help = "Loads the sendings of a cast file, in demo and test only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("The cast is invented; in production people send what is real.")
        number = cast.load(tomllib.loads(path.read_text(encoding="utf-8")))
        self.stdout.write(f"{number} sendings were loaded.")
