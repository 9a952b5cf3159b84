"""How rare something is among what was seen: the only measure that detection has."""

import math
from bisect import bisect_left
from collections.abc import Iterable

UNSEEN = 1.0  # so many more are thought to have been there: what was never seen is not impossible


class Spread:
    """Values that were seen, and how many of them reach a value."""

    def __init__(self, values: Iterable[float]) -> None:
        self.values = sorted(values)

    def __len__(self) -> int:
        return len(self.values)

    def reaching(self, value: float) -> int:
        return len(self.values) - bisect_left(self.values, value)

    def share(self, value: float) -> float:
        """The share that reaches a value."""
        return (self.reaching(value) + UNSEEN) / (len(self.values) + UNSEEN)


def blended(own: Spread, others: Spread, value: float, weight: float) -> float:
    """The share of a person's own that reaches a value; that of all counts as so many of them, so
    that somebody with few habits is judged by those of the others."""
    return (own.reaching(value) + weight * others.share(value)) / (len(own) + weight)


def points(share: float) -> float:
    """What is as rare as one in ten is a point, one in a hundred two: points can be added."""
    return -math.log10(min(1.0, max(share, 1e-9)))


def at_least_once(share: float, times: int) -> float:
    """The share that would be met by chance at least once in so many times."""
    return 1 - (1 - min(share, 1.0)) ** max(times, 1)


def at_least(number: int, of: int, share: float) -> float:
    """The share that would be met by chance at least so many times of so many."""
    chances = (math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(number, of + 1))
    return min(1.0, sum(chances))
