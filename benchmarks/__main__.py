"""`make benchmark`: what the README claims about speed, one line of JSON for each number."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator

from benchmarks import (
    agreements,
    customer_page,
    demo_start,
    detection,
    distribution,
    documents,
    growth,
    intake,
    interface,
    lists,
    log,
    long_pages,
    organisations,
    oversight,
    queue,
    registering,
)
from benchmarks.results import Result, table
from benchmarks.rig import open_rig
from demo.errors import DemoError
from demo.processes import end_with

SCALE = 1_000_000
GROWN = 200_000


def main() -> int:
    """Measure; the exit code is 0 when all was measured, whether targets are met or missed."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--scale", action="store_true", help=f"a database of {SCALE:,} customers")
    options = parser.parse_args()
    end_with(os.getppid(), signal.SIGTERM)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    results = []
    try:
        for result in scale() if options.scale else all_of_them():
            print(result.line(), flush=True)
            results.append(result)
    except DemoError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    print(table(results), file=sys.stderr)
    return 0


def all_of_them() -> Iterator[Result]:
    yield from demo_start.measure()
    yield from distribution.measure()
    yield from detection.measure()
    with open_rig() as rig:
        yield from customer_page.measure(rig)
        yield from long_pages.measure(rig)
        yield from queue.measure(rig)
        yield from organisations.measure(rig)
        yield from agreements.measure(rig)
        yield from oversight.measure(rig)
        yield from growth.measure(rig, GROWN, "growth")
        yield from intake.measure(rig)
        yield from lists.measure(rig)
        yield from interface.measure(rig)
        yield from log.measure(rig)
        yield from registering.measure(rig)
        yield from documents.measure(rig)


def scale() -> Iterator[Result]:
    with open_rig() as rig:
        yield from growth.measure(rig, SCALE, "scale")
        yield from intake.measure_at_scale(rig)
        yield from log.measure_at_scale(rig)


if __name__ == "__main__":
    sys.exit(main())
