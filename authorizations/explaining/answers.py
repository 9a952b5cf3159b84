"""What the public pages on mandates answer, from the rulebook alone.

Each answer is a dict of the rulebook's own words and rows: the pages show their names, the
addresses with `.json` give it as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from authorizations import rulebook
from authorizations.explaining.differences import between
from authorizations.explaining.things import Thing, changes, mandates_to, things
from authorizations.rulebook import (
    Action,
    Law,
    Mandate,
    OpenedAction,
    OpenedPurpose,
    OrganisationType,
    Purpose,
    Rights,
)

type Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one mandate opens in one type of organisation."""

    organisation_type: OrganisationType
    purposes: tuple[Purpose, ...]
    actions: tuple[Action, ...]
    by_agreement_only: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """What is not open on a day, when it will be, and since when it is not."""

    organisation_type: OrganisationType
    thing: Thing
    not_yet_from: date | None
    no_longer_since: date | None


@dataclass(frozen=True, slots=True)
class Way:
    """A mandate that opens what was asked for, and the purposes where it is."""

    organisation_type: OrganisationType
    mandate: Mandate
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A law and what rests on it."""

    law: Law
    purposes: tuple[Purpose, ...]
    actions: tuple[Action, ...]
    mandates: tuple[Mandate, ...]


def matrix(on: date) -> Answer:
    """Mandates by organisation types, as in the table of Kela's own material."""
    rows = [
        {"mandate": mandate, "cells": [_cell(kind, mandate, on) for kind in OrganisationType]}
        for mandate in Mandate
    ]
    return {"on": on, "organisation_types": tuple(OrganisationType), "rows": rows}


def _cell(organisation_type: OrganisationType, mandate: Mandate, on: date) -> Cell:
    rights = rulebook.load().rights(organisation_type, [mandate], on)
    opened: list[OpenedPurpose | OpenedAction] = [*rights.purposes, *rights.general_actions]
    return Cell(
        organisation_type,
        tuple(one.purpose for one in rights.purposes),
        rights.actions,
        bool(opened) and all(one.by_agreement_only for one in opened),
    )


def opened(organisation_type: OrganisationType, mandate: Sequence[Mandate], on: date) -> Answer:
    """What mandates open together on a day, and what they open on other days."""
    rights = rulebook.load().rights(organisation_type, mandate, on)
    return {
        "organisation_type": organisation_type,
        "mandates": mandate,
        "on": on,
        "purposes": rights.purposes,
        "actions": rights.actions,
        "general_actions": rights.general_actions,
        "closed": [*_closed(organisation_type, mandate, on)],
    }


def _closed(
    organisation_type: OrganisationType, mandates: Sequence[Mandate], on: date
) -> Iterator[Closed]:
    book = rulebook.load()
    for kind, words in (("purposes", Purpose), ("actions", Action)):
        for word in words:
            found = book.changes(organisation_type, mandates, word, on)
            if any(found):
                yield Closed(organisation_type, Thing(kind, word), *found)


def compared(before: date, after: date) -> Answer:
    """What each mandate opens on one day and not on the other, or otherwise."""
    return {"before": before, "after": after, "rows": [*between(before, after)]}


def needed(see: Thing, on: date) -> Answer:
    """Which mandate opens a thing, in each type of organisation; where none does, when."""
    ways = [
        Way(organisation_type, mandate, _purposes_with(see, organisation_type, mandate, on))
        for organisation_type in OrganisationType
        for mandate in mandates_to(see, organisation_type, on)
    ]
    able = {way.organisation_type for way in ways}
    closed = [
        Closed(organisation_type, see, *changes(see, organisation_type, on))
        for organisation_type in OrganisationType
        if organisation_type not in able
    ]
    return {"see": see, "on": on, "ways": ways, "closed": closed}


def _purposes_with(
    thing: Thing, organisation_type: OrganisationType, mandate: Mandate, on: date
) -> tuple[Purpose, ...]:
    rights = rulebook.load().rights(organisation_type, [mandate], on)
    return tuple(one.purpose for one in rights.purposes if thing in things(Rights((one,), ())))


def grounds(organisation_type: OrganisationType, on: date) -> Answer:
    """Each law that gives a type of organisation a right on a day, and what rests on it."""
    rights = rulebook.load().rights(organisation_type, Mandate, on)
    opened: list[OpenedPurpose | OpenedAction] = [*rights.purposes, *rights.general_actions]
    laws = dict.fromkeys(law for one in opened for law in one.law)
    return {
        "organisation_type": organisation_type,
        "on": on,
        "laws": [_ground(law, rights) for law in laws],
    }


def _ground(law: Law, rights: Rights) -> Ground:
    purposes = [one for one in rights.purposes if law in one.law]
    actions = [one for one in rights.general_actions if law in one.law]
    resting: list[OpenedPurpose | OpenedAction] = [*purposes, *actions]
    held = {mandate for one in resting for mandate in one.mandates}
    return Ground(
        law,
        tuple(one.purpose for one in purposes),
        tuple(one.action for one in actions),
        tuple(mandate for mandate in Mandate if mandate in held),
    )
