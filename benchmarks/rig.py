"""Where is measured: databases that are kept for the next time, and the production server."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass
from datetime import date

import psycopg
import requests

from benchmarks.load import CONNECTIONS, Measured, Page
from demo.configuration import Configuration
from demo.database import Contents
from demo.environment import (
    ROOT,
    Addresses,
    Urls,
    database_environment,
    simulator_environment,
    suomifi_environment,
)
from demo.keys import Keys
from demo.postgres import Cluster
from demo.processes import python, run
from demo.running import own_cluster, own_database, sole_user
from demo.services import THREADS, start_application, start_simulator
from tests.running import free_port

FOLDER = ROOT / ".demo" / "benchmarks"
LOGS = FOLDER / "logs"
DAY = date(2026, 11, 20)  # one day for ever, so that a database serves again
PRODUCT = "kelmu.settings"
# One person opens for all what many would.
ANY_PACE = {
    "SEARCHES_IN_5_MINUTES": "100000",
    "SEARCHES_IN_AN_HOUR": "100000",
    "INTERFACE_SEARCHES_IN_5_MINUTES": "100000",
    "INTERFACE_SEARCHES_IN_AN_HOUR": "100000",
    "INTERFACE_CALLS_IN_A_MINUTE": "100000",
}


@dataclass(frozen=True)
class Site:
    """A running application, over its database."""

    addresses: Addresses
    urls: Urls

    @contextmanager
    def simulator(self) -> Iterator[None]:
        """The simulator of Suomi.fi beside it, for as long as people log in."""
        environment = simulator_environment(self.addresses, DAY)
        simulator = start_simulator(environment, LOGS / "simulator.log")
        try:
            simulator.wait_until_answers(f"{self.addresses.simulator}/health")
            yield
        finally:
            simulator.stop()

    def show(self, pages: Iterable[Page]) -> list[str]:
        """Ask for each page once, one after the other; what it shows."""
        return [self._show(page) for page in pages]

    def load(
        self, pages: Sequence[Page], seconds: float, connections: int = CONNECTIONS
    ) -> Measured:
        """Ask it for the pages from another process."""
        file = LOGS / "pages.json"
        file.write_text(json.dumps([asdict(page) for page in pages]))
        command = python(
            *("-m", "benchmarks.load", f"{self.addresses.port}", file),
            *(f"{seconds}", f"{connections}"),
        )
        return Measured(**json.loads(run(command, LOGS / "load.log", os.environ)))

    def _show(self, page: Page) -> str:
        address = self.addresses.application + page.path
        answer = requests.get(address, headers={"Cookie": page.cookies}, timeout=30)
        answer.raise_for_status()
        return answer.text


@dataclass(frozen=True)
class Rig:
    """The cluster of the benchmarks, and the keys of its databases."""

    cluster: Cluster
    keys: Keys

    def name(self, customers: int) -> str:
        """The name of the database with so many customers."""
        return configuration(customers).contents.name(self.keys)

    def has_database(self, customers: int) -> bool:
        """Whether it has been built."""
        return self.name(customers) in self.cluster.names()

    def database(self, customers: int) -> Urls:
        """The database with so many customers, built by the demo's road if there is none."""
        is_new = not self.has_database(customers)
        if is_new:
            self._drop_outdated(customers)
        with redirect_stdout(sys.stderr):
            urls = own_database(self.cluster, configuration(customers), self.keys)
        if is_new:
            settle(urls)
        return urls

    def _drop_outdated(self, customers: int) -> None:
        """Drop what an earlier version of the generator filled with as many customers."""
        same_size = self.name(customers).rpartition("_")[0] + "_"
        for name in self.cluster.names():
            if name.startswith(same_size):
                self.cluster.drop(name)

    def environment(
        self, customers: int, addresses: Addresses, settings: str = PRODUCT
    ) -> dict[str, str]:
        """With which the application serves so many customers, as in production."""
        return self.environment_over(self.database(customers), addresses, settings)

    def environment_over(
        self, urls: Urls, addresses: Addresses, settings: str = PRODUCT
    ) -> dict[str, str]:
        """The same for any database."""
        environment = database_environment(urls, self.keys, DAY)
        environment |= suomifi_environment(addresses, self.keys)
        environment |= {"DATABASE_POOL_SIZE": str(THREADS), "DJANGO_SETTINGS_MODULE": settings}
        return environment | ANY_PACE

    @contextmanager
    def site(self, customers: int, settings: str = PRODUCT, *, workers: int = 2) -> Iterator[Site]:
        """The application as it runs in production, or another by the module of its settings."""
        with self.site_over(self.database(customers), settings, workers=workers) as site:
            yield site

    @contextmanager
    def site_over(self, urls: Urls, settings: str = PRODUCT, *, workers: int = 2) -> Iterator[Site]:
        """The same over any database."""
        addresses = Addresses(free_port(), free_port())
        environment = self.environment_over(urls, addresses, settings)
        log = LOGS / f"{settings}-{addresses.port}.log"
        application = start_application(addresses, environment, log, workers=workers)
        try:
            application.wait_until_answers(f"{addresses.application}/health/live")
            yield Site(addresses, urls)
        finally:
            application.stop()


def settle(urls: Urls) -> None:
    """Do now what PostgreSQL would do soon by itself, in the middle of a measurement."""
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def configuration(customers: int) -> Configuration:
    """A demo of our own, beside the one in `.demo`; it listens nowhere."""
    return Configuration(
        folder=FOLDER,
        addresses=Addresses(0, 0),
        contents=Contents(DAY, customers),
        database=None,
    )


@contextmanager
def open_rig() -> Iterator[Rig]:
    """The rig, for us alone, until everything is stopped."""
    with sole_user(configuration(0)):
        with redirect_stdout(sys.stderr):
            cluster = own_cluster(FOLDER)
        # As in production a commit waits for the disk: the log's row is part of a page's price.
        cluster.settings = {**cluster.settings, "synchronous_commit": "on"}
        cluster.start()
        try:
            yield Rig(cluster, Keys.kept_in(FOLDER / "keys"))
        finally:
            cluster.stop()
