"""Which step leads from which state to which, and who takes it: one table.

It is mirrored in the database, where a trigger refuses whatever stands in no row
(migrations/0001_initial.sql).
"""

from dataclasses import dataclass

from documents.words import AT_KELA, Actor, State, Step


@dataclass(frozen=True, slots=True)
class Way:
    step: Step
    before: State
    after: State
    by: Actor


def _ways(step: Step, by: Actor, after: State, *before: State) -> list[Way]:
    return [Way(step, one, after, by) for one in before]


WAYS = (
    *_ways(Step.SEND, Actor.SENDER, State.RECEIVED, State.DRAFT),
    *_ways(Step.WAIT, Actor.SERVICE, State.CHECKING, State.RECEIVED),
    *_ways(Step.CLEAR, Actor.SERVICE, State.CHECKED, State.RECEIVED, State.CHECKING),
    *_ways(Step.REFUSE, Actor.SERVICE, State.REFUSED, State.RECEIVED, State.CHECKING),
    *_ways(Step.DELIVER, Actor.SERVICE, State.SENT, State.CHECKED),
    *_ways(Step.GIVE_UP, Actor.SERVICE, State.STUCK, State.CHECKED),
    *_ways(Step.AGAIN, Actor.KELA, State.CHECKED, State.STUCK),
    *_ways(Step.RECEIVE, Actor.KELA, State.ACKNOWLEDGED, State.SENT),
    *_ways(Step.ASK, Actor.KELA, State.ASKED, State.SENT, State.ACKNOWLEDGED),
    *_ways(Step.ANSWER, Actor.SENDER, State.ANSWERED, State.ASKED),
    *_ways(Step.TAKE, Actor.KELA, State.TAKEN, *AT_KELA),
    *_ways(Step.RETURN, Actor.KELA, State.RETURNED, *AT_KELA),
)


def steps(state: str, by: Actor) -> tuple[Step, ...]:
    """What somebody on that side may do to a sending in the state."""
    return tuple(way.step for way in WAYS if way.before == state and way.by is by)


def after(step: Step, state: str, by: Actor) -> State | None:
    """The state to which the step leads; None where it may not be taken."""
    for way in WAYS:
        if (way.step, way.before, way.by) == (step, state, by):
            return way.after
    return None
