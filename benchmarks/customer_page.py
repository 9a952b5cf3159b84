"""The customer page beside the bare view, and what it asks of the database."""

import re
from collections.abc import Iterator
from statistics import median

import psycopg

from benchmarks import resolving, round_trips
from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import Rig, Site
from benchmarks.rounds import alternate, milliseconds
from benchmarks.visits import open_customers
from demo.errors import DemoError

CUSTOMERS = 10_000
COMPARED = 20
# What differs from one rendering to the next: tokens, seconds left and the page's own address.
PASSING = re.compile(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"|data-seconds="\d+"')


def measure(rig: Rig) -> Iterator[Result]:
    """Pages a second beside those of the bare view, what the right takes, SQL round trips."""
    with rig.site(CUSTOMERS) as product, rig.site(CUSTOMERS, "benchmarks.bare_settings") as bare:
        forget_openings(product)
        pages = open_customers(product)
        bare_pages = bare_pages_of(product, pages)
        require_same(product.show(pages[:COMPARED]), bare.show(bare_pages[:COMPARED]))
        measured, baseline = alternate([(product, pages), (bare, bare_pages)])
    yield Result(
        name="customer_page",
        value=median(one.per_second for one in measured),
        unit="pages/s",
        baseline=median(one.per_second for one in baseline),
        better="higher",
        target=0.75,
        beside=milliseconds(measured) | milliseconds(baseline, "baseline_"),
    )
    yield resolving.measure(rig, CUSTOMERS, pages)
    yield round_trips.measure(rig, CUSTOMERS, pages)


def forget_openings(site: Site) -> None:
    """Let each opening be the first of its customer: the bare view knows of none before it."""
    with psycopg.connect(site.urls.owner) as connection:
        connection.execute("TRUNCATE customers_opening")


def bare_pages_of(site: Site, pages: list[Page]) -> list[Page]:
    """The addresses at which the bare view shows the same as the pages of a site."""
    with psycopg.connect(site.urls.owner) as connection:
        openings = connection.execute("SELECT id::text, customer_id::text FROM customers_opening")
        customers: dict[str, str] = dict(openings.fetchall())
    openings_and_pages = [(page.path.split("/")[2], page) for page in pages]
    return [
        Page(f"/bare/{opening}/{customers[opening]}/", page.cookies)
        for opening, page in openings_and_pages
    ]


def require_same(these: list[str], those: list[str]) -> None:
    """DemoError unless two sites show the same to the last character."""
    if [PASSING.sub("", page) for page in these] != [PASSING.sub("", page) for page in those]:
        raise DemoError("The bare view does not show what the customer page shows.")
