"""Days and periods, for every day there is."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from kelmu.dates import last_day, months_before, valid_on, years_between
from organisations.models import Agreement
from tests.acting import PIRKANMAA, organisation, owning

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days, st.integers(0, 600))
def test_months_before_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int
) -> None:
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == min(day.day, monthrange(earlier.year, earlier.month)[1])


def test_months_before_the_last_of_march() -> None:
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2023, 3, 31), 1) == date(2023, 2, 28)


@given(days)
def test_the_last_day_is_the_one_before_the_end(end: date) -> None:
    last = last_day(end)
    assert last
    assert end - last == timedelta(days=1)
    assert last_day(None) is None


@given(days, st.integers(0, 120), st.integers(0, 364))
def test_age_grows_on_the_birthday_and_on_no_other_day(born: date, age: int, further: int) -> None:
    birthday = date(born.year + age, born.month, 1) + timedelta(days=born.day - 1)
    assert years_between(born, birthday) == age
    assert years_between(born, birthday + timedelta(days=further)) == age
    assert years_between(born, birthday - timedelta(days=1)) == age - 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2022, 12, 31), False),
        (date(2023, 1, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_a_validity_includes_its_first_day_and_not_its_end(day: date, holds: bool) -> None:
    agreements = Agreement.objects.using("owner").filter(organisation=organisation(PIRKANMAA))
    with owning():
        agreements.update(validity=DateRange(date(2023, 1, 1), date(2024, 1, 1)))
    assert agreements.filter(valid_on(day)).exists() == holds
    assert agreements.filter(versions__isnull=False).filter(valid_on(day)).exists() == holds
