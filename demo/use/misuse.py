"""Misuse of several kinds, by people who otherwise do their work."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from demo.use.acts import Act, miss, visit
from demo.use.world import Customer, Worker, World, is_working_day, moment

type Kind = Callable[["Hand"], Iterator[Act]]


class Hand:
    """Somebody who misuses Kelmu, once or again and again, in one matter."""

    def __init__(self, world: World, kind: str, case: int) -> None:
        self.world, self.kind, self.case = world, kind, case
        self.chance = world.chance
        staff = [one for one in world.workers if one.joined == world.first]
        self.worker = self.chance.choice(staff)
        self.month = self.chance.randint(40, 250)  # the day of the year on which it begins

    def day(self, earliest: int = 0, latest: int = 100) -> date:
        """A working day of theirs so long after the beginning."""
        while True:
            ahead = self.month + self.chance.randint(earliest, latest)
            day = self.world.first + timedelta(days=min(ahead, 363))
            if is_working_day(day) and not self.worker.is_away(day):
                return day
            latest += 7

    def at_work(self) -> float:
        return self.worker.begins + self.chance.uniform(0, 7.5)

    def somebody(self, *, near: float = 0.9) -> Customer:
        """A customer whom the worker has no matter with."""
        wanted = self.chance.random() < near
        own = {case.customer for case in self.world.cases if case.worker == self.worker.number}
        while True:
            one = self.chance.choice(self.world.customers)
            if one.is_near == wanted and one.number not in own:
                return one

    def new_customer(self, surname: str, *, near: bool) -> Customer:
        """Somebody whom nobody here has had to do with."""
        one = Customer(len(self.world.customers), surname, near, self.worker.team)
        self.world.customers.append(one)
        return one

    def look(
        self,
        customer: Customer,
        day: date,
        hour: float,
        *,
        reference: str = "",
        pages: float | None = None,
        since: date | None = None,
        prints: float = 0.0,
        worker: Worker | None = None,
    ) -> Iterator[Act]:
        who = worker or self.worker
        yield from visit(
            self.chance,
            moment(day, hour),
            who.number,
            customer.number,
            pages=who.reads if pages is None else pages,
            since=since,
            prints=prints,
            reference=reference,
            kind=self.kind,
            case=self.case,
        )

    def excuse(self, often: float) -> str:
        """A case reference that is made up, or of another customer's matter; mostly none."""
        if self.chance.random() >= often:
            return ""
        own = [case for case in self.world.cases if case.worker == self.worker.number]
        return self.chance.choice(own).reference


def relatives(hand: Hand) -> Iterator[Act]:
    """A few looks at somebody of the family, who may have another name or live elsewhere."""
    chance = hand.chance
    name = hand.worker.surname if chance.random() < 0.6 else hand.somebody().surname
    one = hand.new_customer(name, near=chance.random() < 0.7)
    for _time in range(chance.randint(1, 4)):
        hour = hand.at_work() if chance.random() < 0.75 else chance.uniform(16.5, 21)
        yield from hand.look(one, hand.day(), hour, reference=hand.excuse(0.2))


def colleagues(hand: Hand) -> Iterator[Act]:
    """Somebody who works in the same house."""
    known = [one for one in hand.world.workers if one.as_customer >= 0 and one != hand.worker]
    one = hand.world.customers[hand.chance.choice(known).as_customer]
    for _time in range(hand.chance.randint(1, 3)):
        yield from hand.look(one, hand.day(), hand.at_work(), reference=hand.excuse(0.15))


def celebrity(hand: Hand) -> Iterator[Act]:
    """Many want to know about somebody of whom the papers write."""
    chance = hand.chance
    one = hand.new_customer(hand.somebody().surname, near=chance.random() < 0.6)
    for worker in chance.sample(hand.world.workers, chance.randint(7, 14)):
        for _time in range(chance.choice([1, 1, 2])):
            day = hand.day(0, 5)
            if not worker.is_away(day):
                hour = worker.begins + chance.uniform(0, 7.5)
                reference = hand.excuse(0.1)
                yield from hand.look(one, day, hour, worker=worker, reference=reference)


