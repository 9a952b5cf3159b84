"""The people of the demo, as `demo/cast.toml` tells them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from stdnum.fi import hetu as personal_identity_code

type Kind = Literal["transaction", "representation"]

CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)


@dataclass(frozen=True)
class Organisation:
    """A body that may give mandates or hold them."""

    slug: str
    name: str
    name_sv: str
    business_id: str

    def name_in(self, language: str) -> str:
        """Its Swedish name in Swedish, its Finnish one otherwise."""
        return self.name_sv if language == "sv" else self.name


@dataclass(frozen=True)
class Person:
    """Somebody who can identify themselves, strongly."""

    slug: str
    given: str
    family: str
    hetu: str
    task: Mapping[str, str]

    @property
    def name(self) -> str:
        """Given names and family name."""
        return f"{self.given} {self.family}"

    @property
    def birth_date(self) -> date:
        """The day that the personal identity code tells; the separator tells the century."""
        day, month, year = (int(self.hetu[at : at + 2]) for at in (0, 2, 4))
        return date(CENTURIES[self.hetu[6]] + year, month, day)


@dataclass(frozen=True)
class Official:
    """Somebody whom Kela's own provider knows."""

    slug: str
    name: str
    subject: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Grant:
    """Mandates that one organisation gave to one person or organisation; `until` is inclusive.

    A mandate to represent names with `via` the organisation whose employee the person is.
    """

    giver: str
    mandates: frozenset[str]
    to_person: str | None = None
    to_organisation: str | None = None
    kind: Kind = "transaction"
    via: str | None = None
    valid_from: date = date.min
    until: date = date.max

    def __post_init__(self) -> None:
        if self.kind not in ("transaction", "representation"):
            raise ValueError(f"{self.kind} is no kind of mandate")
        if (self.to_person is None) == (self.to_organisation is None):
            raise ValueError("a mandate is given to one person or to one organisation")
        if (self.kind == "representation") != (self.via is not None):
            raise ValueError("a mandate to represent, and no other, names the employer")
        if self.kind == "representation" and self.to_person is None:
            raise ValueError("a mandate to represent is given to a person")

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """From a row of the cast file or of the control interface."""
        fields = {key: value for key, value in row.items() if key not in ("from", "mandates")}
        return cls(giver=row["from"], mandates=frozenset(row["mandates"]), **fields)

    def is_valid(self, day: date) -> bool:
        """Whether the day falls into its time."""
        return self.valid_from <= day <= self.until


@dataclass(frozen=True)
class Cast:
    """Everybody, by slug, and the mandates they start with."""

    organisations: dict[str, Organisation]
    people: dict[str, Person]
    officials: dict[str, Official]
    grants: tuple[Grant, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the file; ValueError or KeyError if it contradicts itself."""
        rows = tomllib.loads(path.read_text())
        cast = cls(
            organisations={row["slug"]: _organisation(row) for row in rows["organisations"]},
            people={row["slug"]: _person(row) for row in rows["people"]},
            officials={row["slug"]: _official(row) for row in rows["kela_admins"]},
            grants=tuple(Grant.of(row) for row in rows["grants"]),
        )
        for grant in cast.grants:
            cast.check(grant)
        return cast

    def check(self, grant: Grant) -> None:
        """ValueError if the grant names somebody unknown."""
        organisations = {grant.giver, grant.to_organisation, grant.via} - {None}
        if not organisations <= self.organisations.keys():
            raise ValueError("a grant names an unknown organisation")
        if grant.to_person is not None and grant.to_person not in self.people:
            raise ValueError("a grant names an unknown person")

    def person(self, hetu: str) -> Person | None:
        """Whom a personal identity code names, maybe a stranger; None if it is malformed."""
        if not is_hetu(hetu):
            return None
        stranger = Person("stranger", "Testi", "Henkilö", hetu, {})
        return next((person for person in self.people.values() if person.hetu == hetu), stranger)


def is_hetu(text: str) -> bool:
    """Whether the text is a personal identity code, also one for tests (900–999)."""
    return (
        personal_identity_code.is_valid(text, allow_temporary=True)
        and personal_identity_code.compact(text) == text
    )


def _organisation(row: dict[str, Any]) -> Organisation:
    return Organisation(row["slug"], row["name"], row["name_sv"], row["business_id"])


def _person(row: dict[str, Any]) -> Person:
    if not is_hetu(row["hetu"]):
        raise ValueError(f"the personal identity code of {row['slug']} is malformed")
    return Person(row["slug"], row["given"], row["family"], row["hetu"], row["task"])


def _official(row: dict[str, Any]) -> Official:
    return Official(row["slug"], row["name"], row["subject"], tuple(row["groups"]))
