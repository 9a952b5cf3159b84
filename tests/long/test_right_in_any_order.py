"""The one rule, on a long walk."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.the_one_rule import TheOneRule

TWENTY_THOUSAND_STEPS = settings(
    max_examples=400,
    stateful_step_count=50,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine proves nothing
)


@pytest.mark.long
@pytest.mark.django_db
def test_there_is_no_data_without_a_live_right_and_its_row() -> None:
    run_state_machine_as_test(TheOneRule, settings=TWENTY_THOUSAND_STEPS)
