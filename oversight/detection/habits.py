"""What is usual: each person's own habits, and those of the whole organisation."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from uuid import UUID

from oversight.detection.acts import Act
from oversight.detection.shares import UNSEEN, Spread, blended

MONTHS_OF_HABITS = 3  # before the month that is looked at
HALF_AN_HOUR = timedelta(minutes=30)  # before and after an act: what is done around it
A_WEEK = timedelta(days=7)
SATURDAY = 5
# So much of everybody's use stands in for habits that a person has not formed yet.
A_FEW, OF_OTHERS = 10, 40

type Slot = tuple[bool, int]  # on a weekend, the hour


class Searches:
    """The searches of one person, or on one customer, in time."""

    def __init__(self) -> None:
        self.acts: list[Act] = []

    @cached_property
    def times(self) -> list[datetime]:
        return [one.at for one in self.acts]

    def around(self, at: datetime, reach: timedelta) -> list[Act]:
        first, last = bisect_left(self.times, at - reach), bisect_right(self.times, at + reach)
        return self.acts[first:last]


class Habits:
    """Learnt from the acts of the months before and of the month that is looked at."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.by_actor: dict[UUID, Searches] = defaultdict(Searches)
        self.on_customer: dict[UUID, Searches] = defaultdict(Searches)
        self.hours: dict[UUID, Counter[Slot]] = defaultdict(Counter)
        self.customers_under: dict[str, set[UUID]] = defaultdict(set)
        self.visits: dict[UUID, dict[bool, set[tuple[UUID, date]]]] = {}
        self.has_reference: dict[UUID, Counter[bool]] = defaultdict(Counter)
        self._back: dict[str, list[float]] = defaultdict(list)
        self._densities: dict[UUID, dict[Slot, float]] = {}
        for one in sorted(acts, key=attrgetter("at", "id")):
            self._back[one.purpose].append(one.look_back_days)
            if one.is_search:
                self._learn(one)

    def _learn(self, one: Act) -> None:
        self.by_actor[one.actor].acts.append(one)
        self.on_customer[one.customer].acts.append(one)
        self.hours[one.actor][slot(one.at)] += 1
        self.has_reference[one.actor][bool(one.reference)] += 1
        if one.reference:
            self.customers_under[one.reference].add(one.customer)
        visits = self.visits.setdefault(one.customer, {True: set(), False: set()})
        visits[bool(one.reference)].add((one.actor, one.day))

    def around(self, one: Act) -> list[Act]:
        """The person's searches around an act."""
        return self.by_actor[one.actor].around(one.at, HALF_AN_HOUR)

    def customers_at_once(self, one: Act) -> int:
        """How many customers the person looked up around an act."""
        return len({other.customer for other in self.around(one)})

    def misses_at_once(self, one: Act) -> int:
        """How many searches of the person around an act found nobody."""
        return sum(other.is_miss for other in self.around(one))

    def watchers(self, one: Act) -> int:
        """How many people looked the customer up in the days around an act."""
        return len({o.actor for o in self.on_customer[one.customer].around(one.at, A_WEEK)})

    @cached_property
    def at_once(self) -> "ByDay":
        return ByDay(self, self.customers_at_once)

    @cached_property
    def missed(self) -> "ByDay":
        return ByDay(self, self.misses_at_once)

    @cached_property
    def watched(self) -> Spread:
        return Spread(max(map(self.watchers, one.acts)) for one in self.on_customer.values())

    def visits_without(self, customer: UUID) -> int:
        """On how many days, person by person, the customer was looked up without a reference, where
        that is more often than with one."""
        visits = self.visits[customer]
        return max(0, len(visits[False] - visits[True]) - len(visits[True]))

    @cached_property
    def without(self) -> Spread:
        return Spread(map(self.visits_without, self.visits))

    @cached_property
    def shared(self) -> Spread:
        """How many customers stand under a case reference."""
        return Spread(len(customers) for customers in self.customers_under.values())

    @cached_property
    def back(self) -> dict[str, Spread]:
        """How many days back pages were narrowed to begin, by purpose of use."""
        return {purpose: Spread(values) for purpose, values in self._back.items()}

    def share_of_hour(self, one: Act) -> float:
        """How much of the person's use falls into hours as rare for them as that of an act."""
        density = self._density(one.actor)
        limit = density[slot(one.at)] * 1.0001
        return sum(value for value in density.values() if value <= limit)

    def _density(self, actor: UUID) -> dict[Slot, float]:
        if actor not in self._densities:
            own, everybody = self.hours[actor], self._hours_of_all
            rest, of = OF_OTHERS / everybody.total(), own.total() + OF_OTHERS
            told = {each: (own[each] + rest * number) / of for each, number in everybody.items()}
            self._densities[actor] = told
        return self._densities[actor]

    @cached_property
    def _hours_of_all(self) -> Counter[Slot]:
        return sum(self.hours.values(), Counter[Slot]())

    def share_without_reference(self, actor: UUID) -> float:
        """How often the person gives no case reference."""
        own = self.has_reference[actor]
        return (own[False] + A_FEW * self._without_reference) / (own.total() + A_FEW)

    @cached_property
    def _without_reference(self) -> float:
        everybody = sum(self.has_reference.values(), Counter[bool]())
        return (everybody[False] + UNSEEN) / (everybody.total() + 2 * UNSEEN)


class ByDay:
    """The most that each person did at once on a day: one day of much is one day, however much."""

    def __init__(self, habits: Habits, number: Callable[[Act], int]) -> None:
        self.of_actor = {
            actor: Spread(_most_of_days(searches.acts, number))
            for actor, searches in habits.by_actor.items()
        }
        self.of_all = Spread(value for one in self.of_actor.values() for value in one.values)

    def share(self, actor: UUID, number: int) -> float:
        """The share of the person's days on which there was as much."""
        return blended(self.of_actor[actor], self.of_all, number, A_FEW)

    def usual(self, actor: UUID) -> int:
        """What is usual on a day of the person's."""
        values = self.of_actor[actor].values
        return int(values[len(values) // 2])


def _most_of_days(acts: Iterable[Act], number: Callable[[Act], int]) -> Iterable[int]:
    most: dict[date, int] = {}
    for one in acts:
        most[one.day] = max(most.get(one.day, 0), number(one))
    return most.values()


def slot(at: datetime) -> Slot:
    return at.weekday() >= SATURDAY, at.hour
