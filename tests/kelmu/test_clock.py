"""The one clock of the rules tells the day in Finland."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from pytest_django import Settings

from kelmu import clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 20, 21, 59, 59, tzinfo=UTC), date(2026, 11, 20)),  # UTC+2 in winter
        (datetime(2026, 11, 20, 22, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 6, 30, 20, 59, 59, tzinfo=UTC), date(2026, 6, 30)),  # UTC+3 in summer
        (datetime(2026, 6, 30, 21, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2022, 12, 31, 22, 0, tzinfo=UTC), date(2023, 1, 1)),  # the counties start
    ],
)
def test_a_day_begins_at_finnish_midnight(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, instant: datetime, day: date
) -> None:
    settings.KELMU_TODAY = None
    monkeypatch.setattr(timezone, "now", lambda: instant)
    assert clock.today() == day


def test_a_fixed_day_stands_still(settings: Settings) -> None:
    settings.KELMU_TODAY = date(2022, 12, 15)
    assert clock.today() == date(2022, 12, 15)
