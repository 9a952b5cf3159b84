"""Hands payment demands over to those who claim from a day on; prints and keeps a report."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from kelmu import clock
from payment_demands.transfer import Handed, transfer

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

COLUMNS = (
    *("demand", "municipality", "benefit", "law", "period", "measure", "share", "a_month"),
    *("claimant_before", "claimant_after", "account_before", "account_after", "awaits_account"),
)


type Sums = dict[str, tuple[int, Decimal, int]]  # demands, euros a month, without an account


class Command(BaseCommand):
    help = "Hand payment demands that are valid after a day over to their new claimants."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--effective", type=date.fromisoformat, required=True)
        parser.add_argument("--dry-run", action="store_true", help="tell, and change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="else it is printed")

    def handle(self, **options: Any) -> None:
        effective: date = options["effective"]
        if effective > clock.today() and not options["dry_run"]:
            raise CommandError("The day has not come: only --dry-run tells of it beforehand.")
        path: Path | None = options["report"]
        try:
            if path is None:
                self._report(self.stdout, effective, dry_run=options["dry_run"])
                return
            with path.open("w", encoding="utf-8", newline="") as file:
                self._report(file, effective, dry_run=options["dry_run"])
        except OperationalError:
            raise CommandError(
                "The database ended the connection. Run the same command again: it goes on."
            ) from None

    def _report(self, file: "SupportsWrite[str]", effective: date, *, dry_run: bool) -> None:
        """Writes each demand as it is handed over, and tells the sums."""
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        sums: Sums = {}
        for handed in transfer(effective, dry_run=dry_run):
            writer.writerow(_row(handed))
            name = handed.claimant.name_fi
            number, euros, waiting = sums.get(name, (0, Decimal(0), 0))
            if handed.is_new:
                number, euros = number + 1, euros + handed.a_month
            sums[name] = number, euros, waiting + handed.awaits_payee
        self._tell(sums, dry_run=dry_run)

    def _tell(self, sums: Sums, *, dry_run: bool) -> None:
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
        demand.measure,
        demand.share or "",
        f"{handed.a_month:.2f}",
        handed.former.name_fi,
        handed.claimant.name_fi,
        handed.former_payee.iban,
        handed.payee.iban,
        "yes" if handed.awaits_payee else "no",
    ]
