"""Each journey has a database of its own, a simulator at its beginning and a new browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.conftest import KelmuOn
from tests.desk import Desk, seated
from tests.running import Kelmu

type DeskOn = Callable[[str], Desk]


@pytest.fixture
def desk(browser: Browser, kelmu: Kelmu) -> Iterator[Desk]:
    """Somebody who has come to work and not logged in."""
    with seated(browser, kelmu) as desk:
        yield desk


@pytest.fixture
def desk_on(browser: Browser, kelmu_on: KelmuOn) -> Iterator[DeskOn]:
    """The same on a chosen day: `desk_on("2022-12-15")`."""
    with ExitStack() as stack:
        yield lambda day: stack.enter_context(seated(browser, kelmu_on(day)))
