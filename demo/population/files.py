"""The files of a delivery and its manifest. Their format: docs/intake.md."""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from demo.population import VERSION
from demo.population.lists import Lists

HELSINKI = ZoneInfo("Europe/Helsinki")
MADE_AT = time(6)
INVOICED = (
    "publication", "number", "hetu", "benefit", "kind", "paid_on", "first_day", "last_day", "days",
    "counted_days", "gross", "share", "amount",
)  # fmt: skip
FORMAT = {
    "customers": (
        "hetu", "former_codes", "given_names", "family_name", "birth_date", "municipality",
        "protected", "language", "died_on", "country", "abroad_since",
    ),
    "pending_matters": (
        "id", "hetu", "benefit", "applied_for", "arrived_on", "state", "awaited", "awaited_from",
    ),
    "decisions": (
        "id", "hetu", "benefit", "kind", "decided_on", "first_day", "last_day", "replaced_on",
        "amount", "amount_unit", "grounds", "law",
    ),
    "payments": (
        "id", "hetu", "benefit", "decision", "paid_on", "first_day", "last_day", "gross", "tax",
        "deductions", "deduction_reason", "net", "state", "payee_kind", "payee_name",
        "account_last4",
    ),
    "insurance": (
        "id", "hetu", "kind", "covered", "basis", "first_day", "last_day", "country",
    ),
    "recoveries": (
        "id", "hetu", "benefit", "decision", "claimed_on", "original_amount", "open_amount",
        "instalment", "state",
    ),
    "medicine_caps": (
        "hetu", "year", "accrued", "annual_limit", "initial_deductible", "reached_on",
    ),
    "data_from_others": (
        "id", "hetu", "kind", "payer", "gross", "first_day", "last_day",
    ),
    "social_assistance_applications": (
        "id", "hetu", "arrived_on", "is_urgent", "first_day", "last_day", "state", "decision",
    ),
    "social_assistance_attachments": ("id", "application", "kind", "received_on"),
    "social_assistance_households": ("decision", "number", "role", "age_group"),
    "social_assistance_calculations": (
        "decision", "month", "number", "part", "item", "member", "stated", "reduction",
        "reduction_ground", "amount",
    ),
    "social_assistance_commitments": (
        "id", "hetu", "given_on", "kind", "provider", "first_day", "last_day", "at_most",
    ),
    "social_assistance_calls": ("id", "hetu", "given_on", "due_on", "kind", "benefit", "state"),
    "notifications": (
        "id", "hetu", "type", "municipality", "arrived_at", "decided_on", "urgent", "text",
        "phone", "assistance", "applied_for", "amount", "first_day", "last_day", "reduction",
        "reduction_ground", "needs", "unit_name", "unit_phone",
    ),
    "notification_attachments": ("id", "notification", "name", "sha256"),
    "list_publications": (
        "id", "listing", "municipality", "first_day", "last_day", "version", "published_on",
        "rows", "total", "reason",
    ),
    "list_invoice_rows": INVOICED,
    "list_long_unemployed_rows": INVOICED,
    "list_risk_rows": (
        "publication", "number", "hetu", "benefit", "ground", "counted_days", "last_paid_on",
    ),
    "list_child_care_rows": (
        "publication", "number", "hetu", "benefit", "kind", "paid_on", "first_day", "last_day",
        "children", "allowance", "supplement", "municipal_supplement", "amount",
    ),
    "list_veteran_rows": (
        "publication", "number", "hetu", "since", "supplement", "additional", "amount",
    ),
    "list_treatment_rows": (
        "publication", "number", "hetu", "country", "treatment", "first_day", "last_day",
        "paid_on", "cost", "amount",
    ),
}  # fmt: skip


class Table:
    """One CSV file under way. `next_id` numbers its rows."""

    def __init__(self, writer: Any) -> None:
        self._writerow = writer.writerow
        self.rows = 0

    def write(self, *fields: object) -> None:
        """A row without a number of its own."""
        self.rows += 1
        self._writerow(fields)

    def number(self, *fields: object) -> int:
        """A row numbered in its first column; the answer is the number."""
        self.rows += 1
        self._writerow((self.rows, *fields))
        return self.rows


class Files:
    """The files, and the folder of the contents that stand beside them."""

    def __init__(self, tables: dict[str, Table], contents: Path, today: date) -> None:
        self.contents = contents
        self.customers = tables["customers"]
        self.pending_matters = tables["pending_matters"]
        self.decisions = tables["decisions"]
        self.payments = tables["payments"]
        self.insurance = tables["insurance"]
        self.recoveries = tables["recoveries"]
        self.medicine_caps = tables["medicine_caps"]
        self.data_from_others = tables["data_from_others"]
        self.social_assistance_applications = tables["social_assistance_applications"]
        self.social_assistance_attachments = tables["social_assistance_attachments"]
        self.social_assistance_households = tables["social_assistance_households"]
        self.social_assistance_calculations = tables["social_assistance_calculations"]
        self.social_assistance_commitments = tables["social_assistance_commitments"]
        self.social_assistance_calls = tables["social_assistance_calls"]
        self.notifications = tables["notifications"]
        self.notification_attachments = tables["notification_attachments"]
        self.list_publications = tables["list_publications"]
        self.list_invoice_rows = tables["list_invoice_rows"]
        self.list_long_unemployed_rows = tables["list_long_unemployed_rows"]
        self.list_risk_rows = tables["list_risk_rows"]
        self.list_child_care_rows = tables["list_child_care_rows"]
        self.list_veteran_rows = tables["list_veteran_rows"]
        self.list_treatment_rows = tables["list_treatment_rows"]
        self.lists = Lists(self, today)
        self.forwarded: Counter[str] = Counter()  # notifications, by municipality

    def attach(self, notification: int, name: str, content: bytes) -> None:
        """An attachment, its content as a file of its own."""
        sha256 = hashlib.sha256(content).hexdigest()
        number = self.notification_attachments.number(notification, name, sha256)
        (self.contents / str(number)).write_bytes(content)


@contextmanager
def opened(directory: Path, today: date, customers: int) -> Iterator[Files]:
    """The files, open for writing; the manifest is written last, when they are whole."""
    directory.mkdir(parents=True, exist_ok=True)
    manifest = directory / "manifest.toml"
    manifest.unlink(missing_ok=True)
    contents = directory / "attachments"
    contents.mkdir(exist_ok=True)
    with ExitStack() as stack:
        tables = {name: _table(stack, directory / f"{name}.csv", FORMAT[name]) for name in FORMAT}
        files = Files(tables, contents, today)
        yield files
        files.lists.finish()
    rows = {name: table.rows for name, table in tables.items()}
    manifest.write_text(_manifest(directory, today, customers, rows), encoding="utf-8")


def _table(stack: ExitStack, path: Path, columns: tuple[str, ...]) -> Table:
    file = stack.enter_context(path.open("w", 1 << 20, encoding="utf-8", newline=""))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    return Table(writer)


def _manifest(directory: Path, today: date, customers: int, rows: dict[str, int]) -> str:
    lines = [
        'source = "synthetic population"',
        f"made_at = {datetime.combine(today, MADE_AT, HELSINKI).isoformat()}",
        f'generator = "{VERSION}"',
        f"day = {today}",
        f"customers = {customers}",
        "",
        "[files]",
    ]
    for name, number in rows.items():
        with (directory / f"{name}.csv").open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f'"{name}.csv" = {{ rows = {number}, sha256 = "{digest}" }}')
    return "\n".join(lines) + "\n"
