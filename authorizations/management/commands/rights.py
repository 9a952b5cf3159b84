"""What the rulebook gives, asked from the command line."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authorizations.explaining.facts import facts
from authorizations.rulebook import Mandate, OrganisationType, Rights, load
from kelmu import clock


class Command(BaseCommand):
    help = "Tell what mandates open in an organisation type on a day, from the rulebook alone."
    requires_system_checks = ()  # they look at what the rulebook does not need

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group(required=True)
        asked.add_argument("--organisation-type", type=known(OrganisationType))
        asked.add_argument(
            "--batch",
            action="store_true",
            help="answer each line of standard input, a JSON object with organisation_type, "
            "mandates and on, by a line of JSON",
        )
        parser.add_argument("--mandate", type=known(Mandate), action="append", default=[])
        parser.add_argument("--on", type=day, help="a day such as 2022-12-15; today if left out")
        parser.add_argument("--json", action="store_true", help="answer in JSON, not in a table")

    def handle(self, **options: Any) -> None:
        if options["batch"]:
            for rights in answers(sys.stdin):
                self.stdout.write(as_json(rights))
            return
        on = options["on"] or clock.today()
        rights = load().rights(options["organisation_type"], options["mandate"], on)
        self.stdout.write(as_json(rights) if options["json"] else as_table(rights))


def known[Word: StrEnum](vocabulary: type[Word]) -> Callable[[object], Word]:
    def find(value: object) -> Word:
        for word in vocabulary:
            if word == value:
                return word
        raise ArgumentTypeError(f"unknown word {value!r}, known are: {', '.join(vocabulary)}")

    return find


def day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ArgumentTypeError(f"not a day such as 2022-12-15: {value!r}") from None


def answers(lines: Iterable[str]) -> Iterator[Rights]:
    for number, line in enumerate(lines, start=1):
        try:
            yield answer(json.loads(line))
        except (ArgumentTypeError, json.JSONDecodeError) as error:
            raise CommandError(f"line {number}: {error}", returncode=2) from error


def answer(question: object) -> Rights:
    match question:
        case {"organisation_type": organisation_type, "mandates": [*mandates], **rest} if (
            rest.keys() <= {"on"}
        ):
            return load().rights(
                known(OrganisationType)(organisation_type),
                [known(Mandate)(mandate) for mandate in mandates],
                day(rest["on"]) if "on" in rest else clock.today(),
            )
    raise ArgumentTypeError("not an object of organisation_type, mandates (a list) and on (a day)")


def as_json(rights: Rights) -> str:
    purposes = [facts(opened) for opened in rights.purposes]
    return json.dumps({"purposes": purposes, "actions": rights.actions}, ensure_ascii=False)


def as_table(rights: Rights) -> str:
    """Columns of purpose, kind of right, and what is open; empty kinds are left out."""
    rows = [("purpose", "opens", "what")]
    for opened in rights.purposes:
        kinds = facts(opened)
        slug = str(kinds.pop("slug"))
        rows += [(slug, kind, cell(what)) for kind, what in kinds.items() if what]
    rows.append(("all", "actions", cell(rights.actions) or "none"))
    return "\n".join(f"{purpose:<33}{kind:<20}{what}" for purpose, kind, what in rows)


def cell(what: object) -> str:
    return ", ".join(what) if isinstance(what, list | tuple) else str(what)
