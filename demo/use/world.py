"""Who works in the organisation, whom it serves, and when people are at work."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
NAMES = Path(__file__).parents[1] / "population" / "data" / "names.toml"
SATURDAY = 5
# Fixed days off; Good Friday, Easter Monday, Ascension and Midsummer Eve are told by year.
FEASTS = [(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)]
MOVING = {2025: [(4, 18), (4, 21), (5, 29), (6, 20)], 2026: [(4, 3), (4, 6), (5, 14), (6, 19)]}
DUTY = "duty"  # the team that is on call at all hours
TEAMS = ("families", "adults", "elderly", "disability", "integration", DUTY)
PURPOSES = {
    "families": ("other_benefits", "social_assistance"),
    "adults": ("social_assistance", "other_benefits"),
    "elderly": ("other_benefits", "other_benefits"),
    "disability": ("other_benefits", "social_assistance"),
    "integration": ("other_benefits", "social_assistance"),
    DUTY: ("social_assistance", "other_benefits"),
}


@dataclass(slots=True)
class Worker:
    """Somebody of the staff, with habits."""

    number: int
    surname: str
    team: str
    begins: float  # the hour at which a day of theirs begins
    pace: float  # customers a day
    refers: float  # how often a case reference is typed
    reads: float  # pages beyond the first
    prints: float
    holidays: list[tuple[date, date]]
    joined: date
    as_customer: int = -1  # who they are as somebody's customer

    def is_away(self, day: date) -> bool:
        return day < self.joined or any(first <= day <= last for first, last in self.holidays)


@dataclass(slots=True)
class Customer:
    """Somebody who lives in the organisation's area, or elsewhere."""

    number: int
    surname: str
    is_near: bool
    team: str


@dataclass(slots=True)
class Case:
    """A matter of a customer, in the hands of a worker for some time."""

    customer: int
    worker: int
    reference: str
    first: date
    last: date


@dataclass(slots=True)
class World:
    """An organisation and its customers in one year."""

    chance: Random
    first: date
    last: date
    workers: list[Worker] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def team(self, name: str) -> list[Worker]:
        return [one for one in self.workers if one.team == name]


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return not (
        day.weekday() >= SATURDAY
        or (day.month, day.day) in FEASTS
        or (day.month, day.day) in MOVING.get(day.year, ())
    )


def moment(day: date, hour: float) -> datetime:
    """An hour of a day, be it beyond midnight."""
    return datetime.combine(day, time(), HELSINKI) + timedelta(hours=hour)


@cache
def surnames() -> tuple[list[str], list[float]]:
    """Common names and how common they are, and a long tail of rarer ones."""
    told = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    common = list(dict.fromkeys(told["fi"]["family"] + told["sv"]["family"]))
    rare = [f"{begin}{end}" for begin in BEGINNINGS for end in ENDS]
    names = common + [name for name in rare if name not in common]
    return names, [1 / (8 + place) for place in range(len(names))]


BEGINNINGS = (
    *("Aho", "Alho", "Haka", "Harju", "Honka", "Jylhä", "Kaski", "Kivi", "Kontio", "Kuusi"),
    *("Lampi", "Latva", "Luoto", "Metsä", "Myllö", "Niitty", "Palo", "Peura", "Pihla", "Ranta"),
    *("Raivio", "Salmi", "Suvi", "Tammi", "Tuomi", "Vaara", "Varpu", "Viita", "Virta", "Ylä"),
)
ENDS = ("", "la", "nen", "mäki", "niemi", "lahti", "vuori", "oja", "pelto", "saari", "koski")


def surname(chance: Random) -> str:
    names, weights = surnames()
    return chance.choices(names, weights)[0]


def populate(seed: int, first: date, workers: int, customers: int) -> World:
    """The people of a seed; the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311 - no secret
    last = date(first.year + 1, first.month, first.day) - timedelta(days=1)
    world = World(chance, first, last)
    world.customers = [_customer(chance, number) for number in range(customers)]
    world.workers = [_worker(chance, number, world) for number in range(workers)]
    for one in world.workers:
        if chance.random() < 0.7:  # who works here mostly lives here too
            _live_here(world, one)
    return world


def _customer(chance: Random, number: int) -> Customer:
    near, team = chance.random() < 0.96, chance.choice(TEAMS[:-1])
    return Customer(number, surname(chance), near, team)


def _worker(chance: Random, number: int, world: World) -> Worker:
    is_new = chance.random() < 0.15
    return Worker(
        number=number,
        surname=surname(chance),
        team=TEAMS[number % len(TEAMS)],
        begins=chance.choice([7.0, 7.5, 8.0, 8.0, 8.5, 9.0]),
        pace=chance.uniform(3, 12),
        refers=chance.choice([0.75, 0.9, 0.95, 0.98]),
        reads=chance.uniform(0.4, 1.6),
        prints=chance.choice([0.0, 0.02, 0.08]),
        holidays=_holidays(chance, world.first),
        joined=world.first + timedelta(days=chance.randint(20, 300)) if is_new else world.first,
    )


def _holidays(chance: Random, first: date) -> list[tuple[date, date]]:
    """Four weeks in summer, one in winter, and some illness."""
    year = first.year + (first.month > 6)
    summer = date(year, 6, 8) + timedelta(weeks=chance.randint(0, 8))
    winter = date(year, 2, 16) + timedelta(weeks=chance.randint(0, 4))
    ill = [first + timedelta(days=chance.randint(0, 360)) for _ in range(3)]
    spells = [(summer, 27), (winter, 6), *((day, chance.randint(0, 4)) for day in ill)]
    return [(day, day + timedelta(days=length)) for day, length in spells]


def _live_here(world: World, worker: Worker) -> None:
    worker.as_customer = len(world.customers)
    team = world.chance.choice(TEAMS[:-1])
    world.customers.append(Customer(worker.as_customer, worker.surname, True, team))
