"""Distribution of payments (maksunjako): a million payments, three demands each, in one batch."""

import random
import resource
import time
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.results import Result
from payment_demands.distribution import Claim, distribute

PAYMENTS, DEMANDS = 1_000_000, 3
FIRST = 100_000  # after which memory is looked at


def measure() -> Iterator[Result]:
    """Payments shared out in a second, and how much memory grows between the first and the last."""
    started = time.perf_counter()
    paid = Decimal(0)
    early = 0
    for number, (net, protected, claims) in enumerate(payments(), start=1):
        paid += distribute(net, protected, claims).to_customer
        if number == FIRST:
            early = memory()
    seconds = time.perf_counter() - started
    yield Result(
        name="distribution",
        value=PAYMENTS / seconds,
        unit="payments/s",
        better="higher",
        beside={"demands": DEMANDS, "MB grown": (memory() - early) / 1024},
    )


def payments() -> Iterator[tuple[Decimal, Decimal, list[Claim]]]:
    """Payments in turn, the same in each run; none is kept."""
    chance = random.Random(7)  # noqa: S311 - amounts, no secret
    for number in range(PAYMENTS):
        net = Decimal(chance.randrange(1_000, 200_000)) / 100
        claims = [
            Claim(f"{number}-{one}", chance.randrange(1, 4), "2026-01-01", net / 2)
            for one in range(DEMANDS)
        ]
        yield net, net * 15 / 100, claims


def memory() -> int:
    """The most that this process has taken so far, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
