"""The rows of the rulebook as they stand in the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from .words import (
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


@dataclass(frozen=True, slots=True)
class Text:
    fi: str
    sv: str
    en: str

    def in_language(self, code: str) -> str:
        """The text in the language of `code`; Finnish when there is none."""
        return {"sv": self.sv, "en": self.en}.get(code, self.fi)


@dataclass(frozen=True, slots=True)
class Law:
    """An act by its number, such as 812/2000, and the section, empty when not known."""

    act: str
    section: str
    name: Text

    @property
    def citation(self) -> Text:
        fi, sv, en = (f"{name} {self.act}" for name in (self.name.fi, self.name.sv, self.name.en))
        if not self.section:
            return Text(fi, sv, en)
        return Text(
            f"{fi} {self.section} §", f"{self.section} § i {sv}", f"{en}, section {self.section}"
        )


@dataclass(frozen=True, slots=True)
class Validity:
    """Half-open, like the database's daterange: `valid_to` is the first day that is out."""

    valid_from: date
    valid_to: date | None

    def __contains__(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, other: "Validity") -> bool:
        return self.valid_from in other or other.valid_from in self


def unbroken_since(validities: Iterable[Validity], day: date) -> date:
    """The first day from which one or other of the validities has held until the day."""
    earlier = [validity for validity in validities if validity.valid_from < day]
    for validity in earlier:
        if day in validity or validity.valid_to == day:
            return unbroken_since(earlier, validity.valid_from)
    return day


@dataclass(frozen=True, slots=True)
class BenefitFilter:
    include: frozenset[Benefit]
    exclude: frozenset[Benefit]

    def allows(self, slug: str) -> bool:
        """A benefit that the rulebook does not know is not allowed."""
        return slug in self.include and slug not in self.exclude


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What an agreement leaves out of a purpose; `look_back_months` None: no limit of its own."""

    groups: frozenset[DataGroup]
    benefits: frozenset[Benefit]
    fields: frozenset[Field]
    look_back_months: int | None

    @classmethod
    def of(
        cls,
        withheld_groups: Iterable[str] = (),
        withheld_benefits: Iterable[str] = (),
        withheld_fields: Iterable[str] = (),
        look_back_months: int | None = None,
    ) -> Self:
        """From an agreement's words. ValueError for one that the rulebook does not know: what
        cannot be withheld must not be shown either."""
        return cls(
            frozenset(map(DataGroup, withheld_groups)),
            frozenset(map(Benefit, withheld_benefits)),
            frozenset(map(Field, withheld_fields)),
            look_back_months,
        )


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a row comes from, and what in it is the project's own assumption."""

    sources: tuple[str, ...]
    assumptions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A mandate opens a purpose in these organisation types."""

    organisation_types: tuple[OrganisationType, ...]
    mandate: Mandate
    purpose: Purpose
    validity: Validity
    tabs: tuple[Tab, ...]
    notification_types: tuple[NotificationType, ...]
    listings: tuple[Listing, ...]
    actions: tuple[Action, ...]
    by_agreement_only: bool
    basis: Basis

    @property
    def shows_one_customer(self) -> bool:
        return any(tab.shows_one_customer for tab in self.tabs)

    def opens(self, wanted: Purpose | Action) -> bool:
        return wanted == self.purpose or wanted in self.actions


@dataclass(frozen=True, slots=True)
class Grant:
    """A mandate allows an action in these organisation types, without a purpose being chosen."""

    organisation_types: tuple[OrganisationType, ...]
    mandate: Mandate
    action: Action
    validity: Validity
    law: tuple[Law, ...]
    by_agreement_only: bool
    basis: Basis

    def opens(self, wanted: Purpose | Action) -> bool:
        return wanted == self.action


@dataclass(frozen=True, slots=True)
class Content:
    """What a purpose shows and by which law; `look_back_months` None: no limit in time."""

    purpose: Purpose
    validity: Validity
    data_groups: tuple[DataGroup, ...]
    look_back_months: int | None
    benefits: BenefitFilter
    withheld_fields: tuple[Field, ...]
    law: tuple[Law, ...]
    basis: Basis
