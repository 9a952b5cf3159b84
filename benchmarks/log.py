"""What the access log costs a page, and how fast a sealed one is verified.

`python -m benchmarks.log ROWS`, in the worker's environment, writes and seals rows until there are
so many; it prints the instant from which on the last tenth was written.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import psycopg

from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import DAY, FOLDER, LOGS, PRODUCT, Rig, Site
from benchmarks.rounds import alternate, milliseconds
from benchmarks.visits import open_customers
from demo.database import Contents, build, urls_of
from demo.environment import ROOT, database_environment, worker_environment
from demo.processes import python, run
from demo.running import birthday
from demo.services import start_worker

CUSTOMERS = 10_000
MANY, VERY_MANY = 1_000_000, 10_000_000
OF_A_ROUND = 5_000  # rows in one round of seals, as in a busy minute or two of the whole country
ORGANISATIONS = 20
NAME = "benchmark_log"
MEGABYTE = 1024  # in kB
TABLE = """
    CREATE TABLE IF NOT EXISTS benchmark_log (LIKE audit_entry, PRIMARY KEY (at, id));
    CREATE INDEX IF NOT EXISTS benchmark_log_organisation ON benchmark_log (organisation_id, at);
    GRANT INSERT ON benchmark_log TO kelmu_app;
"""
ROWS = """
    INSERT INTO audit_entry (id, at, rule_date, act, outcome, channel, request_id, session_id,
        actor, office, organisation_id, agreement, mandates, purpose, laws, rulebook, customer,
        opening, data_groups, look_back_from, case_reference, details)
    SELECT uuidv7(), clock_timestamp(), '2026-11-20', 'view', 'permitted', 'browser',
        gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'mandate', 1 + n %% %s,
        'KELMU-2023-9900100/1', '{benefits_and_payment_demands}', 'other_benefits',
        '{703/2023,734/1992 14 a §}', repeat('ab', 32), gen_random_uuid(), gen_random_uuid(),
        '{pendency,decisions,payments,insurance,recovery,medicine_cap,data_from_others}',
        '2023-11-20', '', '{"tab": "benefits", "filters": {"benefit": "housing_allowance"}}'
    FROM generate_series(1, %s) AS n
"""


def measure(rig: Rig) -> Iterator[Result]:
    """The customer page with all that the log does beside one with a plain insert; rows verified in
    a second, and memory."""
    yield cost(rig)
    yield verified(rig, MANY, "verify_log")


def measure_at_scale(rig: Rig) -> Iterator[Result]:
    """The same verified ten times as long."""
    yield verified(rig, VERY_MANY, "scale_verify_log")


def cost(rig: Rig) -> Result:
    """Pages a second while the worker seals, beside the page with a plain insert."""
    with psycopg.connect(rig.database(CUSTOMERS).owner) as owner:
        owner.execute(TABLE)
    with rig.site(CUSTOMERS) as product, rig.site(CUSTOMERS, "benchmarks.plain_settings") as bare:
        pages: list[Page] = open_customers(product)
        with sealing(rig, product):
            measured, baseline = alternate([(product, pages), (bare, pages)])
    return Result(
        name="log_cost",
        value=median(one.per_second for one in measured),
        unit="pages/s",
        baseline=median(one.per_second for one in baseline),
        better="higher",
        target=0.9,
        beside=milliseconds(measured) | milliseconds(baseline, "baseline_"),
    )


@contextmanager
def sealing(rig: Rig, site: Site) -> Iterator[None]:
    """While the worker runs beside a site; what it does once, when it starts, is over by then."""
    environment = rig.environment(CUSTOMERS, site.addresses)
    anchors = FOLDER / "anchors" / birthday(site.urls)
    worker = start_worker(environment | worker_environment(rig.keys, anchors), LOGS / "worker.log")
    try:
        worker.wait_until(lambda: is_settled(site))
        yield
    finally:
        worker.stop()


def is_settled(site: Site) -> bool:
    """Whether the worker has sealed just now, and verified the whole log of these days."""
    with psycopg.connect(site.urls.sealer) as sealer:
        found = sealer.execute(
            "SELECT FROM audit_sealing WHERE sealed_until > now() - interval '10 seconds' AND"
            " EXISTS (SELECT FROM audit_verification WHERE finished_at > now() - interval '1 day')"
        )
        return found.rowcount == 1


def verified(rig: Rig, rows: int, name: str) -> Result:
    """Rows of a whole log verified in a second; `grown_mb` is what a process takes more for all
    than for the last tenth."""
    environment = sealed_log(rig)
    tenth = run(python("-m", "benchmarks.log", f"{rows}"), LOGS / "fill-log.log", environment)
    _seconds, _rows, little = verify(environment, f"--since={tenth.strip()}")
    seconds, read, much = verify(environment)
    return Result(
        name=name,
        value=read / seconds,
        unit="rows/s",
        better="higher",
        beside={"rows": read, "seconds": seconds, "mb": much, "grown_mb": much - little},
    )


def sealed_log(rig: Rig) -> dict[str, str]:
    """A database for the log alone, kept for the next time; the environment that seals it."""
    if NAME not in rig.cluster.names():
        build(rig.cluster, NAME, Contents(DAY, customers=0), rig.keys, LOGS)
    urls = urls_of(rig.cluster, NAME)
    anchors = FOLDER / "anchors" / birthday(urls)
    environment = database_environment(urls, rig.keys, DAY) | {"DJANGO_SETTINGS_MODULE": PRODUCT}
    return environment | worker_environment(rig.keys, anchors)


def verify(environment: dict[str, str], *words: str) -> tuple[float, int, float]:
    """Seconds, rows and the most memory (MB) of one process."""
    started = time.perf_counter()
    command = python(ROOT / "manage.py", "verify_log", "--skip-checks", *words)
    told = run(
        python("-c", MEASURED, json.dumps([str(word) for word in command])), LOG, environment
    )
    seconds = time.perf_counter() - started
    text, memory = told.rsplit("\n", 1)
    return seconds, int(text.split()[0]), int(memory) / MEGABYTE


LOG = LOGS / "verify-log.log"
# Runs a command and tells, after what it prints, the most memory of it or of a child of it.
MEASURED = (
    "import json, resource, subprocess, sys;"
    "subprocess.run(json.loads(sys.argv[1]), check=True);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, end='')"
)


def fill(rows: int) -> str:
    """Writes and seals until there are so many rows; from when on the last tenth was written."""
    import django  # in a process of its own, with the worker's settings

    django.setup()
    from audit import sealing as seals

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        (there,) = owner.execute("SELECT count(*) FROM audit_entry").fetchone() or (0,)
        for _round in range(there, rows, OF_A_ROUND):
            owner.execute(ROWS, [ORGANISATIONS, OF_A_ROUND])
            seals.seal_and_anchor()
        (since,) = owner.execute(
            "SELECT made_at FROM audit_seal"
            " WHERE round >= 0.9 * (SELECT max(round) FROM audit_seal) ORDER BY round LIMIT 1"
        ).fetchone() or ("",)
    return str(since).replace(" ", "T")


if __name__ == "__main__":
    print(fill(int(sys.argv[1])))
