"""Lets the demo's cast work through some of what was forwarded to them."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from notifications import cast


class Command(BaseCommand):
    help = "Lets the people of a cast file work through their queues, in demo and test only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("The cast is invented; in production people do their own work.")
        number = cast.work(tomllib.loads(path.read_text(encoding="utf-8")))
        self.stdout.write(f"{number} notifications were worked on.")
