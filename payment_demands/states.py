"""Which step leads from which state to which, and who takes it: one table.

It is mirrored in the database, where a trigger refuses whatever stands in no row
(migrations/0002_rules.sql).
"""

from dataclasses import dataclass

from payment_demands.words import Actor, State, Step

NOTHING = ""  # the state of a demand that is not there yet


@dataclass(frozen=True, slots=True)
class Transition:
    step: Step
    before: str
    after: State
    by: Actor


def _rows(step: Step, by: Actor, *ways: tuple[str, State]) -> list[Transition]:
    return [Transition(step, before, after, by) for before, after in ways]


D, R, K, A = State.DRAFT, State.REGISTERED, State.RECEIVED, State.ACCEPTED
TRANSITIONS = (
    *_rows(Step.SAVE, Actor.CLAIMANT, (NOTHING, D), (D, D)),
    *_rows(Step.REGISTER, Actor.CLAIMANT, (NOTHING, R), (D, R)),
    # What Kela has seen or accepted is changed by telling it anew: Kela answers anew.
    *_rows(Step.EDIT, Actor.CLAIMANT, (R, R), (K, R), (A, R)),
    *_rows(Step.END, Actor.CLAIMANT, *((one, State.ENDED) for one in (R, K, A))),
    *_rows(Step.VOID, Actor.CLAIMANT, *((one, State.VOIDED) for one in (D, R, K, A))),
    *_rows(Step.RECEIVE, Actor.KELA, (R, K)),
    *_rows(Step.ACCEPT, Actor.KELA, (R, A), (K, A)),
    *_rows(Step.REJECT, Actor.KELA, (R, State.REJECTED), (K, State.REJECTED)),
    *_rows(Step.TRANSFER, Actor.OPERATOR, *((one, one) for one in (D, R, K, A, State.ENDED))),
)


def steps(state: str, by: Actor) -> tuple[Step, ...]:
    """What somebody on that side may do to a demand in the state."""
    return tuple(row.step for row in TRANSITIONS if row.before == state and row.by is by)


def after(step: Step, state: str, by: Actor) -> State | None:
    """The state to which the step leads; None where it may not be taken."""
    for row in TRANSITIONS:
        if (row.step, row.before, row.by) == (step, state, by):
            return row.after
    return None
