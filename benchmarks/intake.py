"""Intake beside a bare COPY of the same rows into the same tables, and the memory that it takes."""

import os
import shutil
import subprocess
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg
from psycopg.sql import SQL, Identifier

from benchmarks.results import Result
from benchmarks.rig import DAY, LOGS, Rig
from demo.database import manage, urls_of
from demo.environment import ROOT, database_environment
from demo.errors import DemoError
from demo.processes import python

CUSTOMERS, ROUNDS = 10_000, 3
FEW, MANY, A_NATION = 4_000, 40_000, 400_000  # customers of about 10^5, 10^6 and 10^7 rows
NAME = "benchmark_intake"
CHUNK = 1 << 20
# Tables of what is fed, those first that others refer to.
FED = """
    SELECT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attname = 'batch_id' AND relkind IN ('r', 'p') AND NOT relispartition
        AND relname !~ '^intake_'
    ORDER BY relname <> 'customers_customer', relname <> 'benefits_decision',
        relname NOT IN ('notifications_notification', 'notifications_publication'), relname
"""
SESSION = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'kelmu_owner'"


@dataclass(frozen=True)
class Taken:
    """How long an intake took, and the most memory (MB) of its process and of its session."""

    seconds: float
    process: float
    session: float


def measure(rig: Rig) -> Iterator[Result]:
    """Rows a second beside those of a bare COPY, and how memory grows from 10^5 rows to 10^6."""
    with delivery(rig, CUSTOMERS) as folder:
        rows = rows_of(folder)
        rounds = [beside_a_copy(rig, folder) for _ in range(ROUNDS)]
    yield Result(
        name="intake",
        value=median(rows / taken for taken, _ in rounds),
        unit="rows/s",
        baseline=median(rows / copied for _, copied in rounds),
        better="higher",
        target=0.5,
    )
    yield growth_of_memory(rig, MANY, "intake_memory")


def measure_at_scale(rig: Rig) -> Iterator[Result]:
    """How memory grows from 10^5 rows to 10^7."""
    yield growth_of_memory(rig, A_NATION, "scale_intake_memory")


def growth_of_memory(rig: Rig, customers: int, name: str) -> Result:
    """By how much (MB) the process or the session takes more for so many customers than for few."""
    few, many = (taken_once(rig, number) for number in (FEW, customers))
    return Result(
        name=name,
        value=max(many.process - few.process, many.session - few.session),
        unit="MB more",
        better="lower",
        target=64,
        beside={"process_mb": many.process, "session_mb": many.session},
    )


def taken_once(rig: Rig, customers: int) -> Taken:
    with delivery(rig, customers) as folder, empty_database(rig):
        return take_in(rig, folder)


def beside_a_copy(rig: Rig, folder: Path) -> tuple[float, float]:
    """The seconds of an intake, and of the bare COPY of what it left in the tables."""
    copies = LOGS / NAME
    with empty_database(rig) as database:
        taken = take_in(rig, folder)
        copy_out(database, copies)
    with empty_database(rig) as database:
        copied = copy_in(database, copies)
    shutil.rmtree(copies)
    return taken.seconds, copied


@contextmanager
def delivery(rig: Rig, customers: int) -> Iterator[Path]:
    """The files about so many customers, for as long as they are needed."""
    folder = LOGS / f"population-{customers}"
    environment = database_environment(urls_of(rig.cluster, NAME), rig.keys, DAY)
    size = f"--customers={customers}"
    manage("make_population", size, f"--out={folder}", environment=environment, work=LOGS)
    yield folder
    shutil.rmtree(folder)


def rows_of(folder: Path) -> int:
    """All rows of a delivery."""
    manifest = tomllib.loads((folder / "manifest.toml").read_text())
    return sum(file["rows"] for file in manifest["files"].values())


@contextmanager
def empty_database(rig: Rig) -> Iterator[psycopg.Connection]:
    """A database with register and agreements alone; a connection of its owner."""
    rig.database(0)
    rig.cluster.drop(NAME)
    rig.cluster.create(NAME, template=rig.name(0))
    with psycopg.connect(urls_of(rig.cluster, NAME).owner, autocommit=True) as database:
        yield database
    rig.cluster.drop(NAME)


def take_in(rig: Rig, folder: Path) -> Taken:
    """Take a delivery in by the command, and look at its memory every now and then."""
    environment = database_environment(urls_of(rig.cluster, NAME), rig.keys, DAY)
    command = python(ROOT / "manage.py", "intake", "--skip-checks", folder)
    started, session = time.perf_counter(), 0
    with (LOGS / "intake.log").open("w") as log, rig.cluster.connect() as watcher:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own command
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            for (pid,) in watcher.execute(SESSION, [NAME]).fetchall():
                session = max(session, own_memory(pid))
            time.sleep(0.05)  # between two looks
    if status:
        raise DemoError(f"The intake failed: {(LOGS / 'intake.log').read_text()}")
    seconds = time.perf_counter() - started
    return Taken(seconds, usage.ru_maxrss / 1024, session / 1024)


def own_memory(pid: int) -> int:
    """The memory (kB) of a process that it shares with none; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon:")), 0)


def copy_out(database: psycopg.Connection, folder: Path) -> None:
    """Write each table of what is fed to a file."""
    folder.mkdir(exist_ok=True)
    for number, (table,) in enumerate(database.execute(FED).fetchall()):
        select = SQL("COPY (SELECT * FROM {}) TO STDOUT").format(Identifier(table))
        with (
            (folder / f"{number:02} {table}").open("wb") as file,
            database.cursor().copy(select) as rows,
        ):
            for chunk in rows:
                file.write(chunk)


def copy_in(database: psycopg.Connection, folder: Path) -> float:
    """Read the files back into their tables, in one transaction; the seconds of it."""
    started = time.perf_counter()
    with database.transaction():
        for path in sorted(folder.iterdir()):
            table = path.name.split()[1]
            if table.startswith("notifications_"):  # a list is complete after its rows
                unchecked = SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(table))
                database.execute(unchecked)
            statement = SQL("COPY {} FROM STDIN").format(Identifier(table))
            with path.open("rb") as file, database.cursor().copy(statement) as rows:
                while chunk := file.read(CHUNK):
                    rows.write(chunk)
    return time.perf_counter() - started
