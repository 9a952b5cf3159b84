"""Fixtures of all tests. How the databases are made: tests/harness.py."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker
from xdist.workermanage import WorkerController

from demo.environment import Urls
from tests.harness import EMPTY, Ground, connected_to, worker_name

GROUND = pytest.StashKey[Ground]()
DATABASE = f"kelmu_{worker_name()}"


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL in the controller, and let Django know of it before it reads settings."""
    handed_down = getattr(config, "workerinput", None)
    ground = Ground.at(Path(handed_down["ground"])) if handed_down else Ground.make()
    config.stash[GROUND] = ground
    os.environ |= ground.settings_in_process(DATABASE)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kelmu.settings"
    settings.WHITENOISE_AUTOREFRESH = True  # else each test client scans all static files


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Hand the ground down to a worker of pytest-xdist."""
    node.workerinput["ground"] = str(node.config.stash[GROUND].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if not hasattr(config, "workerinput") and GROUND in config.stash:
        config.stash[GROUND].remove()


@pytest.fixture(scope="session")
def ground(request: pytest.FixtureRequest) -> Ground:
    """The database cluster of this run."""
    return request.config.stash[GROUND]


@pytest.fixture(scope="session")
def django_db_setup(
    ground: Ground, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database behind `db`: schema, register and the cast's agreements; rolled back."""
    ground.clone(EMPTY, DATABASE)
    connections["owner"] = connections["default"]
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def fresh_db(
    ground: Ground, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Urls]:
    """A database of the test's own, for tests of transactions: nothing is rolled back."""
    name = f"{DATABASE}_fresh"
    urls = ground.clone(EMPTY, name)
    with django_db_blocker.unblock(), connected_to(urls):
        yield urls
    ground.cluster.drop(name)
