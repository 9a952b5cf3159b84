"""The processes beside the database: application, worker and the simulator of Suomi.fi."""

from collections.abc import Mapping
from pathlib import Path

from demo.environment import ROOT, Addresses
from demo.processes import Child, python, start

THREADS = 16  # that serve requests, in each worker


def start_simulator(environment: Mapping[str, str], log: Path) -> Child:
    """Start the simulator; it may not answer yet."""
    return start("The simulator", python("-m", "suomifi_simulator"), log, environment=environment)


def start_application(
    addresses: Addresses,
    environment: Mapping[str, str],
    log: Path,
    *,
    workers: int,
) -> Child:
    """Start the production server; it may not answer yet."""
    command = python(
        *["-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={addresses.port}"],
        *[f"--workers={workers}", f"--blocking-threads={THREADS}", "--no-access-log"],
        *["--log-level=error", "kelmu.wsgi:application"],
    )
    return start("The application", command, log, environment=environment)


def start_scanner(socket: Path, log: Path) -> Child:
    """Start what plays the malware scanner; it may not answer yet."""
    return start("The scanner", python("-m", "suomifi_simulator.clamd", socket), log)


def start_worker(environment: Mapping[str, str], log: Path) -> Child:
    """Start the one process that does what no request does."""
    command = python(ROOT / "manage.py", "worker")
    return start("The worker", command, log, environment=environment)
