"""The demo's own PostgreSQL survives what happens to it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from demo.errors import DemoError
from demo.postgres import THROWAWAY_SETTINGS, Cluster
from demo.postgres_files import place_for
from demo.running import KEPT_DATABASES, drop_oldest


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    """A cluster of the test's own, running."""
    cluster = Cluster(folder / "postgres", folder / "socket", THROWAWAY_SETTINGS)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.folder)


def killed(cluster: Cluster) -> int:
    """Kill the server as a crash does and return its number."""
    assert cluster.server is not None
    cluster.server.process.kill()
    cluster.server.process.wait()
    return cluster.server.process.pid


def test_data_stays_between_runs(cluster: Cluster) -> None:
    cluster.create("kept")
    cluster.stop()
    cluster.start()
    assert "kept" in cluster.names()


def test_it_starts_again_after_a_crash(cluster: Cluster) -> None:
    cluster.create("kept")
    killed(cluster)
    cluster.start()
    assert "kept" in cluster.names()


def test_a_lock_whose_number_is_now_another_process_is_forgotten(cluster: Cluster) -> None:
    number = killed(cluster)
    lock = cluster.data / "postmaster.pid"
    with subprocess.Popen(["sleep", "600"]) as other:
        lock.write_text(lock.read_text().replace(str(number), str(other.pid), 1))
        cluster.start()
        assert other.poll() is None
        other.kill()
    assert "postgres" in cluster.names()


def test_a_server_of_an_earlier_run_is_ended(cluster: Cluster) -> None:
    earlier = cluster.server
    assert earlier is not None
    cluster.start()
    assert earlier.process.wait() == 0
    assert "postgres" in cluster.names()


def test_a_server_ends_with_the_process_that_started_it(cluster: Cluster) -> None:
    cluster.stop()
    program = (
        "import os, sys, pathlib; from demo.postgres import Cluster;"
        "cluster = Cluster(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])); cluster.start();"
        "print(cluster.server.process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", program, str(cluster.folder), str(cluster.sockets)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == -signal.SIGKILL
    cluster.start()  # it waits for one that is still ending
    assert not Path(f"/proc/{result.stdout.strip()}/exe").exists()


def test_a_cluster_of_another_version_is_refused(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(DemoError, match=r"of PostgreSQL 15, not \d+"):
        cluster.start()


def test_a_broken_cluster_is_told_by_name(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "global" / "pg_control").unlink()
    with pytest.raises(DemoError, match=str(cluster.folder)):
        cluster.start()


def test_a_socket_folder_of_somebody_else_is_refused(cluster: Cluster) -> None:
    cluster.stop()
    cluster.sockets.symlink_to(cluster.folder)
    with pytest.raises(DemoError, match="belongs to another user"):
        cluster.start()
    cluster.sockets.unlink()


def test_data_lies_where_its_own_user_can_enter(folder: Path, tmp_path: Path) -> None:
    assert place_for(folder / "postgres") == folder / "postgres"
    # pytest's folders are its own user's alone, which root's PostgreSQL is not.
    elsewhere = Path("/var/lib") if os.geteuid() == 0 else tmp_path
    assert place_for(tmp_path / "postgres").is_relative_to(elsewhere)


def test_the_application_cannot_change_a_table(cluster: Cluster) -> None:
    cluster.create("roles")
    with psycopg.connect(cluster.url("roles", "kelmu_owner")) as owner:
        owner.execute("CREATE TABLE t (n int)")
        owner.execute("GRANT SELECT ON t TO kelmu_app")
    with psycopg.connect(cluster.url("roles", "kelmu_app")) as application:
        application.execute("SELECT n FROM t")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("INSERT INTO t VALUES (1)")


def test_the_oldest_databases_make_room(cluster: Cluster) -> None:
    for number in range(KEPT_DATABASES + 2):
        cluster.create(f"kelmu_{number}")
    drop_oldest(cluster)
    left = [name for name in cluster.names() if name.startswith("kelmu_")]
    assert left == [f"kelmu_{number}" for number in range(2, KEPT_DATABASES + 2)]
