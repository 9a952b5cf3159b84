"""What the demo starts, in which order, and what it says meanwhile."""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import psycopg

from demo import given_database
from demo.announcing import announce_break
from demo.configuration import Configuration
from demo.database import build, manage, migrate, urls_of
from demo.environment import (
    CAST,
    Urls,
    database_environment,
    documents_environment,
    simulator_environment,
    suomifi_environment,
    worker_environment,
)
from demo.errors import DemoError
from demo.keys import Keys
from demo.postgres import Cluster
from demo.postgres_files import place_for
from demo.processes import Child
from demo.services import (
    THREADS,
    start_application,
    start_scanner,
    start_simulator,
    start_worker,
)

KEPT_DATABASES = 6


def run(configuration: Configuration, stack: ExitStack) -> NoReturn:
    """Start everything, tell where it is, and wait until it is to end."""
    started = time.monotonic()
    configuration.require_free_ports()
    stack.enter_context(sole_user(configuration))
    keys = Keys.kept_in(configuration.folder / "keys")
    urls = prepared_database(configuration, keys, stack)
    announce_break(urls.owner, configuration.contents.today)
    environment = database_environment(urls, keys, configuration.contents.today)
    environment |= suomifi_environment(configuration.addresses, keys)
    environment["DATABASE_POOL_SIZE"] = str(THREADS)  # a connection for each thread
    anchors = configuration.folder / "anchors" / birthday(urls)
    of_worker = worker_environment(keys, anchors)
    scanner = scanner_socket(stack)
    kept = configuration.folder / "documents" / birthday(urls)
    environment |= documents_environment(kept, scanner)
    if not has_sendings(urls):
        work = configuration.logs
        manage("load_sendings", CAST, "--skip-checks", environment=environment, work=work)
    children = [started_scanner(scanner, configuration.logs, stack)]
    children += start_services(configuration, environment, of_worker, stack)
    say(manage("demo_guide", environment=environment, work=configuration.logs).strip())
    say(f"Kelmu is at {configuration.addresses.application}")
    say(f"Mandates are given and voided at {configuration.addresses.simulator}/mandates")
    say(f"Ready after {time.monotonic() - started:.1f} s. Ctrl-C stops it.")
    wait(children)


def prepared_database(configuration: Configuration, keys: Keys, stack: ExitStack) -> Urls:
    """A database that holds what is asked for: on a server of our own, or the one given."""
    if configuration.database:
        say(f"Preparing the database of DATABASE_URL: {configuration.contents}")
        given_database.prepare(
            configuration.database, configuration.contents, keys, configuration.logs
        )
        return configuration.database
    cluster = own_cluster(configuration.folder)
    stack.callback(cluster.stop)
    cluster.start()
    return own_database(cluster, configuration, keys)


def own_cluster(folder: Path) -> Cluster:
    """The cluster of the demo's folder. It says so if it must lie elsewhere."""
    place = place_for(folder / "postgres")
    if not place.is_relative_to(folder):
        say(f"PostgreSQL's user cannot enter {folder}: the data is in {place}")
    # A socket's path must be short, so it cannot lie in the folder.
    sockets = Path("/tmp") / f"kelmu-{hashlib.sha256(bytes(place)).hexdigest()[:12]}"  # noqa: S108 - of mode 0700, and refused if another's
    return Cluster(place, sockets)


def own_database(cluster: Cluster, configuration: Configuration, keys: Keys) -> Urls:
    """The database with the contents asked for, built if there is none."""
    contents, logs = configuration.contents, configuration.logs
    name = contents.name(keys)
    urls = urls_of(cluster, name)
    if name in cluster.names():
        say(f"Going on with the database {name}: {contents}")
        migrate(database_environment(urls, keys, contents.today), logs)
    else:
        say(f"Building the database {name}: {contents}")
        build(cluster, name, contents, keys, logs)
        drop_oldest(cluster)
    return urls


def drop_oldest(cluster: Cluster) -> None:
    """Make room: every day that is not fixed by KELMU_TODAY leaves a database behind."""
    ours = [name for name in cluster.names() if name.startswith("kelmu_")]
    for name in ours[:-KEPT_DATABASES]:
        say(f"Removing the database {name}, the oldest of {len(ours)}")
        cluster.drop(name)


def start_services(
    configuration: Configuration,
    environment: dict[str, str],
    of_worker: dict[str, str],
    stack: ExitStack,
) -> list[Child]:
    """Start the simulator, the application and its worker; return when the two answer."""
    addresses, logs = configuration.addresses, configuration.logs
    settings = simulator_environment(addresses, configuration.contents.today)
    simulator = start_simulator(settings, logs / "simulator.log")
    stack.callback(simulator.stop)
    application = start_application(addresses, environment, logs / "application.log", workers=2)
    stack.callback(application.stop)
    worker = start_worker(environment | of_worker, logs / "worker.log")
    stack.callback(worker.stop)
    simulator.wait_until_answers(f"{addresses.simulator}/health")
    application.wait_until_answers(f"{addresses.application}/health/ready")
    return [simulator, application, worker]


def scanner_socket(stack: ExitStack) -> Path:
    """Where the scanner listens: a socket's path must be short."""
    return Path(stack.enter_context(TemporaryDirectory(prefix="kelmu-"))) / "scanner"


def started_scanner(socket: Path, logs: Path, stack: ExitStack) -> Child:
    """What plays the malware scanner, listening."""
    scanner = start_scanner(socket, logs / "scanner.log")
    stack.callback(scanner.stop)
    scanner.wait_until(socket.exists)
    return scanner


def birthday(urls: Urls) -> str:
    """When a database was made: one that is built anew under the same name has other seals."""
    with psycopg.connect(urls.owner) as connection:
        row = connection.execute(
            "SELECT to_char(began_at, 'YYYYMMDDHH24MISSUS') FROM audit_sealing"
        )
        (told,) = row.fetchone() or ("",)
    return str(told)


def has_sendings(urls: Urls) -> bool:
    """Whether somebody has sent documents; the cast's are not in a database that is only filled,
    for their contents lie beside it."""
    with psycopg.connect(urls.owner) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM documents_sending)").fetchone()
    return row == (True,)


def wait(children: list[Child]) -> NoReturn:
    """Wait until one of our processes ends, which none should; DemoError with what it said."""
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    for child in children:
        child.require_running()
    raise DemoError("PostgreSQL stopped by itself.")


@contextmanager
def sole_user(configuration: Configuration) -> Iterator[None]:
    """Hold the demo's folder for us alone; DemoError if another demo has it."""
    folder = configuration.folder
    try:
        configuration.logs.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise DemoError(f"Cannot write to {folder} ({error.strerror}). Remove it.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(f"A demo already runs in {folder}. Stop it first.") from None
        yield


def say(text: str) -> None:
    """Tell at once, also into a pipe."""
    print(text, flush=True)
