"""The amounts of the year and the terms of each benefit, from data/amounts.toml. In cents."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
BENEFITS = Path(__file__).parents[2] / "benefits" / "data" / "benefits.toml"

type Steps = list[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class Series:
    """An amount that changes on known days; before the first of them it is the first one."""

    days: tuple[date, ...]
    cents: tuple[int, ...]

    def at(self, day: date) -> int:
        return self.cents[max(bisect_right(self.days, day) - 1, 0)]

    def steps(self, first: date, last: date, per_mille: int = 1000) -> Steps:
        """The amount on the first day and each change until the last, or a share of them."""
        changes = [first, *(day for day in self.days if first < day <= last)]
        return [(day, self.at(day) * per_mille // 1000) for day in changes]


@dataclass(frozen=True, slots=True)
class Terms:
    benefit: str
    law: str
    unit: str
    pay_day: int
    tax: int  # per cent
    amount: Series
    first: date  # of the benefit itself
    last: date | None
    on_aland: bool  # whether Kela pays it there


@dataclass(frozen=True, slots=True)
class Amounts:
    terms: Mapping[str, Terms]
    child_shares: tuple[int, ...]
    single_parent_share: int
    pension_index: Series
    cap_limit: Series
    cap_deductible: Series


def read() -> Amounts:
    content, benefits = _content(DATA / "amounts.toml"), _content(BENEFITS)
    shares = content.pop("child_benefit_shares")
    cap = content.pop("medicine_cap")
    pension_index = content.pop("earnings_related_pension_index")
    return Amounts(
        terms={slug: _terms(slug, fields, benefits[slug]) for slug, fields in content.items()},
        child_shares=tuple(shares["child"]),
        single_parent_share=shares["single_parent"],
        pension_index=_series(pension_index),
        cap_limit=_series(cap["annual_limit"]),
        cap_deductible=_series(cap["initial_deductible"]),
    )


def _content(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _terms(slug: str, fields: dict[str, Any], benefit: dict[str, Any]) -> Terms:
    end: date | None = benefit.get("valid_to")
    return Terms(
        benefit=slug,
        law=fields["law"],
        unit=fields["unit"],
        pay_day=fields["pay_day"],
        tax=fields["tax"],
        amount=_series(fields),
        first=benefit["valid_from"],
        last=end - timedelta(days=1) if end else None,
        on_aland=benefit.get("on_aland", True),
    )


def _series(fields: dict[str, Any]) -> Series:
    both = fields.get("amounts", {}) | fields.get("assumed", {})
    known = sorted((date.fromisoformat(day), cents(euros)) for day, euros in both.items())
    return Series(tuple(day for day, _ in known), tuple(amount for _, amount in known))


def cents(euros: str) -> int:
    return int(Decimal(euros) * 100)


def euros(cents: int) -> str:
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100}.{cents % 100:02}"
