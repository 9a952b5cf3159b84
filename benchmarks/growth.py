"""Whether the customer page stays as quick when there are more customers."""

import time
from collections.abc import Iterator

from benchmarks.results import Result
from benchmarks.rig import Rig
from benchmarks.rounds import alternate, milliseconds
from benchmarks.visits import open_customers

FEW = 10_000
TARGET = 1.10


def measure(rig: Rig, many: int, name: str) -> Iterator[Result]:
    """The p95 (ms) with many customers over that with few, and the time of building, if built."""
    started = time.monotonic()
    is_new = not rig.has_database(many)
    rig.database(many)
    if is_new:
        yield Result(
            name=f"{name}_build", value=time.monotonic() - started, unit="s", better="lower"
        )
    with rig.site(FEW) as small, rig.site(many) as large:
        sites = [(site, open_customers(site)) for site in (large, small)]
        of_large, of_small = map(milliseconds, alternate(sites))
    yield Result(
        name=name,
        value=of_large["p95_ms"],
        unit="ms",
        baseline=of_small["p95_ms"],
        better="lower",
        target=TARGET,
        beside={"p50_ms": of_large["p50_ms"], "baseline_p50_ms": of_small["p50_ms"]},
    )
