"""The rule engine, against the rule as one would say it to a lawyer."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from suomifi_simulator.cast import Grant
from suomifi_simulator.rules import mandates_of, themes

ORGANISATIONS = ["county", "town", "union"]
PEOPLE = ["aino", "yrjo"]
MANDATES = ["benefits", "materials", "lists"]
DAY = date(2023, 1, 1)

days = st.integers(-2, 2).map(lambda n: DAY + timedelta(days=n))
organisations = st.sampled_from(ORGANISATIONS)
people = st.sampled_from(PEOPLE)
mandates = st.frozensets(st.sampled_from(MANDATES), min_size=1)
times = {"valid_from": days, "until": days}
transactions = st.builds(
    Grant, giver=organisations, mandates=mandates, to_person=people, **times
) | st.builds(Grant, giver=organisations, mandates=mandates, to_organisation=organisations, **times)
representations = st.builds(
    Grant,
    giver=organisations,
    mandates=mandates,
    to_person=people,
    kind=st.just("representation"),
    via=organisations,
    **times,
)
grants = st.lists(transactions | representations, max_size=8)


def may(person: str, organisation: str, mandate: str, given_to: list[Grant], day: date) -> bool:
    """Directly, or as the employee of a body to which the organisation gave the same mandate."""

    def holds(grant: Grant, **parties: str | None) -> bool:
        named = {
            "giver": organisation,
            "to_person": None,
            "to_organisation": None,
            "via": None,
        } | parties
        in_time = not (day < grant.valid_from or day > grant.until)
        return in_time and mandate in grant.mandates and vars(grant).items() >= named.items()

    def exists(**parties: str | None) -> bool:
        return any(holds(grant, **parties) for grant in given_to)

    return exists(to_person=person) or any(
        exists(to_person=person, via=body) and exists(to_organisation=body)
        for body in ORGANISATIONS
    )


@given(people, grants, days)
def test_the_engine_forwards_what_the_rule_says_and_nothing_else(
    person: str, given_to: list[Grant], day: date
) -> None:
    expected = {
        (organisation, mandate)
        for organisation in ORGANISATIONS
        for mandate in MANDATES
        if may(person, organisation, mandate, given_to, day)
    }
    reached = mandates_of(person, given_to, day)
    assert {(giver, mandate) for giver, found in reached.items() for mandate in found} == expected
    assert all(reached.values())


@given(people, grants, days)
def test_one_grant_less_never_gives_more(person: str, given_to: list[Grant], day: date) -> None:
    full = mandates_of(person, given_to, day)
    for index in range(len(given_to)):
        less = mandates_of(person, given_to[:index] + given_to[index + 1 :], day)
        assert all(found <= full[giver] for giver, found in less.items())


@given(people, st.lists(representations), days)
def test_a_mandate_to_represent_alone_grants_nothing(
    person: str, given_to: list[Grant], day: date
) -> None:
    assert mandates_of(person, given_to, day) == {}


def test_an_organisations_mandate_does_not_reach_its_employees() -> None:
    passed_on = Grant("town", frozenset({"benefits"}), to_organisation="union")
    own = Grant("union", frozenset({"lists"}), to_person="yrjo")
    assert mandates_of("yrjo", [passed_on, own], DAY) == {"union": frozenset({"lists"})}


def test_the_last_day_is_valid_and_the_next_is_not() -> None:
    grant = Grant("town", frozenset({"lists"}), to_person="aino", valid_from=DAY, until=DAY)
    one = timedelta(days=1)
    reached = [bool(mandates_of("aino", [grant], day)) for day in (DAY - one, DAY, DAY + one)]
    assert reached == [False, True, False]


def test_a_theme_is_named_by_its_identifier() -> None:
    assert themes({"b", "a"}) == [
        "http://valtuusrekisteri.suomi.fi/kelmu_a",
        "http://valtuusrekisteri.suomi.fi/kelmu_b",
    ]
