"""The benefits as reference data: data/benefits.toml, and its mirror in the database.

The rows mirror the file after each migration, so that what Kela feeds can point at them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import capfirst

from authorizations.rulebook import Text
from benefits.models import Benefit
from benefits.words import BenefitGroup
from kelmu.languages import page_language

FILE = Path(__file__).parent / "data" / "benefits.toml"


@dataclass(frozen=True, slots=True)
class BenefitFacts:
    """A benefit as pages name it; `order` is its place among the others."""

    slug: str
    order: int
    group: BenefitGroup
    valid_from: date
    valid_to: date | None
    on_aland: bool  # whether Kela pays it there
    names: Text

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.names.in_language(page_language())

    @property
    def title(self) -> str:
        """The name where it begins a line."""
        return capfirst(self.name)


@cache
def benefits() -> Mapping[str, BenefitFacts]:
    """Every benefit by its slug, in order."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        slug: BenefitFacts(
            slug=slug,
            order=order,
            group=BenefitGroup(fields["group"]),
            valid_from=fields["valid_from"],
            valid_to=fields.get("valid_to"),
            on_aland=fields.get("on_aland", True),
            names=Text(**fields["name"]),
        )
        for order, (slug, fields) in enumerate(content.items(), start=1)
    }


def slugs_by_title() -> list[str]:
    """The benefits in the order of their titles in the language of the page."""
    return _slugs_by_title(page_language())


@cache
def _slugs_by_title(language: str) -> list[str]:
    titled = sorted(benefits().values(), key=lambda one: capfirst(one.names.in_language(language)))
    return [one.slug for one in titled]


def mirror(using: str) -> None:
    """Brings the rows in line with the file; a row that feeds may point at is never removed."""
    Benefit.objects.using(using).bulk_create(
        [_row(facts) for facts in benefits().values()],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["order", "group", "validity", "name_fi", "name_sv", "name_en"],
    )


def _row(facts: BenefitFacts) -> Benefit:
    return Benefit(
        slug=facts.slug,
        order=facts.order,
        group=facts.group,
        validity=DateRange(facts.valid_from, facts.valid_to),
        name_fi=facts.names.fi,
        name_sv=facts.names.sv,
        name_en=facts.names.en,
    )
