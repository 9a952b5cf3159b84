"""The register of municipalities and counties that the project ships.

Facts: Statistics Finland's classifications of municipalities and wellbeing services counties
(CC BY 4.0). The counties have served since 1.1.2023 (act 616/2021).
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kelmu.dates import read_day
from organisations.models import County, CountyMembership, Municipality

DATA = Path(__file__).parent / "data"
COUNTIES_SERVE_FROM = date(2023, 1, 1)


def load(using: str) -> int:
    """Adds what the database lacks of the register and answers the number of municipalities.

    A municipality that is there stays as it is: its changes come in by Kela's own page.
    """
    with transaction.atomic(using=using):
        for row in _rows("counties.csv"):
            County.objects.using(using).update_or_create(code=row.pop("code"), defaults=row)
        municipalities = list(_rows("municipalities.csv"))
        for row in sorted(municipalities, key=lambda row: row["successor"]):  # successors first
            _load_municipality(using, row)
    return len(municipalities)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_municipality(using: str, row: dict[str, str]) -> None:
    first, last = date.fromisoformat(row["valid_from"]), read_day(row["valid_to"])
    municipality, is_new = Municipality.objects.using(using).get_or_create(
        code=row["code"],
        defaults={
            "name_fi": row["name_fi"],
            "name_sv": row["name_sv"],
            "language": row["language"],
            "successor_id": row["successor"] or None,
            "validity": DateRange(first, last),
        },
    )
    if is_new:
        CountyMembership.objects.using(using).create(
            municipality=municipality,
            county_id=row["county"],
            validity=DateRange(max(first, COUNTIES_SERVE_FROM), last),
        )
