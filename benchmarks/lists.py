"""Lists as files beside a bare COPY of the same columns, and the memory that the worker takes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg
import requests

from benchmarks.intake import own_memory
from benchmarks.results import Result
from benchmarks.rig import ANY_PACE, DAY, LOGS, Rig, Site, settle
from demo.database import urls_of
from demo.environment import Addresses, Urls, database_environment, suomifi_environment
from demo.errors import DemoError
from demo.services import THREADS, start_application
from tests.personas import LISTS_ONLY, log_in
from tests.running import free_port
from tests.visitor import Visitor, forms_of

ROWS, ROWS_OF_A_WORKBOOK, ROUNDS = 1_000_000, 100_000, 3
NAME = "benchmark_lists"
SHELF = "/notifications/labour_market_subsidy_list/837/lists/labour_market_subsidy_invoice/"
FIRST_BYTES = 1024
# Customers, and a list of all of them for September and one of some for August.
CUSTOMERS = """
    CREATE TEMPORARY TABLE made AS
    SELECT n, uuidv7() AS id, to_char(1 + n %% 28, 'FM00') || to_char(1 + n / 28 %% 12, 'FM00')
        || to_char(n / 336 %% 100, 'FM00') || '-' || 900 + n / 33600 %% 100 || 'A' AS code
    FROM generate_series(0, %s - 1) AS n;
    INSERT INTO audit_subject (id, created_at) SELECT id, now() FROM made;
    INSERT INTO customers_customer (batch_id, id, birth_date, protected, country, language,
        given_names, family_name, home_municipality_id)
    SELECT 0, id, '1980-01-01', n %% 300 = 0, '', 'fi', 'Maija Liisa', 'Meikäläinen', '837'
    FROM made;
    INSERT INTO customers_identitycode (batch_id, code, customer_id, is_current)
    SELECT 0, code, id, true FROM made;
"""
LIST = """
    INSERT INTO notifications_publication
        (batch_id, id, listing, municipality_id, period, version, published_on, rows, total, reason)
    VALUES (0, %(id)s, 'labour_market_subsidy_invoice', '837', %(period)s, 1, '2026-10-15',
        %(rows)s, %(rows)s * 245.59, '');
    INSERT INTO notifications_invoicerow (batch_id, publication_id, number, customer_id, benefit,
        kind, paid_on, period, days, counted_days, gross, share, amount)
    SELECT 0, %(id)s, n + 1, id, 'general_social_security_benefit', 'payment', '2026-09-15',
        '[2026-08-01,2026-09-01)', 21, 310 + n %% 90, 818.62, 30, 245.59
    FROM made WHERE n < %(rows)s;
    UPDATE notifications_publication SET is_complete = true, checksum = repeat('0', 64)
    WHERE id = %(id)s;
