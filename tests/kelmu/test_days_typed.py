"""Days that people type: a slip in the year is told, at the ends of time nothing can go on."""

import pytest
from django import forms

from administration.announcements.forms import MomentField
from administration.forms import day
from authorizations.explaining.forms import DayField as DayOfTheRules
from benefits.forms import DayField
from kelmu import clock

FIELDS = {
    "a day": (day("Day"), ""),
    "a day that may be left out": (DayField("Day"), ""),
    "a day of the rules": (DayOfTheRules("Day", clock.today), ""),
    "a moment": (MomentField("Begins"), "T00:00"),
}


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("kind", FIELDS)
def test_a_slip_in_the_year_is_told(kind: str, typed: str) -> None:
    field, time = FIELDS[kind]
    with pytest.raises(forms.ValidationError) as told:
        field.clean(f"{typed}{time}")
    assert [one.code for one in told.value.error_list] == ["year"]


@pytest.mark.parametrize("kind", FIELDS)
def test_a_day_of_our_time_is_taken(kind: str) -> None:
    field, time = FIELDS[kind]
    assert field.clean(f"2199-12-30{time}").year == 2199
