"""What somebody did, as far as a log tells of it, and whether it was misuse, which no log tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

NOBODY = -1  # who was searched for and not found


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row. `kind` is empty for work, else the kind of misuse; `case` numbers what belongs
    together of it."""

    at: datetime
    worker: int
    customer: int
    act: str = "open"
    purpose: str = "other_benefits"
    reference: str = ""
    since: date | None = None  # from which day on the page was narrowed to
    kind: str = ""
    case: int = 0


def visit(
    chance: Random,
    at: datetime,
    worker: int,
    customer: int,
    *,
    pages: float,
    since: date | None = None,
    prints: float = 0.0,
    **told: str | int,
) -> Iterator[Act]:
    """A customer opened and some of their pages read: `pages` on average beyond the first."""
    yield Act(at=at, worker=worker, customer=customer, **told)  # type: ignore[arg-type]  # texts
    number = min(8, int(chance.expovariate(1 / pages))) if pages else 0
    for page in range(max(number, 1) if since else number):
        at += timedelta(seconds=chance.randint(8, 150))
        narrowed = since if page == 0 else None
        act = "print" if chance.random() < prints else "view"
        yield Act(
            at=at,
            worker=worker,
            customer=customer,
            act=act,
            since=narrowed,
            **told,  # type: ignore[arg-type]  # texts
        )


def miss(at: datetime, worker: int, **told: str | int) -> Act:
    """A search that found nobody."""
    return Act(at=at, worker=worker, customer=NOBODY, act="search", **told)  # type: ignore[arg-type]  # texts
