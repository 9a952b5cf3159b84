"""Makes Kela's files about people who do not exist: docs/intake.md."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.population.files import HELSINKI
from demo.population.generate import generate


class Command(BaseCommand):
    help = "Makes a delivery about so many customers; the same wish gives the same files."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        today = settings.KELMU_TODAY or datetime.now(UTC).astimezone(HELSINKI).date()
        parser.add_argument("--customers", type=int, default=10_000, metavar="N")
        parser.add_argument("--today", type=date.fromisoformat, default=today, metavar="DAY")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, customers: int, today: date, out: Path, **options: Any) -> None:
        try:
            generate(out, customers, today)
        except ValueError as error:
            raise CommandError(str(error)) from error
