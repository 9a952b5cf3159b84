"""`make demo` whole: it starts, says where it is, and leaves nothing behind."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.running import free_port


@contextmanager
def running_demo(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A demo that is ready, and what it said."""
    own = {"DEMO_FOLDER": str(folder), "DEMO_CUSTOMERS": "50", "KELMU_TODAY": "2026-11-20"}
    environment = os.environ | own | settings
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "demo"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process, said_until_ready(process)
        finally:
            process.send_signal(signal.SIGINT)


def said_until_ready(process: subprocess.Popen[str]) -> str:
    """What the demo says up to its last line."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Ready after"):
            return said
    raise AssertionError(said)


def descendants(number: int) -> list[int]:
    """The numbers of all processes under one."""
    children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return [int(child) for child in children] + [d for c in children for d in descendants(int(c))]


def assert_all_end(watches: list[int]) -> None:
    """Wait for processes, each watched by its descriptor, to end; fail if one does not."""
    for watch in watches:
        ended, _, _ = select.select([watch], [], [], 20)
        os.close(watch)
        assert ended


def assert_ends_by(folder: Path, number: signal.Signals) -> None:
    """Start a demo, end it by a signal, and look for what is left."""
    port = free_port()
    with running_demo(folder, PORT=str(port)) as (demo, said):
        assert f"http://127.0.0.1:{port}" in said
        front = requests.get(f"http://127.0.0.1:{port}/", timeout=5)
        assert front.ok  # a break is told, and closes nothing
        assert "29.11.2026 klo 18.00" in front.text
        watches = [os.pidfd_open(child) for child in descendants(demo.pid)]
        assert len(watches) > 4
        demo.send_signal(number)
        assert demo.wait(60) == 0
        assert_all_end(watches)


def test_ctrl_c_leaves_no_process(folder: Path) -> None:
    assert_ends_by(folder, signal.SIGINT)


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_so_does_the_end_of_a_terminal_or_of_a_service(
    folder: Path, number: signal.Signals
) -> None:
    assert_ends_by(folder, number)


def test_a_killed_demo_leaves_no_process_and_the_next_one_goes_on(folder: Path) -> None:
    port = str(free_port())
    with running_demo(folder, PORT=port) as (demo, _):
        watches = [os.pidfd_open(child) for child in descendants(demo.pid)]
        demo.kill()
        assert_all_end(watches)
    with running_demo(folder, PORT=port) as (_, said):
        assert said.startswith("Going on with the database")


@pytest.mark.long
def test_another_day_has_a_database_of_its_own(folder: Path) -> None:
    with running_demo(folder, PORT=str(free_port()), KELMU_TODAY="2022-12-15") as (_, said):
        assert said.startswith("Building the database kelmu_20221215_50_")
