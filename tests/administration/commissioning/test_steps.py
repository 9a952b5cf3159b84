"""How each step of commissioning stands: derived from what is known, never ticked twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from administration.commissioning.steps import (
    BY_ORGANISATION,
    Facts,
    Side,
    State,
    Step,
    next_of,
    progress,
)
from organisations.models import (
    Agreement,
    RecordedStep,
    StepState,
)
from tests.harness import TODAY

TOMORROW = TODAY + timedelta(days=1)
MANDATE_STEPS = {
    Step.NEW_MANDATE,
    Step.MANDATE_RIGHTS,
    Step.EMPLOYEES_TOLD,
    Step.MANDATES_GRANTED,
}


def at(step: Agreement.Step, validity: DateRange | None = None) -> Facts:
    """An agreement that has come so far, of which nothing else is known."""
    return Facts(agreement=Agreement(step=step, validity=validity), on=TODAY)


SENT = replace(at(Agreement.Step.SENT), is_agreed=True)
SIGNED = replace(at(Agreement.Step.SIGNED_BY_KELA), is_agreed=True)


def recorded(**states: StepState) -> dict[str, StepState]:
    return states


def states(facts: Facts) -> dict[Step, State]:
    return {one.step: one.state for one in progress(facts)}


def turns(facts: Facts) -> tuple[list[Step], list[Step]]:
    """What the organisation and Kela do next."""
    steps = progress(facts)
    return next_of(steps, Side.ORGANISATION), next_of(steps, Side.KELA)


def test_at_first_only_kela_acts() -> None:
    assert turns(at(Agreement.Step.RIGHT_EXAMINED)) == ([], [Step.CONTENT])


def test_a_version_that_nobody_approved_is_not_agreed() -> None:
    facts = at(Agreement.Step.DRAFT)
    assert states(facts)[Step.CONTENT] is State.OPEN


def test_once_the_names_are_known_the_right_to_grant_is_applied_for_beside_all_else() -> None:
    facts = at(Agreement.Step.DRAFT)
    assert states(facts)[Step.MANDATE_RIGHTS] is State.LATER
    assert states(replace(facts, authorizers=("Vilma",)))[Step.MANDATE_RIGHTS] is State.OPEN


def test_what_runs_side_by_side_when_the_agreement_has_been_sent() -> None:
    organisation, kela = turns(replace(SENT, authorizers=("Vilma", "Martta")))
    assert organisation == [Step.AGREEMENT, Step.SECURITY, Step.MANDATE_RIGHTS, Step.EMPLOYEES_TOLD]
    assert kela == [Step.IMPLEMENTED, Step.NEW_MANDATE]


@pytest.mark.parametrize(
    ("step", "side"),
    [
        (Agreement.Step.DRAFT, Side.KELA),
        (Agreement.Step.SENT, Side.ORGANISATION),
        (Agreement.Step.SIGNED_BY_ORGANISATION, Side.KELA),
    ],
)
def test_the_agreement_goes_from_one_to_the_other(step: Agreement.Step, side: Side) -> None:
    [agreement] = [
        one for one in progress(replace(at(step), is_agreed=True)) if one.step is Step.AGREEMENT
    ]
    assert (agreement.state, agreement.side) == (State.OPEN, side)


def test_it_is_tested_once_implemented_and_by_the_preview_alone() -> None:
    assert states(SENT)[Step.TESTED] is State.LATER
    implemented = replace(SENT, records=recorded(implemented=StepState.DONE))
    assert states(implemented)[Step.TESTED] is State.OPEN
    assert states(replace(implemented, is_tested=True))[Step.TESTED] is State.DONE


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (StepState.OPEN, State.OPEN),
        (StepState.ASKED, State.WAITING),
        (StepState.DONE, State.DONE),
        (StepState.NOT_NEEDED, State.DONE),
    ],
)
def test_a_new_mandate_is_asked_for_if_needed(said: StepState, state: State) -> None:
    facts = replace(SENT, records=recorded(new_mandate=said))
    assert states(facts)[Step.NEW_MANDATE] is state


@pytest.mark.parametrize("both_ways", [False, True])
def test_mandates_are_needed_where_people_log_in(both_ways: bool) -> None:
    facts = replace(SENT, by_technical_interface=both_ways)
    assert State.FALLS_AWAY not in {states(facts)[step] for step in MANDATE_STEPS}
    attests = states(facts)[Step.ACCESS_ATTESTED]
    assert attests is (State.OPEN if both_ways else State.FALLS_AWAY)


def test_with_the_technical_interface_alone_they_fall_away_and_access_is_attested() -> None:
    facts = replace(SENT, by_user_interface=False, by_technical_interface=True)
    found = states(facts)
    assert {step for step in Step if found[step] is State.FALLS_AWAY} == MANDATE_STEPS
    assert found[Step.ACCESS_ATTESTED] is State.OPEN
    assert not facts.has_too_few_authorizers
    attested = replace(facts, records=recorded(access_attested=StepState.DONE))
    assert states(attested)[Step.ACCESS_ATTESTED] is State.DONE


@pytest.mark.parametrize(("names", "too_few"), [(0, True), (1, True), (2, False), (3, False)])
def test_fewer_than_two_authorizers_are_too_few(names: int, too_few: bool) -> None:
    assert replace(SENT, authorizers=("x",) * names).has_too_few_authorizers is too_few


def test_a_mandate_seen_at_a_login_proves_the_right_to_grant_and_the_grant() -> None:
    found = states(replace(SENT, mandates_seen={"social_assistance_customers": TODAY}))
    assert found[Step.MANDATE_RIGHTS] is found[Step.MANDATES_GRANTED] is State.DONE


def test_mandates_are_granted_after_dvv_has_given_the_right() -> None:
    asked = replace(SENT, records=recorded(mandate_rights=StepState.ASKED))
    given_ = replace(SENT, records=recorded(mandate_rights=StepState.DONE))
    assert states(asked)[Step.MANDATE_RIGHTS] is State.WAITING
    assert states(asked)[Step.MANDATES_GRANTED] is State.LATER
    assert states(given_)[Step.MANDATES_GRANTED] is State.OPEN


@pytest.mark.parametrize("missing", ["is_tested", "security_in_order", "signature"])
def test_the_day_of_use_waits_for_the_test_the_signatures_and_data_security(missing: str) -> None:
    ready = replace(SIGNED, is_tested=True, security_in_order=True)
    assert states(ready)[Step.IN_USE] is State.OPEN
    unsigned = Agreement(step=Agreement.Step.SIGNED_BY_ORGANISATION)
    lacks = {"agreement": unsigned} if missing == "signature" else {missing: False}
    assert states(replace(ready, **lacks))[Step.IN_USE] is State.LATER


@pytest.mark.parametrize(("first", "state"), [(TOMORROW, State.WAITING), (TODAY, State.DONE)])
def test_it_is_in_use_from_its_day_on(first: date, state: State) -> None:
    facts = replace(
        SIGNED, agreement=at(Agreement.Step.SIGNED_BY_KELA, DateRange(first, None)).agreement
    )
    assert states(facts)[Step.IN_USE] is state


def test_an_agreement_long_in_use_waits_for_nothing_but_the_yearly_assessment() -> None:
    agreement = Agreement(
        step=Agreement.Step.SIGNED_BY_KELA, validity=DateRange(date(2023, 1, 1), None)
    )
    facts = Facts(agreement=agreement, on=TODAY, is_agreed=True, mandates_seen={"x": TODAY})
    assert turns(facts) == ([Step.SECURITY], [])


FACTS = st.builds(
    Facts,
    agreement=st.builds(
        Agreement,
        step=st.sampled_from(Agreement.Step),
        validity=st.sampled_from([None, DateRange(TODAY, None), DateRange(TOMORROW, None)]),
    ),
    on=st.just(TODAY),
    is_agreed=st.booleans(),
    by_user_interface=st.booleans(),
    by_technical_interface=st.booleans(),
    is_tested=st.booleans(),
    records=st.builds(
        lambda pairs: recorded(**pairs),
        st.dictionaries(st.sampled_from(RecordedStep.values), st.sampled_from(StepState)),
    ),
    security_in_order=st.booleans(),
    authorizers=st.sampled_from([(), ("a",), ("a", "b")]),
    mandates_seen=st.sampled_from([{}, {"x": TODAY}]),
)


@given(FACTS)
def test_whatever_is_known_every_step_stands_somewhere_and_every_turn_is_somebodys(
    facts: Facts,
) -> None:
    steps = progress(facts)
    assert [one.step for one in steps] == list(Step)
    organisation, kela = turns(facts)
    assert not set(organisation) & set(kela)
    assert set(organisation) <= BY_ORGANISATION | {Step.AGREEMENT}
    assert set(organisation) | set(kela) == {one.step for one in steps if one.state is State.OPEN}


@given(FACTS)
def test_more_that_is_done_never_takes_a_step_back(facts: Facts) -> None:
    more = replace(
        facts,
        is_tested=True,
        security_in_order=True,
        records={
            **facts.records,
            **recorded(implemented=StepState.DONE, employees_told=StepState.DONE),
        },
    )
    before, after = states(facts), states(more)
    assert {step for step in Step if before[step] is State.DONE} <= {
        step for step in Step if after[step] is State.DONE
    }
