"""The months of a population's history, with their days as the files write them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

YEARS_OF_HISTORY = 4
DAYS_AHEAD = 35  # how far payments are scheduled
FRIDAY = 4
HOLIDAYS = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    last: date
    weekdays: int

    @property
    def days(self) -> int:
        return self.last.day


class Calendar:
    """What is told: payments from `start` to `end`, of which those after `today` are to come."""

    def __init__(self, today: date, years: int = YEARS_OF_HISTORY) -> None:
        self.today = today
        self.start = date(today.year - years, today.month, 1)
        self.end = today + timedelta(days=DAYS_AHEAD)
        self.months = _months(self.start, self.end)
        self.last_month_ends = self.months[-1].last

    def months_between(self, first: date, last: date) -> list[Month]:
        """The months that a period touches, within the history."""
        low = max(0, _number(first) - _number(self.start))
        high = max(0, _number(last) - _number(self.start) + 1)
        return self.months[low:high]


def _number(day: date) -> int:
    return day.year * 12 + day.month


def _months(start: date, end: date) -> list[Month]:
    months, first = [], start
    while first <= end:
        following = next_month(first)
        last = following - timedelta(days=1)
        months.append(Month(first, last, weekdays(first, last)))
        first = following
    return months


def month_end(day: date) -> date:
    return next_month(day) - timedelta(days=1)


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def weekdays(first: date, last: date) -> int:
    """Monday to Friday, both ends included."""
    whole, rest = divmod((last - first).days + 1, 7)
    return whole * 5 + sum((first.weekday() + extra) % 7 < 5 for extra in range(rest))


@cache
def banking_day(day: date) -> date:
    """The day itself, or the next one that is no weekend and no holiday (Easter is not known)."""
    while day.weekday() > FRIDAY or (day.month, day.day) in HOLIDAYS:
        day += timedelta(days=1)
    return day
