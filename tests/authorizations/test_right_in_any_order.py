"""The one rule, whatever happens in whatever order. The long walk: tests/long."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.the_one_rule import TheOneRule

SIX_HUNDRED_STEPS = settings(
    max_examples=15,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine proves nothing
)


@pytest.mark.django_db
def test_there_is_no_data_without_a_live_right_and_its_row() -> None:
    run_state_machine_as_test(TheOneRule, settings=SIX_HUNDRED_STEPS)
