"""An intake that is killed a hundred times."""

from pathlib import Path

import pytest

from tests.harness import Ground
from tests.killing import Intake, survives, two_days


@pytest.mark.long
def test_a_hundred_kills_leave_a_whole_batch_before_or_after(
    ground: Ground, tmp_path: Path
) -> None:
    intake = Intake(ground, "kelmu_killed_often", *two_days(tmp_path, 1000))
    survives(intake, kills=100)
    intake.end()
