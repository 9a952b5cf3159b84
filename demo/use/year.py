"""A year of use, the same for the same seed."""

from datetime import date

from demo.use.acts import Act
from demo.use.misuse import misuse
from demo.use.work import work
from demo.use.world import World, populate

WORKERS, CUSTOMERS = 48, 6_000


def year(
    seed: int, first: date, workers: int = WORKERS, customers: int = CUSTOMERS
) -> tuple[World, list[Act]]:
    """The people, and what they did from a day on for a year, in the order of time."""
    world = populate(seed, first, workers, customers)
    acts = [*work(world), *misuse(world)]
    return world, sorted(acts, key=lambda one: one.at)
