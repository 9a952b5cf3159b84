"""Processes that end with the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import requests

from demo.errors import DemoError

PATIENCE = 60  # seconds that a process gets to start, and to stop
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)

type Command = Sequence[str | Path]


class Account(TypedDict, total=False):
    """The arguments of subprocess that change the user of a process."""

    user: int
    group: int
    extra_groups: list[int]
    cwd: str


@dataclass(frozen=True)
class Child:
    """A running process, its name for people, its log and the signal that ends it in order."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    ends_by: signal.Signals

    def stop(self) -> None:
        """End it: by its own signal, or by SIGKILL when that takes too long."""
        self.process.send_signal(self.ends_by)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def require_running(self) -> None:
        """DemoError with the last words of its log if it has ended."""
        if (status := self.process.poll()) is not None:
            raise DemoError(
                f"{self.name} stopped by itself (status {status}). Its log, {self.log}, ends:\n"
                f"{tail(self.log)}"
            )

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Return when `is_ready`; DemoError if the process ends first or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while not is_ready():
            self.require_running()
            if time.monotonic() > deadline:
                raise DemoError(f"{self.name} did not answer in {PATIENCE} s. Its log: {self.log}")
            time.sleep(0.05)  # between two looks at a process that tells nobody

    def wait_until_answers(self, address: str) -> None:
        """Return when a GET of `address` succeeds."""
        self.wait_until(lambda: answers(address))


def start(
    name: str,
    command: Command,
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    ends_by: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start a command that writes to `log`.

    It has a session of its own: Ctrl-C in a terminal reaches us alone, and we stop in order.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
            preexec_fn=leash(ends_by),
            **(account or {}),
        )
    return Child(name, process, log, ends_by)


def run(command: Command, log: Path, environment: Mapping[str, str]) -> str:
    """Run a command to its end and return what it printed; DemoError if it fails."""
    with log.open("wb") as output:
        result = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            start_new_session=True,
            preexec_fn=leash(signal.SIGTERM),
            check=False,
        )
    if result.returncode:
        words = " ".join(str(word) for word in command[1:])
        raise DemoError(f"{words} failed. Its log, {log}, ends:\n{tail(log)}")
    return result.stdout


def python(*arguments: str | Path) -> list[str | Path]:
    """A command of the Python that runs this."""
    return [sys.executable, *arguments]


def leash(number: signal.Signals) -> Callable[[], None]:
    """What a child runs before its program, so that it ends with us."""
    parent = os.getpid()
    return lambda: end_with(parent, number)


def end_with(parent: int, number: signal.Signals) -> None:
    """Let the kernel send this process `number` when its parent dies, be it by SIGKILL."""
    LIBC.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:  # it died before the call
        os.kill(os.getpid(), number)


def answers(address: str) -> bool:
    """Whether a GET of `address` succeeds now."""
    try:
        return requests.get(address, timeout=2).ok
    except requests.RequestException:
        return False


def tail(log: Path) -> str:
    """The last words of a log, indented."""
    lines = log.read_text(errors="replace").strip().splitlines()
    return "\n".join(f"  {line}" for line in lines[-5:])
