"""What `make demo` says when it cannot run: one line that tells what to do, and no traceback."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from demo.configuration import Configuration
from demo.errors import DemoError
from tests.running import free_port


def failed_demo(folder: Path, **settings: str) -> str:
    """Run a demo that cannot run and return what it said."""
    environment = os.environ | {"DEMO_FOLDER": str(folder), "PORT": str(free_port())} | settings
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "demo"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("make demo: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_taken_port_is_named_with_another_choice(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        message = failed_demo(tmp_path, PORT=port)
    assert port in message
    assert "make demo PORT=" in message


def test_a_taken_port_of_the_simulator_is_named_too(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = failed_demo(tmp_path, PORT=str(port - 1))
    assert f"Port {port}" in message


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert str(tmp_path / "file") in failed_demo(tmp_path / "file")


def test_a_broken_database_folder_is_named(folder: Path) -> None:
    data = folder / "postgres" / "data"
    data.mkdir(parents=True)
    assert f"{data} is no database folder. Remove it" in failed_demo(folder)


def test_a_second_demo_in_one_folder_is_refused(folder: Path) -> None:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "already runs" in failed_demo(folder)


@pytest.mark.parametrize(
    "settings",
    [
        {"PORT": "abc"},
        {"PORT": "0"},
        {"PORT": "65535"},
        {"DEMO_CUSTOMERS": "-5"},
        {"DEMO_CUSTOMERS": "many"},
        {"KELMU_TODAY": "31.12.2022"},
        {"DATABASE_URL": "postgres://kelmu_app@/kelmu"},
        {"DATABASE_OWNER_URL": "postgres://kelmu_owner@/kelmu"},
    ],
)
def test_a_malformed_setting_is_named(settings: Mapping[str, str]) -> None:
    with pytest.raises(DemoError, match=next(iter(settings))):
        Configuration.read(settings)
