"""What there is to see and do: purposes, tabs, data groups, notification types, lists, actions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self, cast

from authorizations import rulebook
from authorizations.rulebook import VOCABULARIES, Changes, Mandate, Named, OrganisationType, Rights

KINDS = {
    kind: vocabulary
    for kind, vocabulary in VOCABULARIES.items()
    if kind not in {"organisation_types", "mandates", "fields"}
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A word and its vocabulary: a tab and a purpose may share a word and are two things."""

    kind: str
    word: Named

    @classmethod
    def of(cls, key: str) -> Self:
        """The thing of a key such as tabs:benefits. Raises KeyError or ValueError for no thing."""
        kind, _, word = key.partition(":")
        return cls(kind, cast("Named", KINDS[kind](word)))


EVERYTHING = tuple(
    Thing(kind, cast("Named", word)) for kind, vocabulary in KINDS.items() for word in vocabulary
)


def things(rights: Rights) -> tuple[Thing, ...]:
    """All that is open, each once, in the order of the vocabularies."""
    opened = rights.purposes
    words: dict[str, Collection[Named]] = {
        "purposes": {one.purpose for one in opened},
        "tabs": {word for one in opened for word in one.tabs},
        "data_groups": {word for one in opened for word in one.data_groups},
        "notification_types": {word for one in opened for word in one.notification_types},
        "listings": {word for one in opened for word in one.listings},
        "actions": set(rights.actions),
    }
    return tuple(thing for thing in EVERYTHING if thing.word in words[thing.kind])


def mandates_to(thing: Thing, organisation_type: OrganisationType, on: date) -> tuple[Mandate, ...]:
    """The mandates that open a thing on a day, each alone."""
    book = rulebook.load()
    return tuple(
        mandate
        for mandate in Mandate
        if thing in things(book.rights(organisation_type, [mandate], on))
    )


def changes(thing: Thing, organisation_type: OrganisationType, on: date) -> Changes:
    """When a thing that no mandate opens on a day will open, and since when it is closed."""

    def is_open(day: date) -> bool:
        return thing in things(rulebook.load().rights(organisation_type, Mandate, day))

    days = rulebook.load().days_of_change
    ends = [day for day in days if day <= on and is_open(day - timedelta(days=1))]
    return Changes(
        not_yet_from=next((day for day in days if day > on and is_open(day)), None),
        no_longer_since=max((day for day in ends if not is_open(day)), default=None),
    )