"""
# The same columns, written by hand.
COPY = """
    COPY (
        SELECT code.code, regexp_replace(c.family_name || ', ' || c.given_names,
                E'^([=+@\\t\\r\\n-])', E'''\\\\1'),
            CASE WHEN c.protected THEN 'kyllä' ELSE '' END,
            CASE r.benefit WHEN 'labour_market_subsidy' THEN 'työmarkkinatuki'
                WHEN 'basic_unemployment_allowance' THEN 'peruspäiväraha'
                WHEN 'earnings_related_allowance' THEN 'ansiopäiväraha'
                WHEN 'general_social_security_benefit' THEN 'yleistuki' ELSE r.benefit END,
            CASE r.kind WHEN 'payment' THEN 'maksu' WHEN 'return' THEN 'palautus'
                WHEN 'correction' THEN 'korjaus' ELSE r.kind END,
            to_char(r.paid_on, 'FMDD.FMMM.YYYY'), to_char(lower(r.period), 'FMDD.FMMM.YYYY'),
            to_char(upper(r.period) - 1, 'FMDD.FMMM.YYYY'), r.days::text, r.counted_days::text,
            replace(r.gross::text, '.', ','), r.share::text, replace(r.amount::text, '.', ',')
        FROM notifications_invoicerow r
        JOIN customers_customer c ON c.id = r.customer_id
        JOIN customers_identitycode code ON code.customer_id = c.id AND code.is_current
        WHERE r.publication_id = 1 ORDER BY r.number
    ) TO STDOUT (FORMAT csv, DELIMITER ';')
"""


@dataclass(frozen=True)
class Fetched:
    """Seconds until the log was written, until the first byte after that and until the last one;
    the growth of the worker's memory (MB), and the size of the file."""

    logged: float
    first: float
    whole: float
    memory: float
    size: int


def measure(rig: Rig) -> Iterator[Result]:
    """CSV of a million rows and a workbook of a hundred thousand, fetched as people do."""
    with (
        published(rig) as (site, server),
        site.simulator(),
        psycopg.connect(site.urls.owner) as database,
    ):
        visitor = Visitor(site.addresses.application)
        visitor.cookies.set("kelmu-language", "fi")
        log_in(visitor, LISTS_ONLY)
        fetch(
            visitor, server, "837/2026-08-01/1/", "csv"
        )  # to warm up, and to see that it is all there
        rounds = [
            (fetch(visitor, server, "837/2026-09-01/1/", "csv"), copied(database))
            for _ in range(ROUNDS)
        ]
        if rounds[0][0].size <= ROWS * 100:
            raise DemoError("The file is too small to be whole.")
        book = fetch(visitor, server, "837/2026-08-01/1/", "xlsx")
    copy = median(seconds for _, seconds in rounds)
    csv = [one for one, _ in rounds]
    whole = median(one.whole for one in csv)
    logged = median(one.logged for one in csv)
    yield Result(
        name="list_csv",
        value=whole,
        unit="s",
        baseline=copy,
        better="lower",
        target=1.5,
        beside={"rows_per_second": ROWS / whole},
    )
    yield Result(
        name="list_csv_with_log",
        value=logged + whole,
        unit="s",
        baseline=copy,
        better="lower",
        target=4,
        beside={"log_s": logged},
    )
    yield Result(
        name="list_csv_first_byte",
        value=median(one.first for one in csv),
        unit="s",
        better="lower",
        target=1,
    )
    yield Result(
        name="list_csv_memory",
        value=max(one.memory for one in csv),
        unit="MB more",
        better="lower",
        target=32,
    )
    yield Result(
        name="list_xlsx_memory",
        value=book.memory,
        unit="MB more",
        better="lower",
        target=64,
        beside={"rows_per_second": ROWS_OF_A_WORKBOOK / book.whole},
    )


@contextmanager
def published(rig: Rig) -> Iterator[tuple[Site, int]]:
    """The application with one worker, over a database with the two lists, and its process."""
    rig.database(0)
    rig.cluster.drop(NAME)
    rig.cluster.create(NAME, template=rig.name(0))
    urls, addresses = urls_of(rig.cluster, NAME), Addresses(free_port(), free_port())
    publish(urls)
    environment = database_environment(urls, rig.keys, DAY)
    environment |= suomifi_environment(addresses, rig.keys)
    environment |= {"DATABASE_POOL_SIZE": str(THREADS)} | ANY_PACE
    application = start_application(addresses, environment, LOGS / "lists.log", workers=1)
    try:
        application.wait_until_answers(f"{addresses.application}/health/live")
        yield Site(addresses, urls), application.process.pid
    finally:
        application.stop()
        rig.cluster.drop(NAME)


def publish(urls: Urls) -> None:
    with psycopg.connect(urls.owner, cursor_factory=psycopg.ClientCursor) as owner:
        owner.execute(CUSTOMERS, [ROWS])
        owner.execute(LIST, {"id": 1, "rows": ROWS, "period": "[2026-09-01,2026-10-01)"})
        some = {"id": 2, "rows": ROWS_OF_A_WORKBOOK, "period": "[2026-08-01,2026-09-01)"}
        owner.execute(LIST, some)
    settle(urls)


def fetch(visitor: Visitor, server: int, publication: str, form: str) -> Fetched:
    """Press the button and take the file as it comes."""
    page = visitor.open(f"{SHELF}{publication}")
    page.raise_for_status()
    [asked] = [one for one in forms_of(page) if one.action.endswith("/fetch/")]
    with watched(server) as growth:
        began = time.perf_counter()
        answer = visitor.post(
            f"{visitor.address}{asked.action}",
            data=asked.fields | {"format": form},
            allow_redirects=False,
        )
        if answer.status_code != requests.codes.found:
            raise DemoError(f"The list was not fetched: {answer.status_code}.")
        logged = time.perf_counter()
        size, first = 0, 0.0
        with visitor.get(f"{visitor.address}{answer.headers['Location']}", stream=True) as file:
            file.raise_for_status()
            for block in file.iter_content(1 << 16):
                first = first or time.perf_counter()
                size += len(block)
        done = time.perf_counter()
    return Fetched(logged - began, first - logged, done - logged, growth[0], size)


@contextmanager
def watched(server: int) -> Iterator[list[float]]:
    """By how much the worker of a server grows meanwhile, at its largest (MB)."""
    growth, done = [0.0], threading.Event()
    workers = [
        int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ]
    before = {pid: own_memory(pid) for pid in workers}

    def watch() -> None:
        while not done.wait(0.02):
            most = max(own_memory(pid) - before[pid] for pid in workers)
            growth[0] = max(growth[0], most / 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield growth
    finally:
        done.set()
        watcher.join()


def copied(database: psycopg.Connection) -> float:
    """The seconds of the bare COPY."""
    started = time.perf_counter()
    with database.cursor().copy(COPY) as rows:
        for _ in rows:
            pass
    return time.perf_counter() - started
