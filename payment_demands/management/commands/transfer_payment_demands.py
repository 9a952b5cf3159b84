"""Hands payment demands over to those who claim from a day on; prints and keeps a report."""

import csv
import sys
from argparse import FileType
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kelmu import clock
from payment_demands.transfer import Handed, transfer

COLUMNS = (
    *("demand", "municipality", "benefit", "law", "period", "a_month"),
    *("claimant_before", "claimant_after", "account_before", "account_after", "awaits_account"),
)


class Command(BaseCommand):
    help = "Hand payment demands that are valid after a day over to their new claimants."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--effective", type=date.fromisoformat, required=True)
        parser.add_argument("--dry-run", action="store_true", help="tell, and change nothing")
        parser.add_argument(
            "--report", type=FileType("w", encoding="utf-8"), default=sys.stdout, metavar="FILE.csv"
        )

    def handle(self, **options: Any) -> None:
        effective: date = options["effective"]
        if effective > clock.today() and not options["dry_run"]:
            raise CommandError("The day has not come: only --dry-run tells of it beforehand.")
        writer = csv.writer(options["report"], delimiter=";")
        writer.writerow(COLUMNS)
        sums: dict[str, tuple[int, Decimal, int]] = {}
        for handed in transfer(effective, dry_run=options["dry_run"]):
            writer.writerow(_row(handed))
            number, euros, waiting = sums.get(handed.claimant.name_fi, (0, Decimal(0), 0))
            sums[handed.claimant.name_fi] = (
                number + 1,
                euros + handed.a_month,
                waiting + handed.awaits_payee,
            )
        options["report"].flush()
        self._tell(sums, dry_run=options["dry_run"])

    def _tell(self, sums: dict[str, tuple[int, Decimal, int]], *, dry_run: bool) -> None:
        done = "would be handed over" if dry_run else "handed over"
        if not sums:
            self.stderr.write("Nothing to hand over.")
        for name, (number, euros, waiting) in sorted(sums.items()):
            without = f", {waiting} without an account yet" if waiting else ""
            self.stderr.write(f"{name}: {number} {done}, {euros:.2f} € a month{without}.")


def _row(handed: Handed) -> list[object]:
    demand = handed.demand
    return [
        demand.pk,
        demand.municipality_id,
        demand.benefit_id,
        demand.ground,
        f"{demand.period.lower}/{demand.period.upper or ''}",
        f"{handed.a_month:.2f}",
        handed.former.name_fi,
        handed.claimant.name_fi,
        handed.former_payee.iban,
        handed.payee.iban,
        "yes" if handed.awaits_payee else "no",
    ]
