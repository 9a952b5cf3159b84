"""`make demo`: the whole service on this machine, until Ctrl-C."""

import fcntl
import hashlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from demo import given_database
from demo.configuration import Configuration
from demo.database import Contents, build, manage, migrate, urls_of
from demo.environment import (
    ROOT,
    Urls,
    database_environment,
    simulator_environment,
    suomifi_environment,
)
from demo.errors import DemoError
from demo.keys import Keys
from demo.postgres import Cluster
from demo.postgres_files import place_for
from demo.processes import Child, end_with
from demo.services import THREADS, start_application, start_simulator

FOLDER = ROOT / ".demo"
LOGS = FOLDER / "logs"
STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Run the demo; the exit code is 0 when its user ended it, 1 when it could not run."""
    end_with(os.getppid(), signal.SIGTERM)
    for number in STOPPERS:
        signal.signal(number, stop)
    try:
        with ExitStack() as stack:
            run(Configuration.read(os.environ), stack)
    except KeyboardInterrupt:
        say("Stopped.")
    except DemoError as error:
        print(f"make demo: {error}", file=sys.stderr)
        return 1
    return 0


def run(configuration: Configuration, stack: ExitStack) -> NoReturn:
    """Start everything, tell where it is, and wait until it is to end."""
    started = time.monotonic()
    configuration.require_free_ports()
    stack.enter_context(sole_user(FOLDER))
    keys = Keys.kept_in(FOLDER / "keys")
    urls = prepared_database(configuration, keys, stack)
    environment = database_environment(urls, keys, configuration.contents.today)
    environment |= suomifi_environment(configuration.addresses, keys)
    environment["DATABASE_POOL_SIZE"] = str(THREADS)  # a connection for each thread
    children = start_services(configuration, environment, stack)
    print(manage("demo_guide", environment=environment, work=LOGS))
    say(f"Kelmu is at {configuration.addresses.application}")
    say(f"Mandates are given and voided at {configuration.addresses.simulator}/mandates")
    say(f"Ready after {time.monotonic() - started:.1f} s. Ctrl-C stops it. Logs: {LOGS}")
    wait(children)


def prepared_database(configuration: Configuration, keys: Keys, stack: ExitStack) -> Urls:
    """A database that holds what is asked for: on a server of our own, or the one given."""
    contents = configuration.contents
    if configuration.database:
        say(f"Preparing the database of DATABASE_URL: {contents}")
        given_database.prepare(configuration.database, contents, keys, LOGS)
        return configuration.database
    cluster = own_cluster()
    stack.callback(cluster.stop)
    cluster.start()
    return own_database(cluster, contents, keys)


def own_cluster() -> Cluster:
    """The cluster of this checkout. It says so if it cannot lie in it."""
    folder = place_for(FOLDER / "postgres")
    if not folder.is_relative_to(FOLDER):
        say(f"PostgreSQL's user cannot enter {FOLDER}: the data is in {folder}")
    # A socket's path must be short, so it cannot lie in the checkout.
    sockets = Path("/tmp") / f"kelmu-{hashlib.sha256(bytes(folder)).hexdigest()[:12]}"  # noqa: S108 - of mode 0700, and refused if another's
    return Cluster(folder, sockets)


def own_database(cluster: Cluster, contents: Contents, keys: Keys) -> Urls:
    """The database with these contents, built if there is none."""
    name = contents.name(keys)
    urls = urls_of(cluster, name)
    if cluster.has(name):
        say(f"Going on with the database {name}: {contents}")
        migrate(database_environment(urls, keys, contents.today), LOGS)
    else:
        say(f"Building the database {name}: {contents}")
        build(cluster, name, contents, keys, LOGS)
    return urls


def start_services(
    configuration: Configuration, environment: dict[str, str], stack: ExitStack
) -> list[Child]:
    """Start the simulator and the application and return when both answer."""
    addresses = configuration.addresses
    settings = simulator_environment(addresses, configuration.contents.today)
    simulator = start_simulator(settings, LOGS / "simulator.log")
    stack.callback(simulator.stop)
    application = start_application(addresses, environment, LOGS / "application.log", workers=2)
    stack.callback(application.stop)
    simulator.wait_until_answers(f"{addresses.simulator}/health")
    application.wait_until_answers(f"{addresses.application}/health/ready")
    return [simulator, application]


def wait(children: list[Child]) -> NoReturn:
    """Wait until a process ends that should not; DemoError with what it said."""
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    for child in children:
        child.require_running()
    raise DemoError("PostgreSQL stopped by itself.")


@contextmanager
def sole_user(folder: Path) -> Iterator[None]:
    """Hold the folder for us alone; DemoError if another demo has it."""
    try:
        LOGS.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise DemoError(f"Cannot write to {folder}: {error.strerror}. Remove it.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(f"A demo already runs in {folder.parent}. Stop it first.") from None
        yield


def stop(_number: int, _frame: object) -> NoReturn:
    """End in order; whoever asks again is not heard, for nothing may be left running."""
    for number in STOPPERS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def say(text: str) -> None:
    """Tell at once, also into a pipe."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
