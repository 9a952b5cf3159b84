"""Households, and the sums that depend on the number of children."""

from datetime import date
from itertools import pairwise
from random import Random

import pytest

from demo.population import amounts
from demo.population.families import child_benefit_steps
from demo.population.people import People, Person
from demo.population.places import Place, Places

TODAY = date(2026, 11, 21)
NOWHERE = Place("837", "08", "Pirkanmaan hyvinvointialue", 0.0)


@pytest.fixture(scope="module")
def people() -> People:
    return People(Random(7), TODAY, Places(TODAY), [])  # noqa: S311 - people, no secrets


def child(born: date) -> Person:
    return Person("", "Lapsi", "Perheellinen", False, born, NOWHERE, "fi", "0000")


def test_a_household_lives_in_one_place_and_has_room_for_no_more(people: People) -> None:
    for at_most in (1, 2, 3, 6) * 100:
        home = people.household(at_most)
        assert 1 <= len(home.members) <= at_most
        assert len({member.place for member in home.members}) == 1
        assert all(adult.age(TODAY) >= 18 for adult in home.adults)


def test_children_are_children_and_brothers_and_sisters_apart(people: People) -> None:
    homes = [people.household(6) for _ in range(400)]
    assert sum(bool(home.children) for home in homes) > 50
    for home in homes:
        births = [member.birth_date for member in home.children]
        assert births == sorted(births)
        assert all(member.age(TODAY) < 18 for member in home.children)
        gaps = [later - earlier for earlier, later in pairwise(births)]
        assert all(gap.days > 270 for gap in gaps)
        if births:
            assert (births[0] - home.adults[0].birth_date).days > 18 * 365


def test_child_benefit_follows_the_number_of_children_under_17() -> None:
    children = [child(date(2009, 3, 10)), child(date(2023, 6, 20))]
    steps = child_benefit_steps(
        amounts.read(), children, date(2009, 4, 1), date(2040, 6, 30), single=False
    )
    first_child = 9488
    both = first_child * (1000 + 1105) // 1000
    assert dict(steps)[date(2023, 7, 1)] == both
    assert dict(steps)[date(2026, 4, 1)] == first_child  # the elder one is 17
    assert steps[-1] == (date(2026, 4, 1), first_child)


def test_a_single_parent_gets_more_for_each_child() -> None:
    children = [child(date(2020, 3, 10)), child(date(2023, 6, 20))]
    read = amounts.read()
    sums = [
        child_benefit_steps(read, children, date(2020, 4, 1), date(2026, 1, 1), single=single)[-1][
            1
        ]
        for single in (False, True)
    ]
    assert sums[1] - sums[0] == 2 * 9488 * 720 // 1000
