"""Verifies the access log. What to do when it finds something: docs/operations.md."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import translation
from tqdm import tqdm

from audit.management.commands._arguments import instant, require_sealer
from audit.verifying import verify_and_record

CANNOT = 2


class Command(BaseCommand):
    help = (
        "Reads the access log again and compares it with its seals and their anchors. Exits with 0"
        " when all is as it was sealed, 1 when it is not, 2 when that cannot be told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="0: rows without one")
        parser.add_argument("--since", type=instant, help="seals made since a day or an instant")
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count(), help="side by side (%(default)s)"
        )

    def handle(self, *args: Any, processes: int, **options: Any) -> None:
        require_sealer()
        which = {name: options[name] for name in ("organisation", "since")}
        number = _seals() if not any(which.values()) else None
        with tqdm(total=number, unit=" seals", disable=None) as bar:
            try:
                result = verify_and_record(**which, processes=processes, progress=bar.update)
            except Exception as error:  # of the settings, the database, the place of the anchors
                what = f"{type(error).__name__}: {error}"
                raise CommandError(what, returncode=CANNOT) from error
        self.stdout.write(f"{result.rows} rows, {result.seals} seals")
        with translation.override("en"):  # as all that commands say
            for finding in result.findings:
                self.stdout.write(str(finding))
        if result.findings:
            raise CommandError("The log is not as it was sealed.")


def _seals() -> int:
    with connections["sealer"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.audit_seal")
        (number,) = cursor.fetchone()
    return int(number)
