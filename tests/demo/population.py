"""A generated delivery, read back row by row."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache, cached_property
from pathlib import Path

type Row = dict[str, str]


class Generated:
    def __init__(self, folder: Path, today: date) -> None:
        self.folder = folder
        self.today = today

    def rows(self, name: str) -> list[Row]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def customers(self) -> list[Row]:
        return self.rows("customers")

    @cached_property
    def decisions(self) -> list[Row]:
        return self.rows("decisions")

    @cached_property
    def payments(self) -> list[Row]:
        return self.rows("payments")

    def of(self, name: str, hetu: str) -> list[Row]:
        """The rows of a file about a customer."""
        return self._by_customer(name).get(hetu, [])

    def benefits_of(self, name: str, hetu: str) -> set[str]:
        return {row["benefit"] for row in self.of(name, hetu)}

    @cache  # noqa: B019 - as long as the test module
    def _by_customer(self, name: str) -> dict[str, list[Row]]:
        found = defaultdict(list)
        for row in self.rows(name):
            found[row["hetu"]].append(row)
        return found
