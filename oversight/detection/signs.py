"""In what a dealing can stand out. Each sign is as strong as it is rare in the organisation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from oversight.detection.acts import Act, Dealing
from oversight.detection.habits import Habits
from oversight.detection.shares import at_least, at_least_once, points

MOST_WITHOUT = 3  # more searches on one customer without a reference say no more


class Kind(StrEnum):
    """What a sign is about."""

    SAME_SURNAME = "same_surname"
    COLLEAGUE = "colleague"
    NO_MATTER_HERE = "no_matter_here"
    BURST = "burst"
    UNUSUAL_HOUR = "unusual_hour"
    FAR_BACK = "far_back"
    MISSES = "misses"
    MANY_LOOKED = "many_looked"
    NO_REFERENCE = "no_reference"
    SHARED_REFERENCE = "shared_reference"
    AGAIN_WITHOUT_REFERENCE = "again_without_reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something that only `share` of the use has; which act shows it, and figures to tell it by."""

    kind: Kind
    share: float
    act: Act
    facts: dict[str, int] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return points(self.share)


class Month:
    """The dealings of a month, beside what is usual."""

    def __init__(self, dealings: Sequence[Dealing], habits: Habits) -> None:
        self.habits = habits
        of = len(dealings)
        self.colleagues = _share(sum(one.tie.is_colleague for one in dealings), of)
        self.elsewhere = _share(sum(one.tie.is_elsewhere for one in dealings), of)


def _share(number: int, of: int) -> float:
    return (number + 1) / (of + 1)


def same_surname(month: Month, one: Dealing) -> Sign | None:
    """The rarer the name, the less does chance explain it."""
    if not one.tie.namesakes:
        return None
    return Sign(kind=Kind.SAME_SURNAME, share=one.tie.namesakes, act=one.acts[0])


def colleague(month: Month, one: Dealing) -> Sign | None:
    """Somebody who works in the same organisation."""
    if not one.tie.is_colleague:
        return None
    return Sign(kind=Kind.COLLEAGUE, share=month.colleagues, act=one.acts[0])


def no_matter_here(month: Month, one: Dealing) -> Sign | None:
    """Somebody from elsewhere whom nothing that Kelmu knows of leads here."""
    if not one.tie.is_elsewhere:
        return None
    return Sign(kind=Kind.NO_MATTER_HERE, share=month.elsewhere, act=one.acts[0])


def burst(month: Month, one: Dealing) -> Sign | None:
    """Many customers one after the other, by somebody who does not work so."""
    at_once = month.habits.at_once
    number, act = _most(month.habits.customers_at_once, one)
    usual = at_once.usual(one.actor)
    if number <= usual + 1:
        return None
    facts = {"customers": number, "usual": usual}
    return Sign(kind=Kind.BURST, share=at_once.share(one.actor, number), act=act, facts=facts)


def unusual_hour(month: Month, one: Dealing) -> Sign | None:
    """In hours in which the person hardly uses Kelmu, and the others neither."""
    share = month.habits.share_of_hour
    act = min(one.searches, key=share)
    return Sign(
        kind=Kind.UNUSUAL_HOUR,
        share=at_least_once(share(act), len(one.days)),
        act=act,
        facts={"hour": act.at.hour},
    )


def far_back(month: Month, one: Dealing) -> Sign | None:
    """Pages narrowed to begin further back than others of the purpose."""
    act = max(one.acts, key=lambda act: act.look_back_days)
    if not act.look_back_days:
        return None
    share = month.habits.back[act.purpose].share(act.look_back_days)
    return Sign(
        kind=Kind.FAR_BACK,
        share=at_least_once(share, len(one.days)),
        act=act,
        facts={"months": act.look_back_days // 30},
    )


def misses(month: Month, one: Dealing) -> Sign | None:
    """Several searches around found nobody, as when a code is guessed."""
    number, act = _most(month.habits.misses_at_once, one)
    if number < 2:
        return None
    share = month.habits.missed.share(one.actor, number)
    return Sign(kind=Kind.MISSES, share=share, act=act, facts={"misses": number})


def many_looked(month: Month, one: Dealing) -> Sign | None:
    """Many people looked the same customer up."""
    number, act = _most(month.habits.watchers, one)
    if number < 2:
        return None
    share = month.habits.watched.share(number)
    return Sign(kind=Kind.MANY_LOOKED, share=share, act=act, facts={"people": number})


def no_reference(month: Month, one: Dealing) -> Sign | None:
    """No case reference, though the person gives one as a rule; the rarer, the more of what was
    done around has none either."""
    without = [act for act in one.searches if not act.reference]
    if not without:
        return None
    rate = month.habits.share_without_reference(one.actor)
    around = month.habits.around(without[0])
    of_all = at_least(len(without), len(one.searches), rate)
    sitting = at_least(sum(not act.reference for act in around), len(around), rate)
    share = min(max(of_all, rate**MOST_WITHOUT), sitting)
    facts = {"given": round(100 * (1 - rate))}
    return Sign(kind=Kind.NO_REFERENCE, share=share, act=without[0], facts=facts)


def shared_reference(month: Month, one: Dealing) -> Sign | None:
    """Under a case reference that stands on several customers."""
    under = month.habits.customers_under
    told = [act for act in one.searches if act.reference]
    act = max(told, key=lambda act: len(under[act.reference]), default=None)
    if act is None or len(under[act.reference]) < 2:
        return None
    number = len(under[act.reference])
    share = month.habits.shared.share(number)
    return Sign(kind=Kind.SHARED_REFERENCE, share=share, act=act, facts={"customers": number})


def again_without_reference(month: Month, one: Dealing) -> Sign | None:
    """The customer is looked up day after day, and hardly anybody tells for which matter."""
    number = month.habits.visits_without(one.customer)
    without = [act for act in one.searches if not act.reference]
    if number < 2 or not without:
        return None
    share = month.habits.without.share(number)
    facts = {"times": number}
    return Sign(kind=Kind.AGAIN_WITHOUT_REFERENCE, share=share, act=without[-1], facts=facts)


def _most(number: Callable[[Act], int], one: Dealing) -> tuple[int, Act]:
    """The search around which there was most of something, the first of them, and how much."""
    act = max(one.searches, key=number)
    return number(act), act


SIGNS: list[Callable[[Month, Dealing], Sign | None]] = [
    same_surname,
    colleague,
    no_matter_here,
    burst,
    unusual_hour,
    far_back,
    misses,
    many_looked,
    no_reference,
    shared_reference,
    again_without_reference,
]
