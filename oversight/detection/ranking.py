"""The dealings of a month by how far they stand out, each with its signs."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from uuid import UUID

from oversight.detection.acts import Act, Dealing, Pair, Tie, dealings
from oversight.detection.habits import Habits
from oversight.detection.signs import SIGNS, Month, Sign

IS_RARE = 0.2  # what more of the use has than this is no sign of anything
SHARE = 0.05  # of all acts: so many stand on a list at most
OF_A_DAY = 3  # dealings of one person's day on a list: they lead to the rest


@dataclass(frozen=True, slots=True)
class Odd:
    """A dealing that stands out, and by what, the strongest sign first."""

    dealing: Dealing
    signs: tuple[Sign, ...]

    @property
    def points(self) -> float:
        return sum(sign.points for sign in self.signs)

    @property
    def act(self) -> Act:
        """The act that shows it best."""
        return self.signs[0].act


def ranked(month: Collection[Act], before: Iterable[Act], ties: Mapping[Pair, Tie]) -> list[Odd]:
    """The dealings of a month that stand out, the oddest first, however the acts are ordered.

    `before`: the acts of the months before, which tell what is usual.
    """
    found = [one for one in dealings(month, ties) if one.searches]
    beside = Month(found, Habits(chain(before, month)))
    odd = [Odd(one, signs) for one in found if (signs := _signs(beside, one))]
    return sorted(odd, key=lambda one: (-round(one.points, 9), one.act.at, one.act.id))


def _signs(month: Month, one: Dealing) -> tuple[Sign, ...]:
    found = (told for look in SIGNS if (told := look(month, one)))
    rare = [sign for sign in found if sign.share <= IS_RARE]
    return tuple(sorted(rare, key=lambda sign: -sign.points))


def within(odd: Iterable[Odd], acts: int) -> Iterator[Odd]:
    """The first of them, as long as what belongs to them is a small share of all acts."""
    room = SHARE * acts
    for one in odd:
        room -= len(one.dealing.acts)
        if room < 0:
            return
        yield one


def listed(odd: Iterable[Odd], acts: int, most: int) -> list[Odd]:
    """Which of them a supervisor looks at: those within the share, few of each person's day."""
    of_day: Counter[tuple[UUID, date]] = Counter()
    found: list[Odd] = []
    for one in within(odd, acts):
        key = one.act.actor, one.act.day
        of_day[key] += 1
        if of_day[key] <= OF_A_DAY:
            found.append(one)
    return found[:most]
