"""What stands out from an organisation's habits is ranked first, and says why."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from oversight.detection.acts import Act, Pair, Tie
from oversight.detection.ranking import SHARE, Odd, listed, ranked, within
from oversight.detection.signs import Kind
from tests.oversight.detecting import MONDAY, act, ordinary

USUAL = ordinary()


def first(odd_acts: Sequence[Act], ties: dict[Pair, Tie] | None = None) -> Odd:
    """What stands out most in a month of usual work with these acts in it."""
    return ranked([*USUAL, *odd_acts], [], ties or {})[0]


def kinds(odd: Odd) -> set[Kind]:
    return {sign.kind for sign in odd.signs}


class TestSigns:
    def test_usual_work_stands_out_in_nothing(self) -> None:
        assert ranked(USUAL, [], {}) == []

    def test_ties_between_the_person_and_the_customer(self) -> None:
        for tie, kind in [
            (Tie(namesakes=0.001), Kind.SAME_SURNAME),
            (Tie(is_colleague=True), Kind.COLLEAGUE),
            (Tie(is_elsewhere=True), Kind.NO_MATTER_HERE),
        ]:
            one = USUAL[5]
            found = first([], {one.pair: tie})
            assert found.dealing.customer == one.customer
            assert kinds(found) == {kind}

    def test_a_common_surname_says_less_than_a_rare_one(self) -> None:
        rare, common = USUAL[5].pair, USUAL[7].pair
        found = ranked(USUAL, [], {rare: Tie(namesakes=0.001), common: Tie(namesakes=0.05)})
        assert [one.dealing.acts[0].pair for one in found] == [rare, common]

    def test_a_burst(self) -> None:
        at = MONDAY + timedelta(hours=4)
        many = [act(500 + n, at + timedelta(minutes=n)) for n in range(15)]
        [sign] = [one for one in first(many).signs if one.kind is Kind.BURST]
        assert sign.facts == {"customers": 15, "usual": 1}

    def test_an_unusual_hour(self) -> None:
        found = first([act(500, MONDAY + timedelta(hours=15))])
        assert [(one.kind, one.facts) for one in found.signs] == [(Kind.UNUSUAL_HOUR, {"hour": 23})]

    def test_a_look_far_back(self) -> None:
        found = first([act(500, is_search=False, look_back_days=1000), act(500)])
        assert Kind.FAR_BACK in kinds(found)

    def test_repeated_misses(self) -> None:
        tried = [
            act(500 + n, MONDAY + timedelta(minutes=n), is_miss=True, reference="SOS-1")
            for n in range(6)
        ]
        assert Kind.MISSES in kinds(first(tried))

    def test_a_customer_whom_many_look_up(self) -> None:
        famous = UUID(int=9)
        many = [
            act(500 + n, MONDAY + timedelta(days=n), actor=UUID(int=n), customer=famous)
            for n in range(1, 7)
        ]
        found = first(many)
        assert found.dealing.customer == famous
        assert Kind.MANY_LOOKED in kinds(found)

    def test_no_case_reference_by_somebody_who_gives_one(self) -> None:
        assert kinds(first([act(500, reference="")])) == {Kind.NO_REFERENCE}

    def test_the_same_reference_on_many_customers(self) -> None:
        at = MONDAY + timedelta(days=1)
        many = [act(500 + n, at + timedelta(days=n), reference="SOS-1") for n in range(5)]
        assert Kind.SHARED_REFERENCE in kinds(first(many))

    def test_somebody_looked_up_day_after_day_for_no_matter(self) -> None:
        often = [
            act(500 + n, MONDAY + timedelta(days=3 * n), customer=UUID(int=9), reference="")
            for n in range(8)
        ]
        assert Kind.AGAIN_WITHOUT_REFERENCE in kinds(first(often))

    def test_what_somebody_always_does_is_no_sign(self) -> None:
        at_night = [
            act(500 + n, MONDAY + timedelta(days=n, hours=15), actor=UUID(int=77), reference="")
            for n in range(300)
        ]
        found = ranked([*USUAL, *at_night[270:]], at_night[:270], {})
        assert not [one for one in found if one.dealing.actor == UUID(int=77)]


MOMENTS = st.integers(0, 30 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
ACTS = st.builds(
    act,
    st.integers(0, 500),
    MOMENTS,
    actor=st.integers(1, 4).map(lambda n: UUID(int=n)),
    customer=st.integers(1000, 1012).map(lambda n: UUID(int=n)),
    is_search=st.booleans(),
    is_miss=st.booleans(),
    reference=st.sampled_from(["", "SOS-1", "SOS-2"]),
    look_back_days=st.sampled_from([0, 0, 90, 1000]),
)
MONTHS = st.lists(ACTS, max_size=40, unique_by=lambda one: one.id)


class TestLaws:
    @given(MONTHS, st.randoms())
    def test_the_order_of_the_acts_changes_nothing(self, month: list[Act], chance: Random) -> None:
        mixed = month.copy()
        chance.shuffle(mixed)
        assert ranked(mixed, mixed[:0], {}) == ranked(month, [], {})

    @given(MONTHS)
    def test_each_stands_once_and_the_oddest_first(self, month: list[Act]) -> None:
        found = ranked(month, [], {})
        assert len({one.dealing.acts[0].pair for one in found}) == len(found)
        points = [round(one.points, 9) for one in found]
        assert points == sorted(points, reverse=True)
        assert all(one.signs and one.act in one.dealing.acts for one in found)

    @given(MONTHS, st.integers(0, 1000), st.integers(0, 30))
    def test_a_list_is_never_longer_than_it_may_be(
        self, month: list[Act], acts: int, most: int
    ) -> None:
        found = ranked(month, [], {})
        assert sum(len(one.dealing.acts) for one in within(found, acts)) <= SHARE * acts
        assert len(listed(found, acts, most)) <= most

    def test_one_persons_day_does_not_fill_it(self) -> None:
        many = [act(500 + n, MONDAY + timedelta(minutes=n), reference="") for n in range(30)]
        found = listed(ranked([*USUAL, *many], [], {}), 10_000, 20)
        assert len([one for one in found if one.act.day == MONDAY.date()]) == 3
