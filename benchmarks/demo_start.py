"""How long `make demo` takes in a copy of this checkout, first and second time.

Packages come from the caches of pip and npm, as far as these have them.
"""

import os
import re
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.results import Result
from demo.environment import ROOT
from demo.errors import DemoError
from demo.processes import Command, start
from tests.running import free_port

READY = re.compile(r"^Ready after ([0-9.]+) s", re.MULTILINE)
PATIENCE = 600  # seconds: with an empty cache everything is downloaded
# What `make clean` removes is what a clone does not have.
MADE = shutil.ignore_patterns(
    ".demo", ".git", ".static", ".venv", "node_modules", "__pycache__", ".*_cache", "*.mo"
)
# A developer's settings, and those that `make` hands down to the commands of its targets.
OURS = ("DATABASE_", "DEMO_", "KELMU_", "MAKE", "MFLAGS")


def measure() -> Iterator[Result]:
    """Seconds until everything answers; beside them those after `make` had installed all."""
    with fresh_checkout() as folder:
        for name, target in [("demo_start_first", 60.0), ("demo_start_second", 15.0)]:
            seconds, installed = time_of_a_start(folder)
            yield Result(
                name=name,
                value=seconds,
                unit="s",
                better="lower",
                target=target,
                beside={"once_installed_s": installed},
            )


@contextmanager
def fresh_checkout() -> Iterator[Path]:
    """A folder that PostgreSQL's own user can enter."""
    with tempfile.TemporaryDirectory(prefix="kelmu-", dir="/tmp") as name:
        folder = Path(name)
        shutil.copytree(ROOT, folder, ignore=MADE, dirs_exist_ok=True)
        folder.chmod(0o755)
        yield folder


def time_of_a_start(folder: Path) -> tuple[float, float]:
    """Start the demo of a checkout and stop it: the seconds until it was ready, and its own."""
    environment = {name: v for name, v in os.environ.items() if not name.startswith(OURS)}
    command: Command = ["make", "-C", folder, "demo", f"PORT={free_port()}"]
    log = folder / "make-demo.log"
    started = time.monotonic()
    demo = start("make demo", command, log, environment=environment, ends_by=signal.SIGTERM)
    try:
        while not (ready := READY.search(log.read_text())):
            demo.require_running()
            if time.monotonic() > started + PATIENCE:
                raise DemoError(f"make demo was not ready in {PATIENCE} s.")
            time.sleep(0.05)  # between two looks at a process that tells nobody
        return time.monotonic() - started, float(ready[1])
    finally:
        demo.stop()
