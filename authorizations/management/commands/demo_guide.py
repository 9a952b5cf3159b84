"""Tells who can log in to the demo; the README's table comes from here."""

import json
import tomllib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from authorizations import guide
from kelmu import clock


class Command(BaseCommand):
    help = "Tells the people of the demo, what they see today, and customers to look up."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--language", choices=["fi", "sv", "en"], default="en")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("There is no demo in production.")
        path = settings.BASE_DIR / "demo" / "cast.toml"
        cast = tomllib.loads(path.read_text(encoding="utf-8"))
        told = {
            "people": guide.people(cast, clock.today(), language),
            "customers": guide.customers(cast, language),
            "addresses": {
                "application": settings.APPLICATION_ADDRESS,
                "simulator": settings.SUOMIFI_MANDATES["url"],
            },
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else table(told))


def table(told: dict[str, Any]) -> str:
    """The guide as a Markdown table of people and one of customers."""
    lines = ["| who | HETU | acts for | sees |", "|---|---|---|---|"]
    lines += [
        f"| {row['name']} | {row['hetu'] or '–'} "
        f"| {row['organisation']['name'] if row['organisation'] else '–'} "
        f"| {', '.join(row['shows'])} |"
        for row in told["people"]
    ]
    lines += ["", "| customer | HETU | situation |", "|---|---|---|"]
    lines += [
        f"| {row['name']} | {row['hetu']} | {row['situation']} |" for row in told["customers"]
    ]
    return "\n".join(lines)
