"""Normal work, with all that makes it look odd now and then."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from demo.use.acts import Act, miss, visit
from demo.use.world import DUTY, PURPOSES, Case, Worker, World, is_working_day, moment

SUMMER = {6: 0.8, 7: 0.6, 12: 0.85}  # how much there is to do in quiet months
OWN, OF_THE_TEAM = 0.68, 0.14  # of look-ups: own cases, those of colleagues; the rest is new
DAYS_OF_A_CASE = 110


class Desk:
    """Who has which cases in hand, day by day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance
        self.in_hand: dict[int, list[Case]] = defaultdict(list)
        self.of_team: dict[str, list[int]] = defaultdict(list)
        for one in world.customers:
            if one.is_near:
                self.of_team[one.team].append(one.number)
        self.far = [one.number for one in world.customers if not one.is_near]
        for worker in world.workers:
            for _case in range(int(worker.pace * 3)):
                self.begin(worker, world.first - timedelta(days=self.chance.randint(0, 90)))

    def begin(self, worker: Worker, day: date) -> Case:
        """A new matter; now and then of somebody who has just moved here or is about to."""
        chance = self.chance
        team = worker.team if worker.team != DUTY else chance.choice(list(self.of_team))
        is_far = self.far and chance.random() < 0.025
        customer = chance.choice(self.far if is_far else self.of_team[team])
        colleague = customer == worker.as_customer
        length = int(chance.expovariate(1 / DAYS_OF_A_CASE))
        reference = f"{team[:3].upper()}-{chance.randint(10_000, 99_999)}"
        case = Case(customer, worker.number, reference, day, day + timedelta(days=length))
        if not colleague:
            self.in_hand[worker.number].append(case)
            self.world.cases.append(case)
        return case

    def pick(self, worker: Worker, day: date) -> Case:
        """Which case is looked at next."""
        self.in_hand[worker.number] = [c for c in self.in_hand[worker.number] if c.last >= day]
        drawn = self.chance.random()
        if drawn < OWN and self.in_hand[worker.number]:
            return self.chance.choice(self.in_hand[worker.number])
        if drawn < OWN + OF_THE_TEAM:
            colleague = self.chance.choice(self.world.team(worker.team))
            if self.in_hand[colleague.number]:
                return self.chance.choice(self.in_hand[colleague.number])
        return self.begin(worker, day)


def work(world: World) -> Iterator[Act]:
    """What everybody did for their work in the year."""
    desk = Desk(world)
    for day in world.days():
        for worker in world.workers:
            if worker.is_away(day):
                continue
            if worker.team == DUTY:
                yield from _duty(desk, worker, day)
            elif is_working_day(day):
                yield from _office_day(desk, worker, day)
    yield from _campaigns(desk)
    yield from _crises(desk)


def _office_day(desk: Desk, worker: Worker, day: date) -> Iterator[Act]:
    chance = desk.chance
    mean = worker.pace * SUMMER.get(day.month, 1.0) * (0.7 if day.weekday() == 4 else 1.0)
    late = chance.random() < 0.03  # stays on in the evening
    for _number in range(_poisson(desk, mean)):
        hour = worker.begins + _hour(desk) + (chance.uniform(1, 3.5) if late else 0)
        yield from look_up(desk, worker, desk.pick(worker, day), day, hour)


def _duty(desk: Desk, worker: Worker, day: date) -> Iterator[Act]:
    """A shift of twelve hours, by day or by night, every third day."""
    if (day.toordinal() + worker.number // 6) % 3:
        return
    begins = 20.0 if (day.toordinal() // 3 + worker.number) % 2 else 8.0
    for _number in range(_poisson(desk, worker.pace * 0.8)):
        hour = begins + desk.chance.uniform(0, 12)
        yield from look_up(desk, worker, desk.pick(worker, day), day, hour)


def look_up(
    desk: Desk, worker: Worker, case: Case, day: date, hour: float, *, deep: float = 0.06
) -> Iterator[Act]:
    """A customer looked up for a matter; a code may be mistyped, the past may matter."""
    chance = desk.chance
    at = moment(day, hour)
    purpose = PURPOSES[worker.team][chance.random() < 0.25]
    reference = case.reference if chance.random() < worker.refers else ""
    while chance.random() < 0.03:
        yield miss(at, worker.number, purpose=purpose, reference=reference)
        at += timedelta(seconds=chance.randint(10, 60))
    since = None
    if purpose == "other_benefits" and chance.random() < deep * 3:
        back = chance.randint(300, 1080) if chance.random() < deep * 3 else chance.randint(30, 200)
        since = day - timedelta(days=back)
    yield from visit(
        chance,
        at,
        worker.number,
        case.customer,
        pages=worker.reads,
        prints=worker.prints,
        since=since,
        purpose=purpose,
        reference=reference,
    )


def _campaigns(desk: Desk) -> Iterator[Act]:
    """Now and then somebody goes through a whole list of cases in a day or two."""
    for _campaign in range(5):
        worker = desk.chance.choice(desk.world.workers)
        day = _open_day(desk, worker)
        for number in range(desk.chance.randint(30, 70)):
            hour = worker.begins + 0.5 + number * desk.chance.uniform(0.08, 0.12)
            case = desk.begin(worker, day)
            yield from look_up(desk, worker, case, day, hour, deep=0.2)


def _crises(desk: Desk) -> Iterator[Act]:
    """A customer in need whom many of a team and of those on call look up within days."""
    for _crisis in range(6):
        worker = desk.chance.choice(desk.world.workers)
        day = _open_day(desk, worker)
        case = desk.begin(worker, day)
        others = desk.world.team(worker.team) + desk.world.team(DUTY)
        for other in desk.chance.sample(others, min(4, len(others))):
            on = day + timedelta(days=desk.chance.randint(0, 4))
            if not other.is_away(on) and is_working_day(on):
                yield from look_up(desk, other, case, on, other.begins + _hour(desk))


def _open_day(desk: Desk, worker: Worker) -> date:
    days = desk.world.days()
    while True:
        day = desk.chance.choice(days[:-7])
        if is_working_day(day) and not worker.is_away(day):
            return day


def _hour(desk: Desk) -> float:
    """How many hours into the day; fewer around lunch."""
    while True:
        hour = desk.chance.uniform(0, 7.6)
        if not 3 < hour < 4 or desk.chance.random() < 0.3:
            return hour


def _poisson(desk: Desk, mean: float) -> int:
    limit, number, product = math.exp(-mean), 0, desk.chance.random()
    while product > limit:
        number += 1
        product *= desk.chance.random()
    return number
