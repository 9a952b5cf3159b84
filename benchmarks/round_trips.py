"""How often the customer page asks the database, as PostgreSQL sees it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg import sql

from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import Rig, Site

PAGES = 20
STATEMENT = re.compile(r" LOG:  (?:statement|execute [^:]*): ")


def measure(rig: Rig, customers: int, pages: Sequence[Page]) -> Result:
    """Statements for a page, BEGIN and COMMIT among them: each is sent and awaited by itself."""
    with written_down(rig, customers), rig.site(customers, workers=1) as site:
        count = statements_of(rig, site, pages[:PAGES])
    return Result(
        name="customer_page_round_trips",
        value=count,
        unit="round trips",
        better="lower",
        target=6,
    )


def statements_of(rig: Rig, site: Site, pages: Sequence[Page]) -> float:
    """How many statements a page of these takes; its database writes them down."""
    log = rig.cluster.folder / "postgres.log"
    site.show(pages)  # connects
    before = log.stat().st_size
    site.show(pages)
    with log.open() as lines:
        lines.seek(before)
        return sum(bool(STATEMENT.search(line)) for line in lines) / len(pages)


@contextmanager
def written_down(rig: Rig, customers: int) -> Iterator[None]:
    """Let PostgreSQL write down each statement of whoever connects to a database from now on."""
    database = sql.Identifier(rig.name(customers))
    rig.cluster.execute(sql.SQL("ALTER DATABASE {} SET log_statement = 'all'").format(database))
    try:
        yield
    finally:
        rig.cluster.execute(sql.SQL("ALTER DATABASE {} RESET log_statement").format(database))
