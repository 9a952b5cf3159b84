"""The demo in a database that DATABASE_URL names."""

from datetime import date
from pathlib import Path

import pytest

from demo.database import Contents, urls_of
from demo.environment import Urls
from demo.errors import DemoError
from demo.given_database import prepare
from tests.harness import Ground

DAY = Contents(date(2026, 11, 20), customers=0)
ANOTHER_DAY = Contents(date(2022, 12, 15), customers=0)


def test_it_is_filled_once_and_never_with_something_else(ground: Ground, tmp_path: Path) -> None:
    ground.cluster.create("given")
    urls = urls_of(ground.cluster, "given")
    prepare(urls, DAY, ground.keys, tmp_path)
    prepare(urls, DAY, ground.keys, tmp_path)
    with pytest.raises(DemoError, match="not empty and does not hold this demo"):
        prepare(urls, ANOTHER_DAY, ground.keys, tmp_path)


def test_one_that_cannot_be_reached_is_told(ground: Ground, tmp_path: Path) -> None:
    nowhere = f"postgres://kelmu_owner@/none?host={tmp_path}"
    with pytest.raises(DemoError, match="Cannot use DATABASE_OWNER_URL"):
        prepare(Urls(nowhere, nowhere), DAY, ground.keys, tmp_path)
