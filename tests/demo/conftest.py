"""Where the demos of these tests live."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import quick_place


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a short path that PostgreSQL's own user can enter, unlike pytest's."""
    with tempfile.TemporaryDirectory(prefix="kelmu-", dir=quick_place()) as name:
        Path(name).chmod(0o755)
        yield Path(name)
