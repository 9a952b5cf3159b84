"""The one rule, on a long walk."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import Settings

from tests.the_one_rule import NO_PACE, UNHURRIED, TheOneRule

TEN_THOUSAND_STEPS = settings(UNHURRIED, max_examples=240, stateful_step_count=50)


@pytest.mark.long
@pytest.mark.django_db
def test_there_is_no_data_without_a_live_right_and_its_row(settings: Settings) -> None:
    settings.SEARCH_PACE = NO_PACE
    TheOneRule.steps = 0
    run_state_machine_as_test(TheOneRule, settings=TEN_THOUSAND_STEPS)
    assert TheOneRule.steps >= 10_000
