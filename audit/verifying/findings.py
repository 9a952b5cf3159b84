"""What verifying has read and found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_FINDINGS = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not as it was sealed: whose, in which interval, and what."""

    organisation: int
    since: str  # instants; "" is the beginning
    until: str
    what: str

    def __str__(self) -> str:
        whose = f"organisation {self.organisation}" if self.organisation else "no organisation"
        return f"{whose}, {self.since or 'the beginning'} – {self.until}: {self.what}"


@dataclass(slots=True)
class Result:
    """What was read, and what is not in order."""

    rows: int = 0
    seals: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: "Result") -> None:
        self.rows += other.rows
        self.seals += other.seals
        self.find(other.findings)

    def find(self, findings: Iterable[Finding]) -> None:
        room = MOST_FINDINGS - len(self.findings)
        self.findings += [one for one in findings if one not in self.findings][:room]
