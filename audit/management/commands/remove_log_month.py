"""Removes a month of the access log that is older than it is kept."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections, transaction
from django.utils.dateparse import parse_date


class Command(BaseCommand):
    help = (
        "Removes a month of the access log that is older than LOG_KEEP_YEARS, as the owner of the"
        " tables. Its seals stay, so that the rest can be verified; the log tells of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="for example 2014-11")

    def handle(self, *args: Any, month: str, **options: Any) -> None:
        first = parse_date(f"{month}-01")
        if first is None:
            raise CommandError("Tell the month like 2014-11.")
        if "owner" not in connections.settings:
            raise CommandError("Set DATABASE_OWNER_URL: the owner of the tables removes them.")
        try:
            with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
                cursor.execute(
                    "SELECT audit_remove_month(%s, %s)", [first, settings.LOG_KEEP_YEARS]
                )
                (rows,) = cursor.fetchone()
        except DatabaseError as error:
            raise CommandError(str(error).partition("\n")[0]) from error
        self.stdout.write(f"{month}: {rows} rows removed")
