"""The rights that follow from the rows of the rulebook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .rows import (
    Basis,
    BenefitFilter,
    Content,
    Grant,
    Law,
    Narrowing,
    Opening,
    Text,
    unbroken_since,
)
from .words import (
    Action,
    DataGroup,
    Field,
    Listing,
    Mandate,
    Named,
    NotificationType,
    OrganisationType,
    Purpose,
    Tab,
    in_order,
)

NOTHING = Narrowing.of()  # what most agreements leave out


@dataclass(frozen=True, slots=True)
class OpenedPurpose:
    """A purpose as it stands open on a day for the mandates that a person holds."""

    purpose: Purpose
    name: Text
    description: Text
    mandates: tuple[Mandate, ...]
    tabs: tuple[Tab, ...]
    data_groups: tuple[DataGroup, ...]
    look_back_months: int | None
    benefits: BenefitFilter
    withheld_fields: tuple[Field, ...]
    notification_types: tuple[NotificationType, ...]
    listings: tuple[Listing, ...]
    actions: tuple[Action, ...]
    law: tuple[Law, ...]
    by_agreement_only: bool
    basis: Basis

    @property
    def assumption(self) -> bool:
        return bool(self.basis.assumptions)

    def narrowed(self, by: Narrowing) -> "OpenedPurpose":
        """The purpose without what an agreement leaves out of it."""
        if by == NOTHING:
            return self
        limits = filter(None, (self.look_back_months, by.look_back_months))
        return replace(
            self,
            data_groups=tuple(group for group in self.data_groups if group not in by.groups),
            look_back_months=min(limits, default=None),
            benefits=BenefitFilter(self.benefits.include, self.benefits.exclude | by.benefits),
            withheld_fields=in_order(Field, [self.withheld_fields, by.fields]),
        )


@dataclass(frozen=True, slots=True)
class OpenedAction:
    """An action open without a purpose, and the laws that one act may rest on."""

    action: Action
    mandates: tuple[Mandate, ...]
    law: tuple[Law, ...]
    by_agreement_only: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class Rights:
    purposes: tuple[OpenedPurpose, ...]
    general_actions: tuple[OpenedAction, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action that is open, with or without a purpose."""
        general = [opened.action for opened in self.general_actions]
        return in_order(Action, [general, *(opened.actions for opened in self.purposes)])

    def purpose(self, slug: str) -> OpenedPurpose | None:
        return next((opened for opened in self.purposes if opened.purpose == slug), None)

    def opening(self, wanted: Purpose | Action) -> OpenedPurpose | OpenedAction | None:
        """What stands open of a purpose, or of an action that needs none."""
        if isinstance(wanted, Purpose):
            return self.purpose(wanted)
        return next((opened for opened in self.general_actions if opened.action is wanted), None)


class Changes(NamedTuple):
    """The next day on which something opens, and the first day on which it was closed again."""

    not_yet_from: date | None
    no_longer_since: date | None


