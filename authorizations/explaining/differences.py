"""What a change of the rules changes: two days of the rulebook side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from authorizations import rulebook
from authorizations.rulebook import (
    Action,
    Mandate,
    OpenedAction,
    OpenedPurpose,
    OrganisationType,
    Purpose,
    Rights,
)

PARTS_OF_A_PURPOSE = (
    "tabs",
    "data_groups",
    "withheld_fields",
    "look_back_months",
    "notification_types",
    "listings",
    "actions",
    "law",
)
PARTS_OF_AN_ACTION = ("law",)


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One purpose or action of one mandate: added, removed, or one part of it changed.

    `before` and `after` are what the part was and is; of something added or removed, None and
    the whole.
    """

    organisation_type: OrganisationType
    mandate: Mandate
    what: Purpose | Action
    kind: Kind
    part: str
    before: Any
    after: Any


def between(before: date, after: date) -> Iterator[Difference]:
    """Every difference between two days, by organisation type and mandate."""
    book = rulebook.load()
    for kind in OrganisationType:
        for mandate in Mandate:
            old, new = (_opened(book.rights(kind, [mandate], day)) for day in (before, after))
            for what in (*Purpose, *Action):
                for change in _changes(old.get(what), new.get(what)):
                    yield Difference(kind, mandate, what, *change)


def _opened(rights: Rights) -> dict[Purpose | Action, OpenedPurpose | OpenedAction]:
    purposes = {one.purpose: one for one in rights.purposes}
    return purposes | {one.action: one for one in rights.general_actions}


def _changes(old: Any, new: Any) -> Iterator[tuple[Kind, str, Any, Any]]:
    if old is None or new is None:
        if old is not new:
            yield (Kind.ADDED if old is None else Kind.REMOVED), "", old, new
        return
    parts = PARTS_OF_A_PURPOSE if isinstance(new, OpenedPurpose) else PARTS_OF_AN_ACTION
    for part in parts:
        before, after = getattr(old, part), getattr(new, part)
        if before != after:
            yield Kind.CHANGED, part, before, after
