"""The oracle's answers through the full login: today's part of the sample in tests/long."""

import pytest

from tests.authorizations.asking import DAYS
from tests.authorizations.sampling import Question, agrees, pairwise
from tests.conftest import KelmuOn
from tests.harness import TODAY
from tests.running import Kelmu

SAMPLE = pairwise()
OF_TODAY = [question for question in SAMPLE if question.on == DAYS[-1]]


@pytest.fixture(scope="module")
def kelmu(kelmu_on: KelmuOn) -> Kelmu:
    return kelmu_on(TODAY.isoformat())


def test_the_sample_is_small() -> None:
    assert 45 <= len(SAMPLE) <= 100


@pytest.mark.parametrize("question", OF_TODAY, ids=lambda question: question.holder)
def test_a_login_shows_what_the_sources_say(kelmu: Kelmu, question: Question) -> None:
    assert agrees(kelmu, question)