@dataclass(frozen=True, slots=True)
class Rulebook:
    openings: tuple[Opening, ...]
    grants: tuple[Grant, ...]
    contents: tuple[Content, ...]
    names: Mapping[tuple[type[StrEnum], str], Text]
    descriptions: Mapping[Purpose, Text]
    digest: str

    @property
    def days_of_change(self) -> tuple[date, ...]:
        """Every day on which a row begins to hold or holds no more, in order."""
        rows: list[Opening | Grant | Content] = [*self.openings, *self.grants, *self.contents]
        days = {day for row in rows for day in (row.validity.valid_from, row.validity.valid_to)}
        return tuple(sorted(day for day in days if day))

    def name(self, identifier: Named) -> Text:
        # The vocabulary is part of the key: Mandate and Listing both have a treatment_abroad.
        return self.names[type(identifier), identifier.value]

    def rights(
        self, organisation_type: OrganisationType, mandates: Iterable[Mandate], on: date
    ) -> Rights:
        """What the mandates together open on a day in an organisation of that type.

        No agreement is looked at: what is `by_agreement_only` is included, and says so.
        """
        held = frozenset(mandates)
        openings = _in_force(self.openings, organisation_type, held, on)
        grants = _in_force(self.grants, organisation_type, held, on)
        purposes = in_order(Purpose, [{row.purpose for row in openings}])
        actions = in_order(Action, [{row.action for row in grants}])
        return Rights(
            purposes=tuple(
                self._opened_purpose(purpose, [r for r in openings if r.purpose is purpose], on)
                for purpose in purposes
            ),
            general_actions=tuple(
                _opened_action(action, [r for r in grants if r.action is action])
                for action in actions
            ),
        )

    def mandates_opening(
        self, organisation_type: OrganisationType, wanted: Purpose | Action, on: date
    ) -> tuple[Mandate, ...]:
        rows = _in_force(self._rows_opening(wanted), organisation_type, frozenset(Mandate), on)
        return in_order(Mandate, [{row.mandate for row in rows}])

    def open_since(
        self,
        organisation_type: OrganisationType,
        mandates: Iterable[Mandate],
        wanted: Purpose | Action,
        on: date,
    ) -> date:
        """The first day since which the mandates have opened without a break what is open."""
        held = frozenset(mandates)
        rows = [r for r in self._rows_opening(wanted) if _concerns(r, organisation_type, held)]
        return unbroken_since([row.validity for row in rows], on)

    def changes(
        self,
        organisation_type: OrganisationType,
        mandates: Iterable[Mandate],
        wanted: Purpose | Action,
        on: date,
    ) -> Changes:
        """When what is closed on a day will open, and since when it is closed.

        Neither, when it is open on that day or the mandates never open it.
        """
        held = frozenset(mandates)
        rows = [r for r in self._rows_opening(wanted) if _concerns(r, organisation_type, held)]
        if any(on in row.validity for row in rows):
            return Changes(None, None)
        starts = [row.validity.valid_from for row in rows]
        ends = [row.validity.valid_to for row in rows]
        return Changes(
            not_yet_from=min((day for day in starts if day > on), default=None),
            no_longer_since=max((day for day in ends if day and day <= on), default=None),
        )

    def _rows_opening(self, wanted: Purpose | Action) -> list[Opening | Grant]:
        rows: list[Opening | Grant] = [*self.openings, *self.grants]
        return [row for row in rows if row.opens(wanted)]

    def _opened_purpose(self, purpose: Purpose, rows: list[Opening], on: date) -> OpenedPurpose:
        content = next(c for c in self.contents if c.purpose is purpose and on in c.validity)
        return OpenedPurpose(
            purpose=purpose,
            name=self.name(purpose),
            description=self.descriptions[purpose],
            mandates=in_order(Mandate, [{row.mandate for row in rows}]),
            tabs=in_order(Tab, [row.tabs for row in rows]),
            data_groups=content.data_groups,
            look_back_months=content.look_back_months,
            benefits=content.benefits,
            withheld_fields=content.withheld_fields,
            notification_types=in_order(NotificationType, [row.notification_types for row in rows]),
            listings=in_order(Listing, [row.listings for row in rows]),
            actions=in_order(Action, [row.actions for row in rows]),
            law=content.law,
            by_agreement_only=all(row.by_agreement_only for row in rows),
            basis=_union([*(row.basis for row in rows), content.basis]),
        )


def _opened_action(action: Action, rows: list[Grant]) -> OpenedAction:
    return OpenedAction(
        action=action,
        mandates=in_order(Mandate, [{row.mandate for row in rows}]),
        law=tuple(dict.fromkeys(law for row in rows for law in row.law)),
        by_agreement_only=all(row.by_agreement_only for row in rows),
        basis=_union([row.basis for row in rows]),
    )


def _concerns(
    row: Opening | Grant, organisation_type: OrganisationType, held: frozenset[Mandate]
) -> bool:
    return organisation_type in row.organisation_types and row.mandate in held


def _in_force[Row: Opening | Grant](
    rows: Iterable[Row], organisation_type: OrganisationType, held: frozenset[Mandate], on: date
) -> list[Row]:
    return [r for r in rows if _concerns(r, organisation_type, held) and on in r.validity]


def _union(bases: list[Basis]) -> Basis:
    return Basis(
        sources=tuple(dict.fromkeys(source for basis in bases for source in basis.sources)),
        assumptions=tuple(dict.fromkeys(text for basis in bases for text in basis.assumptions)),
    )
