"""Loads the demo's organisations and agreements."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from authorizations import cast


class Command(BaseCommand):
    help = "Loads organisations and agreements of a cast file, in demo and test only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("The cast is invented; production has Kela's own agreements.")
        count = cast.load(tomllib.loads(path.read_text(encoding="utf-8")), using="owner")
        self.stdout.write(f"{count} agreements were loaded.")
