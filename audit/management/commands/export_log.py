"""Exports the access log of an interval as JSON lines, for a SIEM."""

import sys
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from audit import services
from audit.management.commands._arguments import instant, require_sealer
from audit.models import ActKind

# `seen`: how many rows and which digest, of each time that the act has shown something.
COPY = """
    COPY (
        SELECT to_jsonb(entry) || jsonb_build_object(
            'persons', ARRAY(
                SELECT subject FROM public.audit_entry_person AS person
                WHERE person.at = entry.at AND person.entry_id = entry.id ORDER BY subject
            ),
            'seen', ARRAY(
                SELECT jsonb_build_object('at', at, 'number', number,
                    'digest', encode(digest, 'hex'))
                FROM public.audit_shown AS shown
                WHERE shown.entry_id = entry.id
                    AND shown.at >= entry.at AND shown.at < entry.at + interval '1 day'
                ORDER BY at
            )
        )
        FROM public.audit_entry AS entry
        WHERE at >= %s AND at < %s AND (%s::bigint IS NULL OR organisation_id = %s)
        ORDER BY at, id
    ) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'UTF8')
"""


class Command(BaseCommand):
    help = "Writes the access log of an interval as JSON lines. The log tells of it, first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("since", type=instant, help="a day or an instant")
        parser.add_argument("until", type=instant, help="the first one that is left out")
        parser.add_argument("--organisation", type=int, metavar="ID")
        parser.add_argument("--to", type=Path, metavar="FILE", help="else to the output")

    def handle(self, *args: Any, to: Path | None, **which: Any) -> None:
        require_sealer()
        told = {name: which[name] for name in ("since", "until", "organisation")}
        if told["since"] >= told["until"]:
            raise CommandError("The interval ends before it begins.")
        services.write(services.Row(act=ActKind.EXPORT_LOG, office="command", details=told))
        if to:
            with to.open("wb") as file:
                number = _export(file, told)
        else:
            number = _export(sys.stdout.buffer, told)
        self.stderr.write(f"{number} rows")


def _export(file: IO[bytes], told: dict[str, Any]) -> int:
    """Row by row, as the database finds them; the answer is how many there were."""
    whose = told["organisation"]
    number = 0
    with (
        transaction.atomic(using="sealer"),
        connections["sealer"].cursor() as cursor,
        cursor.copy(COPY, [told["since"], told["until"], whose, whose]) as lines,
    ):
        for line in lines:
            file.write(line)
            number += 1
    return number
