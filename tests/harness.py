"""What tests stand on: a PostgreSQL of the run's own, and databases cloned from templates."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self
from urllib.parse import quote

import environ
from django.db import connection, connections, transaction

from demo.database import Contents, build, populate, urls_of
from demo.environment import Addresses, Urls, database_environment, suomifi_environment
from demo.keys import Keys
from demo.postgres import THROWAWAY_SETTINGS, Cluster

TODAY = date(2026, 11, 20)  # the day of every test that does not choose its own
EMPTY = Contents(TODAY, customers=0)  # schema, register and the cast's agreements
MEMORY, DISK = "/dev/shm", "/tmp"  # noqa: S108 - each run has a folder of its own in them
ROOM = 4 * 2**30  # bytes; a run keeps about a quarter of it
IN_PROCESS = Addresses(port=8000, simulator_port=8001)  # named in settings; nobody listens there


def quick_place() -> str:
    """A folder with a short path, in memory if there is room: there a database is copied in a
    tenth of the time."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return DISK


@dataclass(frozen=True)
class Ground:
    """The database cluster of one run of pytest, in a short folder that goes away with it."""

    folder: Path
    cluster: Cluster
    keys: Keys

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The ground in a folder, be it started here or by the process that handed it down."""
        cluster = Cluster(folder / "postgres", folder / "socket", THROWAWAY_SETTINGS)
        return cls(folder, cluster, Keys.kept_in(folder / "keys"))

    @classmethod
    def make(cls) -> Self:
        """Start a new one."""
        folder = Path(tempfile.mkdtemp(prefix="kelmu-tests-", dir=quick_place()))
        folder.chmod(0o755)  # PostgreSQL's own user passes through it
        ground = cls.at(folder)
        ground.cluster.start()
        return ground

    def remove(self) -> None:
        """Stop the server and remove everything."""
        self.cluster.stop()
        shutil.rmtree(self.folder)

    def template(self, contents: Contents) -> str:
        """The name of a database with these contents, made by the first who asks for it."""
        name = f"template_{contents.today:%Y%m%d}_{contents.customers}"
        with self.cluster.connect() as lock:
            lock.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
            if name not in self.cluster.names():
                self._make(name, contents)
        return name

    def _make(self, name: str, contents: Contents) -> None:
        work = self.folder / name
        work.mkdir(exist_ok=True)
        if not contents.customers:
            build(self.cluster, name, contents, self.keys, work)
            return
        unfinished = f"{name}_unfinished"
        urls = self.clone(EMPTY, unfinished)
        populate(contents, database_environment(urls, self.keys, contents.today), work)
        self.cluster.rename(unfinished, name)

    def clone(self, contents: Contents, name: str) -> Urls:
        """Make the database `name` anew as a copy of the template with these contents."""
        template = self.template(contents)
        self.cluster.drop(name)
        self.cluster.create(name, template=template)
        return urls_of(self.cluster, name)

    def settings_in_process(self, database: str) -> dict[str, str]:
        """The environment for Django in the process of the tests.

        One connection serves both roles, so that the transaction of a test sees what its owner
        wrote: a superuser's, acting as kelmu_app.
        """
        role = quote("-c role=kelmu_app")
        url = f"{self.cluster.url(database, 'postgres')}&options={role}"
        settings = database_environment(Urls(url, owner=""), self.keys, TODAY, mode="test")
        settings |= suomifi_environment(IN_PROCESS, self.keys)
        # No worker seals what tests write, and they may take long.
        return settings | {
            "LOG_ANCHOR_MAX_AGE": "100000",
            "DOCUMENTS_FOLDER": str(self.folder / "documents"),
        }


@contextmanager
def as_owner() -> Iterator[None]:
    """Act as kelmu_owner, who migrates and takes data in, on the connection of the test."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET ROLE kelmu_owner")
        yield
        cursor.execute("SET ROLE kelmu_app")


@contextmanager
def connected_to(urls: Urls) -> Iterator[None]:
    """Point Django in this process at another database, each role with a login of its own."""
    config = environ.Env.db_url_config
    aliases = {
        "default": config(urls.application) | {"ATOMIC_REQUESTS": True},
        "owner": config(urls.owner),
        "sealer": config(urls.sealer),
    }
    own = {alias: connections[alias] for alias in aliases}
    settings = connections.settings
    connections.settings = connections.configure_settings(aliases)
    for alias in aliases:
        del connections[alias]
    try:
        yield
    finally:
        connections.close_all()
        connections.settings = settings
        for alias, wrapper in own.items():
            connections[alias] = wrapper


def worker_name() -> str:
    """The name of this worker of pytest-xdist; without it there is one."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")
