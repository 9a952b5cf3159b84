"""What a reader narrows the page to, and how its groups are sorted and paged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from authorizations.rulebook import DataGroup
from benefits.groups import GROUPS

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Rows of this benefit, between these days, in this state of one group, changed lately.

    `sorts` has the field for a group, with "-" the other way round; `pages` count from 1. `whole`
    is all rows, on no pages.
    """

    benefit: str = ""
    since: date = date.min
    until: date = date.max
    state_of: DataGroup | None = None
    state: str = ""
    changed: bool = False
    sorts: Mapping[DataGroup, str] = field(default_factory=dict)
    pages: Mapping[DataGroup, int] = field(default_factory=dict)
    whole: bool = False

    @property
    def in_time(self) -> bool:
        return (self.since, self.until) != (date.min, date.max)

    @property
    def narrows(self) -> bool:
        """Whether some rows are left out."""
        return bool(self.benefit or self.state or self.changed or self.in_time)

    @property
    def state_label(self) -> str:
        """The state in words, empty where none is chosen."""
        states = GROUPS[self.state_of].states if self.state_of else ()
        return next((str(state.label) for state in states if state == self.state), "")

    @property
    def sorts_told(self) -> list[tuple[str, str]]:
        """How the groups are sorted, in the words of the page's address."""
        return [(f"{group}_sort", sort) for group, sort in self.sorts.items()]

    def told(self) -> dict[str, Any]:
        """What differs from the page as it opens, in the words of its address."""
        chosen = {
            "benefit": self.benefit,
            "since": self.since.isoformat() if self.since > date.min else "",
            "until": self.until.isoformat() if self.until < date.max else "",
            "state": f"{self.state_of}.{self.state}" if self.state else "",
            "changed": self.changed,
            **dict(self.sorts_told),
            **{f"{group}_page": page for group, page in self.pages.items()},
        }
        return {name: value for name, value in chosen.items() if value}

    def parameters(self, groups: tuple[DataGroup, ...]) -> dict[str, Any]:
        """The same for the statement that reads the groups."""
        pages = {f"{group}_page": self.pages.get(group, 1) for group in groups}
        states = {
            f"{group}_state": self.state if group is self.state_of else "" for group in groups
        }
        return {
            "benefit": self.benefit,
            "since": self.since,
            "until": self.until,
            "changed": self.changed,
            "size": None if self.whole else PAGE_SIZE,
            **pages,
            **states,
        }
