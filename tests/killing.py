"""Commands that are killed again and again, and what is visible of their work meanwhile."""

import os
import random
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from demo.database import urls_of
from demo.environment import ROOT, Urls, database_environment
from demo.population.generate import generate
from demo.postgres import Cluster
from intake.management.commands.intake import INTERRUPTED
from tests.delivering import HEADERS, SECOND_DAY, deliver
from tests.harness import EMPTY, TODAY, Ground

FILES = ("customers.csv", "decisions.csv", "payments.csv", "insurance.csv", "medicine_caps.csv")
NEW_CUSTOMERS = 20
TABLES = {
    "customers_customer": "id",
    "customers_identitycode": "customer_id",
    "benefits_decision": "customer_id",
    "benefits_payment": "customer_id",
    "benefits_insurance": "customer_id",
    "benefits_medicinecap": "customer_id",
}
# A row as Kela told it: whose it is by the code; who brought it does not matter.
STATE = SQL("""
    SELECT md5(coalesce(string_agg(told, chr(10) ORDER BY told), ''))
    FROM (
        SELECT known.code || (to_jsonb(t) - 'batch_id' - {whose}) AS told
        FROM {table} t
        JOIN customers_identitycode known ON known.customer_id = t.{owner} AND known.is_current
    ) rows
""")

type State = tuple[str, ...]


def two_days(folder: Path, customers: int) -> list[Path]:
    """A delivery, and that of the next day: with new, changed and unchanged rows, and some that
    are taken back."""
    generate(folder / "population", customers, TODAY)
    first = {name: _lines(folder / "population" / name) for name in FILES}
    late = {line.split(",")[0] for line in first["customers.csv"][-NEW_CUSTOMERS:]}
    second = dict(first)
    for name, lines in first.items():
        whose = HEADERS[name].split(",").index("hetu")
        first[name] = [line for line in lines if line.split(",")[whose] not in late]
    payments = second["payments.csv"]
    second["payments.csv"] = [line[:-4] + "7777" for line in payments[::3]] + payments[1::3]
    second["payments.removed.csv"] = [line.split(",")[0] for line in first["payments.csv"][2::30]]
    return [
        deliver(folder / "first", first),
        deliver(folder / "second", second, SECOND_DAY),
    ]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:]


@dataclass
class Command(ABC):
    """A command of manage.py as a process, over a database that `prepare` has made ready for it."""

    ground: Ground
    name: str
    # What the exit code may be when the session was killed, not the process.
    interrupted: ClassVar[int] = 1

    @abstractmethod
    def prepare(self) -> None:
        """Fill a new database up to where the command begins."""

    @abstractmethod
    def run(self) -> subprocess.Popen[str]:
        """Start the command."""

    @abstractmethod
    def state(self) -> State:
        """What anybody can see of what the command does."""

    def is_lawful(self, state: State, before: State, after: State) -> bool:
        """Whether this may be seen after a kill: all of it, or nothing."""
        return state in {before, after}

    @property
    def urls(self) -> Urls:
        return urls_of(self.ground.cluster, self.name)

    def begin(self) -> None:
        """Prepare; `begin_again` comes back to that."""
        self.ground.clone(EMPTY, self.name)
        self.prepare()
        self.ground.cluster.create(self._beginning, template=self.name)

    def begin_again(self) -> None:
        self.ground.cluster.drop(self.name)
        self.ground.cluster.create(self.name, template=self._beginning)

    def end(self) -> None:
        self.ground.cluster.drop(self.name)
        self.ground.cluster.drop(self._beginning)

    @property
    def _beginning(self) -> str:
        return f"{self.name}_beginning"

    def complete(self) -> float:
        """Run undisturbed; how long it took (s)."""
        started = time.monotonic()
        completed(self.run())
        return time.monotonic() - started

    def killed(self, after: float, *, with_session: bool) -> bool:
        """Start, and kill the process, or the session that serves it, so many seconds later;
        whether there was still something to kill."""
        process = self.run()
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            if with_session:
                self._end_session()
            else:
                process.kill()
            process.communicate()
        assert process.returncode in {0, -signal.SIGKILL, self.interrupted}
        return process.returncode != 0

    def manage(self, *words: str | Path, today: date = TODAY) -> subprocess.Popen[str]:
        environment = database_environment(self.urls, self.ground.keys, today, mode="test")
        return subprocess.Popen(
            [sys.executable, ROOT / "manage.py", *words, "--skip-checks"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _end_session(self) -> None:
        with self.ground.cluster.connect() as superuser:
            superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND usename = 'kelmu_owner'",
                [self.name],
            )


def crash(cluster: Cluster) -> None:
    """Kill the server with all its sessions, and start it again."""
    assert cluster.server is not None
    process = cluster.server.process
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    process.kill()
    for session in told.split():
        with_luck(int(session))
    process.wait()
    cluster.start()


def with_luck(process: int) -> None:
    """Kill a process that may have ended by itself."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def completed(process: subprocess.Popen[str]) -> None:
    """Wait for its good end."""
    _, told = process.communicate()
    assert process.returncode == 0, told


@dataclass
class Intake(Command):
    """Takes in the second of two deliveries."""

    first: Path
    second: Path
    interrupted: ClassVar[int] = INTERRUPTED

    def prepare(self) -> None:
        completed(self.manage("intake", self.first))

    def run(self) -> subprocess.Popen[str]:
        return self.manage("intake", self.second)

    def state(self) -> State:
        with psycopg.connect(self.urls.application) as reader:
            return tuple(_state(reader, table, owner) for table, owner in TABLES.items())


def _state(reader: psycopg.Connection, table: str, owner: str) -> str:
    told = STATE.format(table=Identifier(table), owner=Identifier(owner), whose=Literal(owner))
    ((digest,),) = reader.execute(told).fetchall()
    return str(digest)


def survives(command: Command, kills: int) -> None:
    """Kill a command so often at random points: what is visible is always lawful, and in the end
    what it would have been without a kill."""
    command.begin()
    before = command.state()
    seconds = command.complete()
    after = command.state()
    assert before != after
    command.begin_again()
    when, killed = random.Random(kills), 0  # noqa: S311 - a moment, no secret
    while killed < kills:
        was_killed = command.killed(when.uniform(0, seconds), with_session=when.random() < 0.25)
        killed += was_killed
        seconds *= 1.05 if was_killed else 0.8  # the machine has its own pace meanwhile
        state = command.state()
        assert command.is_lawful(state, before, after)
        if state == after:
            command.begin_again()
    command.complete()
    assert command.state() == after
