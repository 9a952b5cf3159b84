"""People who have logged in through the simulator and opened customers, as caseworkers do."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from math import ceil

import psycopg

from benchmarks import PURPOSE
from benchmarks.load import Page
from benchmarks.rig import Site
from tests.personas import ENTITLED, log_in
from tests.visitor import Visitor

CUSTOMERS = 800
SESSIONS = 8


def open_customers(site: Site) -> list[Page]:
    """Log in and open customers from all over the database; the addresses of their pages."""
    return open_these(site, codes(site))


def open_these(site: Site, codes: Sequence[str]) -> list[Page]:
    """Log in and open the customers with these identity codes; the addresses of their pages."""
    batches = batched(codes, ceil(len(codes) / SESSIONS))
    with site.simulator(), ThreadPoolExecutor(SESSIONS) as caseworkers:
        opened = caseworkers.map(lambda batch: day_of_a_caseworker(site, batch), batches)
        return [page for pages in opened for page in pages]


def codes(site: Site) -> list[str]:
    """Identity codes drawn from all customers, the same ones each time."""
    with psycopg.connect(site.urls.owner) as connection:
        found = connection.execute(
            "SELECT code FROM customers_identitycode WHERE is_current ORDER BY md5(code) LIMIT %s",
            [CUSTOMERS],
        )
        return [code for (code,) in found]


def day_of_a_caseworker(site: Site, codes: Sequence[str]) -> list[Page]:
    """Log in and look each customer up; the page that follows belongs to the search's row, so
    whoever asks for it again writes a row of its own."""
    visitor = Visitor(site.addresses.application)
    log_in(visitor, ENTITLED)
    start = visitor.open("/start/")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    opened = [visitor.submit(start, "/start/$", purpose=PURPOSE, hetu=code) for code in codes]
    for page in opened:
        page.raise_for_status()
    return [Page(page.request.path_url, cookies) for page in opened]
