"""What organisations have demanded of the cast's benefits, and how payments are shared out.

The order and the protected part are those of the product's reference data, which says of each what
it assumes. Money is in cents.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.population.amounts import cents
from demo.population.grants import Payee
from demo.population.places import Places

RULES = Path(__file__).parents[2] / "payment_demands" / "data" / "payment_demands.toml"
ANSWERED_AFTER = timedelta(days=5)
TO_COUNTIES = date(2023, 1, 15)  # what was set in 2022 goes to the former account


@dataclass(slots=True)
class Demanded:
    """A demand that Kela has accepted: of an amount a month, or of hundredths of the benefit.

    `left` is what may still be paid in all, if there is a limit; `accounts` are told from the day
    of payment on.
    """

    benefit: str
    rank: int
    accepted_on: date
    first: date
    last: date
    amount: int | None
    share: int
    left: int | None
    protected_per_cent: int
    accounts: list[tuple[date, Payee]]

    def meets(self, benefit: str, paid_on: date, first: date, last: date) -> bool:
        in_time = self.accepted_on <= paid_on and self.first <= last and first <= self.last
        return in_time and self.benefit == benefit

    def wanted(self, net: int) -> int:
        wanted = net * self.share // 100 if self.amount is None else self.amount
        return wanted if self.left is None else min(wanted, self.left)

    def payee(self, paid_on: date) -> Payee:
        return [payee for since, payee in self.accounts if since <= paid_on][-1]


def shared_out(
    demands: Sequence[Demanded], benefit: str, paid_on: date, first: date, last: date, net: int
) -> Iterator[tuple[Payee, int]]:
    """Who gets how much of a payment before the customer does, in order."""
    meeting = [one for one in demands if one.meets(benefit, paid_on, first, last)]
    protected = max((one.protected_per_cent for one in meeting), default=0)
    remaining = net - net * protected // 100
    for one in sorted(meeting, key=lambda demand: (demand.rank, demand.accepted_on)):
        paid = min(one.wanted(net), remaining)
        remaining -= paid
        if one.left is not None:
            one.left -= paid
        if paid:
            yield one.payee(paid_on), paid


def accepted(content: Mapping[str, Any], customer: str, places: Places) -> list[Demanded]:
    """The demands of the cast on a customer that Kela has accepted."""
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return [
        _demanded(told, rules, _accounts(told, content["organisations"], places))
        for told in content["demands"]
        if told["customer"] == customer and told.get("answer") == "accept"
    ]


def _demanded(
    told: Mapping[str, Any], rules: Mapping[str, Any], accounts: list[tuple[date, Payee]]
) -> Demanded:
    ground, benefit, amount = told["ground"], told["benefit"], told.get("amount")
    total, upper = told.get("advance_total"), told.get("upper", date.max)
    return Demanded(
        benefit=benefit,
        rank=next(row["rank"] for row in rules["order"] if row["ground"] == ground),
        accepted_on=told["made_on"] + ANSWERED_AFTER,
        first=told["first"],
        last=upper - timedelta(days=1),
        amount=cents(amount) if amount else None,
        share=int(float(told.get("share", 100))),
        left=cents(total) if total else None,
        protected_per_cent=_protected(rules, ground, benefit),
        accounts=accounts,
    )


def _protected(rules: Mapping[str, Any], ground: str, benefit: str) -> int:
    rows = (
        row["percent"]
        for row in rules["protected"]
        if row["ground"] == ground and benefit in row["benefits"]
    )
    return next(rows, 0)


def _accounts(
    told: Mapping[str, Any], organisations: Sequence[Mapping[str, Any]], places: Places
) -> list[tuple[date, Payee]]:
    """The claimant's account, then that of the county to which a municipality's demands went."""
    claimant = next(one for one in organisations if one["business_id"] == told["organisation"])
    accounts = [(date.min, _payee(claimant))]
    if claimant["type"] in {"municipality", "joint_authority"}:
        county = places[told["municipality"]].county
        heir = next(one for one in organisations if one.get("county") == county)
        since = heir["payees"][0].get("valid_from", TO_COUNTIES)
        accounts.append((max(since, TO_COUNTIES), _payee(heir)))
    return accounts


def _payee(organisation: Mapping[str, Any]) -> Payee:
    return Payee("authority", organisation["name"], organisation["payees"][0]["iban"][-4:])
