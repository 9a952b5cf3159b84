"""The pages of customers of whom there is much to tell, beside the median customer's page."""

import tomllib
from collections.abc import Iterator

from benchmarks.customer_page import CUSTOMERS
from benchmarks.results import Result
from benchmarks.rig import Rig
from benchmarks.rounds import alternate, milliseconds
from benchmarks.visits import open_customers, open_these
from demo.environment import CAST

# Situations of the demo's cast.
MUCH_TO_TELL = {"long_history": "page_of_40_years", "many_payments": "page_of_10000_payments"}
TARGET = 2


def measure(rig: Rig) -> Iterator[Result]:
    """The median time (ms) of such a page over that of all pages, in the same rounds."""
    codes = codes_of_the_cast()
    with rig.site(CUSTOMERS) as site:
        pages = open_customers(site)
        much = open_these(site, [codes[situation] for situation in MUCH_TO_TELL])
        all_of_them, *single = alternate([(site, pages), *((site, [page]) for page in much)])
    baseline = milliseconds(all_of_them)
    for name, rounds in zip(MUCH_TO_TELL.values(), single, strict=True):
        measured = milliseconds(rounds)
        yield Result(
            name=name,
            value=measured["p50_ms"],
            unit="ms",
            baseline=baseline["p50_ms"],
            better="lower",
            target=TARGET,
            beside={"p95_ms": measured["p95_ms"], "baseline_p95_ms": baseline["p95_ms"]},
        )


def codes_of_the_cast() -> dict[str, str]:
    """The identity code of a customer in each situation."""
    customers = tomllib.loads(CAST.read_text(encoding="utf-8"))["customers"]
    return {customer["situation"]: customer["hetu"] for customer in customers}
