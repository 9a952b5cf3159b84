"""The steps from the right to the day of use: how each stands, and whose turn it is.

What other data tells of is derived and never ticked a second time; the rest is recorded
(`organisations.models.CommissioningRecord`). Kela's instructions to organisations (29.5.2024) and
its webinar of 29.9.2022 name the steps and those that run side by side.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from organisations.models import (
    Agreement,
    RecordedStep,
    Standing,
    StepState,
)

ENOUGH_AUTHORIZERS = 2


class Step(StrEnum):
    """In the order in which they are shown."""

    RIGHT = "right"
    CONTENT = "content"
    IMPLEMENTED = "implemented"
    TESTED = "tested"
    NEW_MANDATE = "new_mandate"
    AGREEMENT = "agreement"
    SECURITY = "security"
    MANDATE_RIGHTS = "mandate_rights"
    EMPLOYEES_TOLD = "employees_told"
    ACCESS_ATTESTED = "access_attested"
    MANDATES_GRANTED = "mandates_granted"
    IN_USE = "in_use"


class State(StrEnum):
    """How a step stands: WAITING is with DVV or for a day, LATER after other steps."""

    DONE = "done"
    OPEN = "open"
    WAITING = "waiting"
    LATER = "later"
    FALLS_AWAY = "falls_away"


class Side(StrEnum):
    """Who must act."""

    KELA = "kela"
    ORGANISATION = "organisation"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the steps of an agreement follow from. `done_on` says since when: by the names of
    the agreement's steps, of what is recorded, and of what follows from versions and security."""

    agreement: Agreement
    on: date
    is_agreed: bool = False
    by_user_interface: bool = True
    by_technical_interface: bool = False
    is_tested: bool = False
    records: Mapping[str, StepState] = field(default_factory=dict)
    done_on: Mapping[str, date] = field(default_factory=dict)
    security_in_order: bool = False
    security_since: date | None = None
    authorizers: tuple[str, ...] = ()
    mandates_seen: Mapping[str, date] = field(default_factory=dict)
    is_used: bool = False

    @property
    def standing(self) -> Standing:
        return self.agreement.standing(self.on)

    @property
    def has_begun(self) -> bool:
        """Whether the day of use has come: what it waited for has been done."""
        return self.standing not in {Standing.UNDER_WAY, Standing.COMING}

    @property
    def is_sent(self) -> bool:
        """Whether the organisation has the agreement, and its people their own pages."""
        steps = Agreement.Step
        return self.agreement.step not in {steps.RIGHT_EXAMINED, steps.DRAFT}

    @property
    def has_too_few_authorizers(self) -> bool:
        return self.by_user_interface and len(self.authorizers) < ENOUGH_AUTHORIZERS

    def recorded(self, step: RecordedStep) -> StepState:
        return self.records.get(step, StepState.OPEN)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a step stands, and whose it is."""

    step: Step
    state: State
    side: Side


def progress(facts: Facts) -> list[Progress]:
    """Every step of an agreement, in order."""
    return [Progress(step, STATES[step](facts), side_of(step, facts)) for step in Step]


def waits_since(facts: Facts, steps: list[Step]) -> date | None:
    """Since when the first of these open steps could be done; none if that is not known."""
    found = (_latest(facts, WAITS_FOR[step]) for step in steps)
    return min(filter(None, found), default=None)


def _latest(facts: Facts, names: Iterable[str]) -> date | None:
    return max((facts.done_on[name] for name in names if name in facts.done_on), default=None)


def next_of(steps: list[Progress], side: Side) -> list[Step]:
    """What a side can and must do now."""
    return [one.step for one in steps if one.state is State.OPEN and one.side is side]


def side_of(step: Step, facts: Facts) -> Side:
    """Whose step it is; the agreement goes from one to the other and back."""
    if step is Step.AGREEMENT:
        is_to_sign = facts.agreement.step == Agreement.Step.SENT
        return Side.ORGANISATION if is_to_sign else Side.KELA
    return Side.ORGANISATION if step in BY_ORGANISATION else Side.KELA


BY_ORGANISATION = {
    Step.SECURITY,
    Step.MANDATE_RIGHTS,
    Step.EMPLOYEES_TOLD,
    Step.ACCESS_ATTESTED,
    Step.MANDATES_GRANTED,
}


BEGUN, SENT, BY_ORGANISATION_SIGNED, BY_KELA_SIGNED = (
    Agreement.Step.RIGHT_EXAMINED.value,
    Agreement.Step.SENT.value,
    Agreement.Step.SIGNED_BY_ORGANISATION.value,
    Agreement.Step.SIGNED_BY_KELA.value,
)
# After what each step can be done: the latest of it says since when it waits.
WAITS_FOR: dict[Step, tuple[str, ...]] = {
    Step.RIGHT: (),
    Step.CONTENT: (BEGUN,),
    Step.IMPLEMENTED: (Step.CONTENT,),
    Step.TESTED: (Step.IMPLEMENTED,),
    Step.NEW_MANDATE: (Step.CONTENT,),
    Step.AGREEMENT: (Step.CONTENT, SENT, BY_ORGANISATION_SIGNED),
    Step.SECURITY: (SENT,),
    Step.MANDATE_RIGHTS: (SENT,),
    Step.EMPLOYEES_TOLD: (SENT,),
    Step.ACCESS_ATTESTED: (SENT,),
    Step.MANDATES_GRANTED: (Step.MANDATE_RIGHTS,),
    Step.IN_USE: (Step.TESTED, BY_KELA_SIGNED, Step.SECURITY),
}


def _right(facts: Facts) -> State:
    """An agreement is only entered once the right has been examined."""
    return State.DONE


def _content(facts: Facts) -> State:
    return State.DONE if facts.is_agreed or facts.has_begun else State.OPEN


def _implemented(facts: Facts) -> State:
    done = facts.recorded(RecordedStep.IMPLEMENTED) is StepState.DONE
    return State.DONE if done or facts.has_begun else _after(facts, _content)


def _tested(facts: Facts) -> State:
    if facts.is_tested or facts.has_begun:
        return State.DONE
    return _after(facts, _implemented)


def _new_mandate(facts: Facts) -> State:
    if not facts.by_user_interface:
        return State.FALLS_AWAY
    match facts.recorded(RecordedStep.NEW_MANDATE):
        case StepState.DONE | StepState.NOT_NEEDED:
            return State.DONE
        case StepState.ASKED:
            return State.WAITING
    return State.DONE if facts.has_begun else _after(facts, _content)


def _agreement(facts: Facts) -> State:
    if facts.agreement.step == Agreement.Step.SIGNED_BY_KELA:
        return State.DONE
    return State.OPEN if facts.is_sent else _after(facts, _content)


def _security(facts: Facts) -> State:
    if facts.security_in_order:
        return State.DONE
    return State.OPEN if facts.is_sent else State.LATER


def _mandate_rights(facts: Facts) -> State:
    """It can be applied for as soon as the names of the authorizers are known."""
    if not facts.by_user_interface:
        return State.FALLS_AWAY
    recorded = facts.recorded(RecordedStep.MANDATE_RIGHTS)
    if recorded is StepState.DONE or facts.mandates_seen:
        return State.DONE
    if recorded is StepState.ASKED:
        return State.WAITING
    return State.OPEN if facts.authorizers or facts.is_sent else State.LATER


def _employees_told(facts: Facts) -> State:
    if not facts.by_user_interface:
        return State.FALLS_AWAY
    told = facts.recorded(RecordedStep.EMPLOYEES_TOLD) is StepState.DONE
    if told or (facts.has_begun and facts.mandates_seen):
        return State.DONE
    return State.OPEN if facts.authorizers and facts.is_sent else State.LATER


def _access_attested(facts: Facts) -> State:
    if not facts.by_technical_interface:
        return State.FALLS_AWAY
    if facts.recorded(RecordedStep.ACCESS_ATTESTED) is StepState.DONE:
        return State.DONE
    return State.OPEN if facts.is_sent else State.LATER


def _mandates_granted(facts: Facts) -> State:
    if not facts.by_user_interface:
        return State.FALLS_AWAY
    if facts.mandates_seen:
        return State.DONE
    return State.OPEN if _mandate_rights(facts) is State.DONE else State.LATER


def _in_use(facts: Facts) -> State:
    match facts.standing:
        case Standing.UNDER_WAY:
            waits_for = (_tested, _agreement, _security)
            is_ready = all(state(facts) is State.DONE for state in waits_for)
            return State.OPEN if is_ready else State.LATER
        case Standing.COMING:
            return State.WAITING
    return State.DONE


def _after(facts: Facts, earlier: Callable[[Facts], State]) -> State:
    return State.OPEN if earlier(facts) is State.DONE else State.LATER


STATES: dict[Step, Callable[[Facts], State]] = {
    Step.RIGHT: _right,
    Step.CONTENT: _content,
    Step.IMPLEMENTED: _implemented,
    Step.TESTED: _tested,
    Step.NEW_MANDATE: _new_mandate,
    Step.AGREEMENT: _agreement,
    Step.SECURITY: _security,
    Step.MANDATE_RIGHTS: _mandate_rights,
    Step.EMPLOYEES_TOLD: _employees_told,
    Step.ACCESS_ATTESTED: _access_attested,
    Step.MANDATES_GRANTED: _mandates_granted,
    Step.IN_USE: _in_use,
}
