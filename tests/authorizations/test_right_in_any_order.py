"""The one rule, whatever happens in whatever order. The long walk: tests/long."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import Settings

from tests.the_one_rule import NO_PACE, UNHURRIED, TheOneRule

FIVE_HUNDRED_STEPS = settings(UNHURRIED, max_examples=11, stateful_step_count=50)


@pytest.mark.django_db
def test_there_is_no_data_without_a_live_right_and_its_row(settings: Settings) -> None:
    settings.SEARCH_PACE = NO_PACE
    TheOneRule.steps = 0
    run_state_machine_as_test(TheOneRule, settings=FIVE_HUNDRED_STEPS)
    assert TheOneRule.steps >= 500
