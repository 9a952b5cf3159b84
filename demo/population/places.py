"""Where people live: the project's register of municipalities, weighted by inhabitants."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from random import Random

REPOSITORY = Path(__file__).parents[2]
REGISTER = REPOSITORY / "organisations" / "data"
INHABITANTS = Path(__file__).parent / "data" / "inhabitants.csv"
SMALL = 4.4  # thousand inhabitants: the average of those that inhabitants.csv does not name
ALAND = "91"
SWEDISH_SPEAKERS = {"fi": 0.005, "fi_sv": 0.07, "sv_fi": 0.6, "sv": 0.9}


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    county: str
    county_name: str
    swedish: float  # share of Swedish speakers

    @property
    def on_aland(self) -> bool:
        return self.county == ALAND


class Places:
    """The municipalities of a day."""

    def __init__(self, today: date) -> None:
        counties = {row["code"]: row["name_fi"] for row in _rows(REGISTER / "counties.csv")}
        rows = [row for row in _rows(REGISTER / "municipalities.csv") if _valid(row, today)]
        thousands = {row["code"]: float(row["thousands"]) for row in _rows(INHABITANTS)}
        self._places = [_place(row, counties) for row in rows]
        self._weights = list(accumulate(thousands.get(place.code, SMALL) for place in self._places))
        self._by_code = {place.code: place for place in self._places}

    def draw(self, random: Random) -> Place:
        return random.choices(self._places, cum_weights=self._weights)[0]

    def __getitem__(self, code: str) -> Place:
        return self._by_code[code]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _valid(row: dict[str, str], today: date) -> bool:
    return row["valid_from"] <= today.isoformat() < (row["valid_to"] or "9999")


def _place(row: dict[str, str], counties: dict[str, str]) -> Place:
    county, swedish = row["county"], SWEDISH_SPEAKERS[row["language"]]
    return Place(row["code"], county, counties[county], swedish)
