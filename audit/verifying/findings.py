"""What verifying has read and found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kelmu.formats import month

MOST_FINDINGS = 1_000


class Kind(StrEnum):
    """What is not as it was sealed."""

    ROWS_CHANGED = "rows_changed"
    ROWS_MISCOUNTED = "rows_miscounted"
    ROWS_UNSEALED = "rows_unsealed"
    SEAL_ALTERED = "seal_altered"
    SEAL_UNSIGNED = "seal_unsigned"
    SEAL_UNLINKED = "seal_unlinked"
    SEAL_NOT_ANCHORED = "seal_not_anchored"
    SEAL_LOST = "seal_lost"
    SEALS_MISSING = "seals_missing"
    ANCHOR_MISSING = "anchor_missing"
    MORE = "more"


WORDS: Mapping[Kind, Promise] = {
    Kind.ROWS_CHANGED: _(
        "%(part)s: %(sealed)s sealed, as many read with other contents (%(digest)s)"
    ),
    Kind.ROWS_MISCOUNTED: _("%(part)s: %(sealed)s sealed, %(read)s read (%(digest)s)"),
    Kind.ROWS_UNSEALED: _("%(part)s: %(read)s read of which no seal tells (%(digest)s)"),
    Kind.SEAL_ALTERED: _("Seal %(seal)s does not say what its columns say (%(digest)s)"),
    Kind.SEAL_UNSIGNED: _("Seal %(seal)s is not signed by a known key (%(digest)s)"),
    Kind.SEAL_UNLINKED: _("Seal %(seal)s is not linked to the one before (%(digest)s)"),
    Kind.SEAL_NOT_ANCHORED: _("Seal %(seal)s is not the one that was anchored (%(digest)s)"),
    Kind.SEAL_LOST: _("Seal %(seal)s is anchored and missing in the database (%(digest)s)"),
    Kind.SEALS_MISSING: _("Seals %(first)s–%(last)s are missing"),
    Kind.ANCHOR_MISSING: _("The anchor of seal %(seal)s is missing (%(digest)s)"),
    Kind.MORE: _("Findings beyond those that are kept: %(number)s"),
}
PARTS: Mapping[str, Promise] = {  # by the tables of `audit.lines`
    "entry": _("acts"),
    "entry_person": _("persons behind acts"),
    "shown": _("what acts have shown"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not as it was sealed: whose, in which interval, and what.

    It tells a digest of what was read, by which another change of the same is another finding:
    what was acknowledged hides nothing that comes later.
    """

    organisation: int
    since: str  # instants; "" is the beginning
    until: str
    kind: Kind
    about: Mapping[str, str | int]

    @property
    def words(self) -> str:
        """What was found, in the language of who reads it."""
        told: dict[str, str | int] = dict(self.about)
        if "part" in told:
            told["part"] = _part(str(told["part"]))
        return str(WORDS[self.kind] % told)

    def __str__(self) -> str:
        whose = f"organisation {self.organisation}" if self.organisation else "no organisation"
        return f"{whose}, {self.since or 'the beginning'} – {self.until}: {self.words}"


@dataclass(slots=True)
class Result:
    """What was read, and what is not in order; of findings beyond what is kept their number."""

    rows: int = 0
    seals: int = 0
    findings: list[Finding] = field(default_factory=list)
    beyond: int = 0

    def add(self, other: "Result") -> None:
        self.rows += other.rows
        self.seals += other.seals
        self.find(other.findings)

    def find(self, findings: Iterable[Finding]) -> None:
        new = [one for one in findings if one not in self.findings]
        room = MOST_FINDINGS - len(self.findings)
        self.findings += new[:room]
        self.beyond += len(new[room:])

    def close(self, at: str) -> None:
        """Tells of what is beyond, by the time: no acknowledgement settles what nobody has seen."""
        if self.beyond:
            self.findings.append(Finding(0, "", at, Kind.MORE, {"number": self.beyond}))


def _part(told: str) -> str:
    """The table and the month of a part of the log, "entry 2026-11", in words."""
    name, of = told.split(" ")
    return f"{month(date.fromisoformat(f'{of}-01'))}, {PARTS[name]}"
