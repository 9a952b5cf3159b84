import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.postgres import THROWAWAY_SETTINGS, Cluster
from tests.harness import Ground


@pytest.fixture(scope="module")
def own_ground(ground: Ground) -> Iterator[Ground]:
    """A cluster that nobody else needs; what it has acknowledged outlives a kill."""
    folder = Path(tempfile.mkdtemp(prefix="kelmu-crash-", dir="/tmp"))
    folder.chmod(0o755)  # PostgreSQL's own user passes through it
    settings = THROWAWAY_SETTINGS | {"synchronous_commit": "on"}
    cluster = Cluster(folder / "postgres", folder / "socket", settings)
    cluster.start()
    own = Ground(folder, cluster, ground.keys)
    yield own
    own.remove()
