"""Reads the rulebook's file into its rows."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from .checks import check
from .rows import Basis, BenefitFilter, Content, Grant, Law, Opening, Text, Validity
from .rules import Rulebook
from .tables import RulebookError, Table
from .words import (
    VOCABULARIES,
    Action,
    Benefit,
    DataGroup,
    Field,
    Listing,
    Mandate,
    NotificationType,
    OrganisationType,
    Purpose,
    Tab,
)


def parse(toml: str) -> Rulebook:
    """The rulebook written in a TOML text; RulebookError at its first mistake."""
    try:
        fields = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"not TOML: {error}") from error
    return build(fields)


def build(fields: dict[str, Any]) -> Rulebook:
    """The rulebook of a TOML document; RulebookError at its first mistake."""
    digest = _digest(fields)
    rulebook = Table("", fields).read(lambda table: _rulebook(table, digest))
    check(rulebook)
    return rulebook


def _digest(fields: dict[str, Any]) -> str:
    """Of what the file says, whatever its layout and comments."""
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _rulebook(table: Table, digest: str) -> Rulebook:
    rows = RowReader(
        sources=table.table("sources").texts(),
        assumptions=table.table("assumptions").tables(_text),
        laws=table.table("laws").tables(_law),
    )
    names = table.table("names").read(_names)
    return Rulebook(
        openings=table.rows("openings", rows.opening),
        grants=table.rows("grants", rows.grant),
        contents=table.rows("contents", rows.content),
        names=MappingProxyType(names),
        descriptions=MappingProxyType(_texts(table, "descriptions", Purpose)),
        digest=digest,
    )


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows, which name their sources, assumptions and laws."""

    sources: Mapping[str, str]
    assumptions: Mapping[str, Text]
    laws: Mapping[str, Law]

    def opening(self, row: Table) -> Opening:
        return Opening(
            organisation_types=row.words("organisation_types", OrganisationType),
            mandate=row.word("mandate", Mandate),
            purpose=row.word("purpose", Purpose),
            validity=_validity(row),
            tabs=row.words("tabs", Tab),
            notification_types=row.words("notification_types", NotificationType),
            listings=row.words("listings", Listing),
            actions=row.words("actions", Action),
            by_agreement_only=_by_agreement_only(row),
            basis=self._basis(row),
        )

    def grant(self, row: Table) -> Grant:
        return Grant(
            organisation_types=row.words("organisation_types", OrganisationType),
            mandate=row.word("mandate", Mandate),
            action=row.word("action", Action),
            validity=_validity(row),
            law=row.defined("law", self.laws),
            by_agreement_only=_by_agreement_only(row),
            basis=self._basis(row),
        )

    def content(self, row: Table) -> Content:
        return Content(
            purpose=row.word("purpose", Purpose),
            validity=_validity(row),
            data_groups=row.words("data_groups", DataGroup),
            look_back_months=_look_back_months(row),
            benefits=_benefits(row),
            withheld_fields=row.words("withheld_fields", Field),
            law=row.defined("law", self.laws),
            basis=self._basis(row),
        )

    def _basis(self, row: Table) -> Basis:
        return Basis(
            sources=row.table("source").read(self._citations),
            assumptions=row.defined("assumes", self.assumptions),
        )

    def _citations(self, source: Table) -> tuple[str, ...]:
        places = source.texts()
        if unknown := places.keys() - self.sources.keys():
            raise source.error(f"unknown source {min(unknown)!r}")
        return tuple(f"{self.sources[key]}: {place}" for key, place in places.items())


def _validity(row: Table) -> Validity:
    return Validity(
        row.take("valid_from", date), row.take("valid_to", date) if "valid_to" in row else None
    )


def _by_agreement_only(row: Table) -> bool:
    return "by_agreement_only" in row and row.take("by_agreement_only", bool)


def _look_back_months(row: Table) -> int | None:
    if "look_back_months" not in row:
        return None
    if (months := row.take("look_back_months", int)) <= 0:
        raise row.error("look_back_months must be positive")
    return months


def _benefits(row: Table) -> BenefitFilter:
    """`only` these, `all_except` those, or none when nothing is said."""
    if "benefits" not in row:
        return BenefitFilter(frozenset(), frozenset())
    return row.table("benefits").read(_benefit_filter)


def _benefit_filter(benefits: Table) -> BenefitFilter:
    if "only" in benefits:
        return BenefitFilter(frozenset(benefits.words("only", Benefit)), frozenset())
    if "all_except" not in benefits:
        raise benefits.error("neither only nor all_except")
    return BenefitFilter(frozenset(Benefit), frozenset(benefits.words("all_except", Benefit)))


def _text(table: Table) -> Text:
    return Text(fi=table.text("fi"), sv=table.text("sv"), en=table.text("en"))


def _law(table: Table) -> Law:
    section = table.text("section") if "section" in table else ""
    return Law(act=table.text("act"), section=section, name=_text(table))


def _names(table: Table) -> dict[tuple[type[StrEnum], str], Text]:
    return {
        (vocabulary, word.value): text
        for key, vocabulary in VOCABULARIES.items()
        for word, text in _texts(table, key, vocabulary).items()
    }


def _texts[Word: StrEnum](table: Table, key: str, vocabulary: type[Word]) -> dict[Word, Text]:
    """A text for each word of the vocabulary, and for nothing else."""
    return table.table(key).read(
        lambda texts: {word: texts.table(word.value).read(_text) for word in vocabulary}
    )