def former_partner(hand: Hand) -> Iterator[Act]:
    """Again and again for months, mostly late in the evening."""
    chance = hand.chance
    one = hand.new_customer(hand.somebody().surname, near=chance.random() < 0.8)
    for _time in range(chance.randint(9, 22)):
        hour = chance.uniform(19, 24.5) if chance.random() < 0.6 else hand.at_work()
        yield from hand.look(one, hand.day(0, 110), hour, pages=1.0, reference=hand.excuse(0.05))


def browsing(hand: Hand) -> Iterator[Act]:
    """An idle hour in which one customer after the other is looked at."""
    chance = hand.chance
    for _sitting in range(chance.randint(2, 4)):
        day, at = hand.day(), hand.at_work()
        for _one in range(chance.randint(12, 35)):
            at += chance.uniform(0.008, 0.04)
            if chance.random() < 0.12:
                yield miss(moment(day, at), hand.worker.number, kind=hand.kind, case=hand.case)
            else:
                yield from hand.look(hand.somebody(near=0.85), day, at, pages=0.3)


def selling(hand: Hand) -> Iterator[Act]:
    """A few a day, during the day, of people anywhere, as far back as pages go, printed."""
    chance = hand.chance
    reference = hand.excuse(1.0)
    for _day in range(chance.randint(10, 20)):
        day = hand.day(0, 70)
        for _one in range(chance.randint(1, 3)):
            far = day - timedelta(days=chance.randint(900, 1090))
            yield from hand.look(
                hand.somebody(near=0.45),
                day,
                hand.at_work(),
                pages=1.5,
                since=far,
                prints=0.5,
                reference=reference if chance.random() < 0.6 else "",
            )


def guessing(hand: Hand) -> Iterator[Act]:
    """Somebody's code is tried until it is found."""
    chance = hand.chance
    for _sitting in range(chance.randint(1, 2)):
        day, at = hand.day(), hand.at_work()
        for _one in range(chance.randint(5, 12)):
            at += chance.uniform(0.005, 0.03)
            yield miss(moment(day, at), hand.worker.number, kind=hand.kind, case=hand.case)
        yield from hand.look(hand.somebody(), day, at + 0.02)


def neighbours(hand: Hand) -> Iterator[Act]:
    """One look at somebody next door, in the middle of the day: nearly nothing to see."""
    yield from hand.look(
        hand.somebody(near=1.0), hand.day(), hand.at_work(), pages=0.7, reference=hand.excuse(0.2)
    )


def acquaintances(hand: Hand) -> Iterator[Act]:
    """Now and then somebody whom one has met, mostly on a Monday."""
    for _time in range(hand.chance.randint(4, 8)):
        day = hand.day(0, 110)
        monday = day - timedelta(days=day.weekday())
        on = monday if is_working_day(monday) and not hand.worker.is_away(monday) else day
        one = hand.somebody(near=0.75)
        yield from hand.look(one, on, hand.at_work(), pages=0.6, reference=hand.excuse(0.15))


def favours(hand: Hand) -> Iterator[Act]:
    """Looked up for a friend who asks, under the reference of a matter of somebody else."""
    for _time in range(hand.chance.randint(2, 4)):
        one = hand.somebody(near=0.8)
        yield from hand.look(one, hand.day(), hand.at_work(), reference=hand.excuse(0.9))


CASES_A_YEAR: list[tuple[Kind, int]] = [
    (relatives, 7),
    (colleagues, 5),
    (celebrity, 2),
    (former_partner, 3),
    (browsing, 3),
    (selling, 2),
    (guessing, 2),
    (neighbours, 6),
    (acquaintances, 2),
    (favours, 2),
]


def misuse(world: World) -> Iterator[Act]:
    """What was misused in the year, case by case. `world.cases` are those of its work."""
    number = 0
    for kind, cases in CASES_A_YEAR:
        for _case in range(cases):
            number += 1
            yield from kind(Hand(world, kind.__name__, number))
