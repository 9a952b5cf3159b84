"""Distribution of a payment (maksunjako): who gets what of it. Knows no database and no page.

Kela's order is not public; the order and the protected part come from data/payment_demands.toml,
where each row names its source or is marked as an assumption.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from payment_demands.words import Measure, Recurrence

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


class Outcome(StrEnum):
    COVERED = "covered"
    PARTLY = "partly"
    NOT_COVERED = "not_covered"


class Why(StrEnum):
    """Why a demand got what it got."""

    ENOUGH = "enough"
    NOTHING_LEFT_TO_DEMAND = "nothing_left_to_demand"  # an advance or a sum was paid back in full
    OTHERS_FIRST = "others_first"
    PROTECTED = "protected"  # the customer keeps the rest
    TOO_SMALL = "too_small"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a demand wants of one payment. Lower ranks come first, then what was registered first;
    `key` decides between equals, so that the order never depends on how the claims came."""

    key: str
    rank: int
    since: str
    wanted: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What a demand gets of a payment."""

    key: str
    wanted: Decimal
    paid: Decimal
    why: Why

    @property
    def outcome(self) -> Outcome:
        if self.paid == self.wanted:
            return Outcome.COVERED
        return Outcome.PARTLY if self.paid else Outcome.NOT_COVERED


@dataclass(frozen=True, slots=True)
class Distribution:
    """A payment as it is shared out: its parts in their order, the rest to the customer."""

    net: Decimal
    protected: Decimal
    parts: tuple[Part, ...]
    to_customer: Decimal

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)


def distribute(net: Decimal, protected: Decimal, claims: Iterable[Claim]) -> Distribution:
    """Shares out a payment of `net` euros, of which the customer keeps at least `protected`."""
    kept = min(protected, net)
    left = net - kept
    parts: list[Part] = []
    for claim in sorted(claims, key=lambda one: (one.rank, one.since, one.key)):
        paid = min(claim.wanted, left)
        others = any(part.paid for part in parts)
        parts.append(Part(claim.key, claim.wanted, paid, _why(claim.wanted, paid, others, kept)))
        left -= paid
    return Distribution(net, kept, tuple(parts), left + kept)


def _why(wanted: Decimal, paid: Decimal, others: bool, kept: Decimal) -> Why:
    if not wanted:
        return Why.NOTHING_LEFT_TO_DEMAND
    if paid == wanted:
        return Why.ENOUGH
    if others:
        return Why.OTHERS_FIRST
    return Why.PROTECTED if kept else Why.TOO_SMALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A demand as payments meet it, one after another. `left` is what may still be paid in all;
    None: no limit."""

    key: str
    rank: int
    since: str
    first: date
    last: date | None
    recurrence: Recurrence
    measure: Measure
    amount: Decimal | None
    share: Decimal | None
    left: Decimal | None
    protected_percent: Decimal

    def meets(self, payment: "Payment") -> bool:
        return self.first <= payment.last and (self.last is None or payment.first <= self.last)

    def claim(self, net: Decimal) -> Claim:
        """What it wants of a payment."""
        match self.measure:
            case Measure.AMOUNT:
                wanted = self.amount or NOTHING
            case Measure.SHARE:
                wanted = part_of(net, self.share or NOTHING)
            case Measure.WHOLE:
                wanted = net
        if self.left is not None:
            wanted = min(wanted, self.left)
        return Claim(self.key, self.rank, self.since, wanted)

    def after(self, paid: Decimal) -> "Standing":
        return self if self.left is None else replace(self, left=self.left - paid)


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment before anybody's demand, for a time; `estimated`: Kela has not told of it yet."""

    paid_on: date
    first: date
    last: date
    net: Decimal
    estimated: bool = False


def part_of(net: Decimal, percent: Decimal) -> Decimal:
    """So many hundredths of a sum, in whole cents: a part of a cent stays with the customer."""
    return (net * percent / 100).quantize(CENT, ROUND_DOWN)


def share_out(payments: Iterable[Payment], demands: Sequence[Standing]) -> Iterator[Distribution]:
    """Each payment in turn among the demands that meet it; what one got is no more left to it."""
    standing = {one.key: one for one in demands}
    for payment in payments:
        meeting = [one for one in standing.values() if one.meets(payment)]
        percent = max((one.protected_percent for one in meeting), default=NOTHING)
        claims = [one.claim(payment.net) for one in meeting]
        shared = distribute(payment.net, part_of(payment.net, percent), claims)
        for part in shared.parts:
            standing[part.key] = standing[part.key].after(part.paid)
        yield shared
