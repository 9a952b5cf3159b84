"""The past use of the demo's cast, which is loaded for whatever day the demo plays on."""

from datetime import date

import pytest
from django.core.management import call_command
from django.test import override_settings

from demo.environment import CAST
from tests.acting import entries, owning


@pytest.mark.django_db
def test_before_the_counties_nothing_of_theirs_is_loaded() -> None:
    with override_settings(KELMU_TODAY=date(2022, 12, 15)), owning():
        call_command("load_use", CAST)
    assert not entries()
