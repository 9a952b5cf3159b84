"""What can be demanded by which law, the order of payment and what goes on paper.

The file data/payment_demands.toml is read here and mirrored after each migration, so that the
database refuses what the pages do not offer.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from authorizations.rulebook import Law, Text, Validity
from benefits.reference import BenefitFacts, benefits
from payment_demands.models import Demandable, Protection, Rank, Transition
from payment_demands.states import TRANSITIONS
from payment_demands.words import Ground

FILE = Path(__file__).parent / "data" / "payment_demands.toml"


class WrongReference(ValueError):
    """The file names what there is not."""


@dataclass(frozen=True, slots=True)
class GroundFacts:
    slug: Ground
    law: Law
    name: Text
    description: Text


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A benefit that can be demanded by a ground at a time."""

    ground: Ground
    benefit: str
    validity: Validity
    source: str
    assumptions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """At which place demands by the ground are paid."""

    ground: Ground
    rank: int
    validity: Validity
    assumptions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ProtectedRow:
    """Which part of a payment the customer keeps from demands by the ground."""

    ground: Ground
    benefit: str
    percent: Decimal
    law: str
    validity: Validity
    assumptions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LeadRow:
    """How long before it is paid a payment is set."""

    lead: timedelta
    validity: Validity
    source: str
    assumptions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """What Kelmu does not take: the law, and Kela's form."""

    what: Text
    law: Text
    form: str
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    grounds: Mapping[Ground, GroundFacts]
    matrix: tuple[MatrixRow, ...]
    order: tuple[OrderRow, ...]
    protected: tuple[ProtectedRow, ...]
    leads: tuple[LeadRow, ...]
    paper: tuple[PaperRow, ...]

    def grounds_of(self, benefit: str, on: date) -> frozenset[Ground]:
        """By which laws a benefit can be demanded for a time that begins on the day."""
        rows = (row for row in self.matrix if row.benefit == benefit and on in row.validity)
        return frozenset(row.ground for row in rows)

    def benefits_of(self, ground: Ground, on: date) -> tuple[BenefitFacts, ...]:
        """The benefits that can be demanded by the ground for a time that begins on the day."""
        rows = (row for row in self.matrix if row.ground == ground and on in row.validity)
        allowed = {row.benefit for row in rows}
        return tuple(facts for slug, facts in benefits().items() if slug in allowed)

    def rank(self, ground: str, on: date) -> int:
        """Demands of a ground that the table does not know come last."""
        rows = (row.rank for row in self.order if row.ground == ground and on in row.validity)
        return next(rows, len(self.order) + 1)

    def protected_percent(self, ground: str, benefit: str, on: date) -> Decimal:
        """What the customer keeps of a payment of the benefit, in hundredths."""
        rows = (
            row.percent
            for row in self.protected
            if (row.ground, row.benefit) == (ground, benefit) and on in row.validity
        )
        return next(rows, Decimal(0))

    def lead(self, on: date) -> timedelta:
        """How long before the day a payment of that day is set."""
        return next((row.lead for row in self.leads if on in row.validity), timedelta(0))

    def assumptions(self, on: date) -> tuple[Text, ...]:
        """What of the order, the protected part and the lead is the project's own assumption."""
        rows: tuple[OrderRow | ProtectedRow | LeadRow, ...]
        rows = (*self.order, *self.protected, *self.leads)
        told = (text for row in rows if on in row.validity for text in row.assumptions)
        return tuple(dict.fromkeys(told))


@cache
def reference() -> Reference:
    """The content of the file. WrongReference when it names what there is not."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Reference(
        grounds={Ground(slug): _ground(Ground(slug), row) for slug, row in told["grounds"].items()},
        matrix=tuple(_matrix(told)),
        order=tuple(
            OrderRow(Ground(row["ground"]), row["rank"], _validity(row), _assumed(told, row))
            for row in told["order"]
        ),
        protected=tuple(_protected(told)),
        leads=tuple(_leads(told)),
        paper=tuple(
            PaperRow(
                Text(**row["what"]),
                Text(**row["law"]),
                row["form"],
                told["sources"][row["source"]],
            )
            for row in told["paper"]
        ),
    )


def _ground(slug: Ground, row: dict[str, Any]) -> GroundFacts:
    law = Law(row["act"], row["section"], Text(**row["law"]))
    return GroundFacts(slug, law, Text(**row["name"]), Text(**row["description"]))


def _matrix(told: dict[str, Any]) -> Iterator[MatrixRow]:
    for row in told["matrix"]:
        for benefit in row["benefits"]:
            for ground in row["grounds"]:
                yield MatrixRow(
                    ground=Ground(ground),
                    benefit=_known(benefit),
                    validity=_validity(row),
                    source=told["sources"][row["source"]],
                    assumptions=_assumed(told, row),
                )


def _protected(told: dict[str, Any]) -> Iterator[ProtectedRow]:
    for row in told["protected"]:
        for benefit in row["benefits"]:
            yield ProtectedRow(
                ground=Ground(row["ground"]),
                benefit=_known(benefit),
                percent=Decimal(row["percent"]),
                law=row["law"],
                validity=_validity(row),
                assumptions=_assumed(told, row),
            )


def _leads(told: dict[str, Any]) -> Iterator[LeadRow]:
    for row in told["lead"]:
        yield LeadRow(
            lead=timedelta(days=row["days"]),
            validity=_validity(row),
            source=told["sources"][row["source"]],
            assumptions=_assumed(told, row),
        )


def _known(benefit: str) -> str:
    if benefit not in benefits():
        raise WrongReference(f"{FILE.name}: there is no benefit {benefit}")
    return benefit


def _validity(row: dict[str, Any]) -> Validity:
    return Validity(row["valid_from"], row.get("valid_to"))


def _assumed(told: dict[str, Any], row: dict[str, Any]) -> tuple[Text, ...]:
    return tuple(Text(**told["assumptions"][name]) for name in row.get("assumes", ()))


def mirror(using: str) -> None:
    """Brings the tables in line with the file and with the table of states. Nothing points at their
    rows, so they are made anew."""
    with transaction.atomic(using=using):
        for model in (Demandable, Rank, Protection, Transition):
            model.objects.using(using).all().delete()
        Demandable.objects.using(using).bulk_create(
            Demandable(ground=row.ground, benefit_id=row.benefit, validity=_range(row.validity))
            for row in reference().matrix
        )
        Rank.objects.using(using).bulk_create(
            Rank(ground=row.ground, rank=row.rank, validity=_range(row.validity))
            for row in reference().order
        )
        Protection.objects.using(using).bulk_create(
            Protection(
                ground=row.ground,
                benefit_id=row.benefit,
                percent=row.percent,
                validity=_range(row.validity),
            )
            for row in reference().protected
        )
        Transition.objects.using(using).bulk_create(
            Transition(step=row.step, before=row.before, after=row.after, by=row.by)
            for row in TRANSITIONS
        )


def _range(validity: Validity) -> DateRange:
    return DateRange(validity.valid_from, validity.valid_to)
