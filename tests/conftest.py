"""Fixtures of all tests. How the databases are made: tests/harness.py."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Thread

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from xdist.workermanage import WorkerController

from demo.database import Contents
from demo.environment import Urls
from tests.browsers import launched, watched_page
from tests.harness import EMPTY, TODAY, Ground, connected_to, worker_name
from tests.running import CUSTOMERS, Kelmu
from tests.tracing import trace_on

type KelmuOn = Callable[..., Kelmu]

GROUND = pytest.StashKey[Ground]()
FIRST_TEMPLATE = pytest.StashKey[Thread]()
DATABASE = f"kelmu_{worker_name()}"

hypothesis.settings.register_profile("unhurried", deadline=None)  # a busy machine proves nothing
hypothesis.settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL in the controller, and let Django know of it before it reads settings."""
    handed_down = getattr(config, "workerinput", None)
    ground = Ground.at(Path(handed_down["ground"])) if handed_down else Ground.make()
    config.stash[GROUND] = ground
    if not handed_down:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # clear up as after Ctrl-C
    os.environ |= ground.settings_in_process(DATABASE)
    is_measured = "COVERAGE_RUN" in os.environ
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.measured" if is_measured else "kelmu.settings"
    settings.WHITENOISE_AUTOREFRESH = True  # else each test client scans all static files


def pytest_runtest_setup() -> None:
    """Measure each test, if anything is measured."""
    trace_on()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Hand the ground down to a worker of pytest-xdist, and make what all wait for meanwhile."""
    stash = node.config.stash
    node.workerinput["ground"] = str(stash[GROUND].folder)
    if FIRST_TEMPLATE not in stash:
        stash[FIRST_TEMPLATE] = Thread(target=stash[GROUND].template, args=[EMPTY])
        stash[FIRST_TEMPLATE].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if FIRST_TEMPLATE in config.stash:
        config.stash[FIRST_TEMPLATE].join()
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
    # A worker of xdist inherits the controller's environment, and has read its settings by then.
    connections["default"].settings_dict["NAME"] = DATABASE
    connections["owner"] = connections["sealer"] = connections["default"]
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def _one_connection() -> None:
    """Let all roles use the connection of the test: see `Ground.settings_in_process`."""
    connections["owner"] = connections["sealer"] = connections["default"]


@pytest.fixture(autouse=True)
def _nothing_announced() -> None:
    """Let each test read anew what is announced: the database was rolled back."""
    from kelmu import announcements  # needs the settings that pytest_configure has made

    announcements.forget()


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


@pytest.fixture(scope="session")
def kelmus(ground: Ground) -> Iterator[dict[str, Kelmu]]:
    """The processes that tests of this worker have asked for; they are kept to the end."""
    running: dict[str, Kelmu] = {}
    yield running
    for kelmu in running.values():
        kelmu.stop()


@pytest.fixture(scope="session")
def kelmu_on(ground: Ground, kelmus: dict[str, Kelmu]) -> KelmuOn:
    """Kelmu on a chosen day, `kelmu_on("2022-12-15")`, perhaps with settings of the environment."""

    def on(day: str, **settings: str) -> Kelmu:
        key = f"{day} {settings}"
        if key in kelmus:
            kelmus[key].renew()
        else:
            contents = Contents(date.fromisoformat(day), CUSTOMERS)
            kelmu = Kelmu(ground, contents, f"{DATABASE}_{len(kelmus)}", settings)
            kelmu.start()
            kelmus[key] = kelmu
        return kelmus[key]

    return on


@pytest.fixture
def kelmu(kelmu_on: KelmuOn) -> Kelmu:
    """The application and the simulator as processes, with a database of the test's own."""
    return kelmu_on(TODAY.isoformat())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser."""
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, kelmu: Kelmu) -> Iterator[Page]:
    """A page of a new visitor of `kelmu`, in Finnish."""
    with watched_page(browser, kelmu.address) as page:
        yield page
