"""Who gets what of a payment: the laws of a distribution, and its reasons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_demands.distribution import (
    Claim,
    Distribution,
    Outcome,
    Payment,
    Standing,
    Why,
    distribute,
    part_of,
    share_out,
)
from payment_demands.words import Measure, Recurrence

EUROS = st.integers(0, 300_000).map(lambda cents: Decimal(cents) / 100)
CLAIMS = st.lists(
    st.builds(
        Claim,
        key=st.uuids().map(str),
        rank=st.integers(1, 3),
        since=st.dates(date(2021, 2, 1), date(2026, 11, 20)).map(str),
        wanted=EUROS,
    ),
    max_size=6,
    unique_by=lambda claim: claim.key,
)
CASES = {"net": EUROS, "protected": EUROS, "claims": CLAIMS}
ORDER = ("rank", "since", "key")


def place(claim: Claim) -> tuple[object, ...]:
    return tuple(getattr(claim, name) for name in ORDER)


def laws(net: Decimal, protected: Decimal, claims: Sequence[Claim]) -> Distribution:
    """A distribution, once it has been found lawful."""
    shared = distribute(net, protected, claims)
    assert sum(part.paid for part in shared.parts) + shared.to_customer == net
    assert shared.to_customer >= min(protected, net)
    assert all(0 <= part.paid <= part.wanted for part in shared.parts)
    assert [part.key for part in shared.parts] == [one.key for one in sorted(claims, key=place)]
    short = [part.paid < part.wanted for part in shared.parts]
    if True in short:  # nobody is paid after somebody who got less than they wanted
        assert all(part.paid == 0 for part in shared.parts[short.index(True) + 1 :])
        assert shared.to_customer == min(protected, net)
    return shared


class TestTheLaws:
    @given(**CASES)
    def test_shares_add_up_none_is_negative_none_exceeds_and_order_holds(
        self, net: Decimal, protected: Decimal, claims: list[Claim]
    ) -> None:
        laws(net, protected, claims)

    @given(**CASES, added=st.builds(Claim, st.just("added"), st.just(9), st.just("9"), EUROS))
    def test_a_lower_ranked_demand_changes_no_higher_one(
        self, net: Decimal, protected: Decimal, claims: list[Claim], added: Claim
    ) -> None:
        before = distribute(net, protected, claims)
        assert distribute(net, protected, [*claims, added]).parts[:-1] == before.parts

    @given(**CASES, order=st.randoms())
    def test_it_does_not_matter_in_which_order_they_came(
        self, net: Decimal, protected: Decimal, claims: list[Claim], order: Random
    ) -> None:
        before = distribute(net, protected, claims)
        order.shuffle(claims)
        assert distribute(net, protected, claims) == before

    @pytest.mark.long
    @settings(max_examples=20_000)
    @given(**CASES)
    def test_the_laws_hold_in_very_many_cases(
        self, net: Decimal, protected: Decimal, claims: list[Claim]
    ) -> None:
        laws(net, protected, claims)

    @given(net=EUROS, percent=st.integers(0, 10_000).map(lambda part: Decimal(part) / 100))
    def test_a_share_is_whole_cents_and_never_too_much(
        self, net: Decimal, percent: Decimal
    ) -> None:
        share = part_of(net, percent)
        assert share == share.quantize(Decimal("0.01"))
        assert 0 <= net * percent / 100 - share < Decimal("0.01")


def claim(key: str, wanted: str, rank: int = 1) -> Claim:
    return Claim(key, rank, "2026-01-01", Decimal(wanted))


def outcomes(shared: Distribution) -> list[tuple[str, Outcome, Why]]:
    return [(str(part.paid), part.outcome, part.why) for part in shared.parts]


class TestWhy:
    def test_enough_for_all(self) -> None:
        shared = distribute(Decimal(500), Decimal(0), [claim("a", "200"), claim("b", "300")])
        assert {(part.outcome, part.why) for part in shared.parts} == {
            (Outcome.COVERED, Why.ENOUGH)
        }
        assert shared.to_customer == 0

    def test_those_before_took_it(self) -> None:
        claims = [claim("a", "200", 2), claim("b", "400", 1), claim("c", "10", 3)]
        assert outcomes(distribute(Decimal(500), Decimal(0), claims)) == [
            ("400", Outcome.COVERED, Why.ENOUGH),
            ("100", Outcome.PARTLY, Why.OTHERS_FIRST),
            ("0", Outcome.NOT_COVERED, Why.OTHERS_FIRST),
        ]

    def test_the_customer_keeps_what_the_law_protects(self) -> None:
        shared = distribute(Decimal(100), Decimal(15), [claim("a", "100")])
        assert outcomes(shared) == [("85", Outcome.PARTLY, Why.PROTECTED)]
        assert shared.to_customer == 15

    def test_the_payment_is_too_small(self) -> None:
        shared = distribute(Decimal(100), Decimal(0), [claim("a", "101")])
        assert outcomes(shared) == [("100", Outcome.PARTLY, Why.TOO_SMALL)]

    def test_nothing_is_left_to_demand(self) -> None:
        shared = distribute(Decimal(100), Decimal(0), [claim("a", "0")])
        assert outcomes(shared) == [("0", Outcome.COVERED, Why.NOTHING_LEFT_TO_DEMAND)]


CARE = Standing(
    key="care",
    rank=1,
    since="2026-01-01",
    first=date(2026, 12, 1),
    last=None,
    recurrence=Recurrence.RECURRENT,
    measure=Measure.SHARE,
    amount=None,
    share=Decimal(90),
    left=None,
    protected_percent=Decimal(15),
)
ADVANCE = replace(
    CARE,
    key="advance",
    rank=2,
    measure=Measure.WHOLE,
    share=None,
    left=Decimal(250),
    protected_percent=Decimal(0),
)


def month(number: int, net: str = "100.01") -> Payment:
    return Payment(
        date(2026, number, 7), date(2026, number, 1), date(2026, number, 28), Decimal(net)
    )


class TestManyPayments:
    def test_a_payment_before_its_time_is_none_of_its_business(self) -> None:
        before, after = share_out([month(11), month(12)], [CARE])
        assert (before.parts, before.to_customer) == ((), Decimal("100.01"))
        assert [str(part.paid) for part in after.parts] == ["85.01"]  # 15 per cent: 15.00

    def test_an_advance_is_paid_back_until_it_is_paid(self) -> None:
        months = [month(12, "100"), month(12, "100"), month(12, "100"), month(12, "100")]
        paid = [shared.parts[0].paid for shared in share_out(months, [ADVANCE])]
        assert paid == [100, 100, 50, 0]

    def test_a_part_protected_from_care_is_protected_from_all(self) -> None:
        (shared,) = share_out([month(12, "100")], [ADVANCE, CARE])
        assert [part.key for part in shared.parts] == ["care", "advance"]
        assert [part.paid for part in shared.parts] == [85, 0]
