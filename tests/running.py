"""The application and the simulator as real processes, over a database of their own."""

import random
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import requests

from demo.database import Contents
from demo.environment import (
    Addresses,
    Urls,
    database_environment,
    simulator_environment,
    suomifi_environment,
)
from demo.processes import Child
from demo.services import THREADS, start_application, start_simulator
from tests.harness import Ground
from tests.personas import Persona, log_in
from tests.visitor import Visitor

CUSTOMERS = 300  # of whom the cast's customers are the ones that tests know


@dataclass
class Kelmu:
    """One application and one simulator; `renew` brings both to their beginning."""

    ground: Ground
    contents: Contents
    name: str
    settings: dict[str, str]
    addresses: Addresses = field(default_factory=lambda: Addresses(free_port(), free_port()))
    application: Child = field(init=False)
    simulator: Child = field(init=False)
    urls: Urls = field(init=False)

    def start(self) -> None:
        """Start both and return when they answer."""
        self.urls = self.ground.clone(self.contents, self.name)
        environment = simulator_environment(self.addresses, self.contents.today)
        self.simulator = start_simulator(environment, self.log("simulator"))
        self.simulator.wait_until_answers(f"{self.addresses.simulator}/health")
        self.start_application()

    def start_application(self) -> None:
        """Start the application alone, after a stop."""
        log = self.log("application")
        self.application = start_application(self.addresses, self.environment(), log, workers=1)
        self.application.wait_until_answers(f"{self.address}/health/ready")

    def environment(self) -> dict[str, str]:
        """The settings of the application, and of a worker beside it."""
        keys = self.ground.keys
        environment = database_environment(self.urls, keys, self.contents.today, mode="test")
        # As many connections as threads; nobody seals.
        environment |= {"DATABASE_POOL_SIZE": str(THREADS), "LOG_ANCHOR_MAX_AGE": "100000"}
        environment |= {"DOCUMENTS_FOLDER": str(self.ground.folder / "documents")}
        return environment | suomifi_environment(self.addresses, keys) | self.settings

    def restart_application(self) -> None:
        """Lose everything that the application's process remembered."""
        self.application.stop()
        self.start_application()

    def stop(self) -> None:
        """Stop both and drop the database."""
        self.application.stop()
        self.simulator.stop()
        self.ground.cluster.drop(self.name)

    def renew(self) -> None:
        """A new copy of the database, and the simulator as it was at the start.

        A thread may have tried to connect while there was no database, and pauses then.
        """
        self.ground.clone(self.contents, self.name)
        self.order("reset")
        self.application.wait_until_answers(f"{self.address}/health/ready")

    @property
    def address(self) -> str:
        """Where the application answers."""
        return self.addresses.application

    def log(self, name: str) -> Path:
        """The log of one of the two."""
        return self.ground.folder / f"{self.name}-{name}.log"

    def order(self, what: str, **body: Any) -> dict[str, Any]:
        """Use the simulator's control interface."""
        answer = requests.post(f"{self.addresses.simulator}/control/{what}", json=body, timeout=10)
        answer.raise_for_status()
        result: dict[str, Any] = answer.json()
        return result

    def owner(self) -> psycopg.Connection:
        """A connection of kelmu_owner, to look at what was written and to change what is fed."""
        return psycopg.connect(self.urls.owner, autocommit=True)

    def visitor(self) -> Visitor:
        """Somebody who has not logged in."""
        return Visitor(self.address)

    def client_for(self, persona: Persona) -> Visitor:
        """Somebody who has logged in through the simulator."""
        visitor = self.visitor()
        log_in(visitor, persona)
        return visitor


def free_port() -> int:
    """A port where nobody listens, below those that the system gives to outgoing connections."""
    while True:
        port = random.randint(15_000, 32_000)  # noqa: S311 - nothing secret about a port
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
