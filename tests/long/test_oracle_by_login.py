"""The oracle's answers through the full login, on the days around each change."""

from collections.abc import Iterator
from datetime import date

import pytest

from demo.database import Contents
from tests.authorizations.asking import DAYS
from tests.authorizations.sampling import agrees, pairwise
from tests.conftest import DATABASE
from tests.harness import TODAY, Ground
from tests.running import CUSTOMERS, Kelmu

SAMPLE = pairwise()


@pytest.fixture(scope="module")
def kelmu(ground: Ground) -> Iterator[Kelmu]:
    running = Kelmu(ground, Contents(TODAY, CUSTOMERS), f"{DATABASE}_days", settings={})
    running.start()
    yield running
    running.stop()


@pytest.mark.long
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_login_shows_what_the_sources_say(kelmu: Kelmu, on: date) -> None:
    kelmu.settings["KELMU_TODAY"] = on.isoformat()
    kelmu.restart_application()
    for question in (question for question in SAMPLE if question.on == on):
        assert agrees(kelmu, question), question
