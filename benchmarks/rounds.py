"""Measures in turns, so that what the machine does meanwhile disturbs all alike."""

from collections.abc import Sequence
from statistics import median

from benchmarks.load import Measured, Page
from benchmarks.rig import Site

ROUNDS = 7
SECONDS = 5.0


def alternate(sites: Sequence[tuple[Site, Sequence[Page]]]) -> list[list[Measured]]:
    """What each site did in each round. A round before them warms up and is not counted."""
    rounds = [[site.load(pages, SECONDS) for site, pages in sites] for _ in range(ROUNDS + 1)]
    return [list(of_site) for of_site in zip(*rounds[1:], strict=True)]


def milliseconds(rounds: Sequence[Measured], prefix: str = "") -> dict[str, float]:
    """The times (ms) within which half, and 95 in a hundred, of the pages came."""
    return {
        f"{prefix}p{percent}_ms": median(one.percentile(percent) for one in rounds)
        for percent in (50, 95)
    }
