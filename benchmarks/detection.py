"""How much of the misuse in an invented year detection finds, and how much of what it flags is any.

The year (`demo/use/`) is made by rules that detection does not know. It is looked at month by
month, as the worker does, each beside the months before.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from benchmarks.results import Result
from demo.use.acts import NOBODY
from demo.use.acts import Act as Done
from demo.use.world import World
from demo.use.year import year
from kelmu.dates import months_before
from oversight.detection.acts import Act, Pair, Tie
from oversight.detection.habits import MONTHS_OF_HABITS
from oversight.detection.ranking import Odd, listed, ranked, within
from oversight.detection.signs import Kind

SEEDS = (1, 2, 3)
FIRST = date(2025, 11, 1)
LISTED = 20  # OVERSIGHT_ODD_ACTS: so many of a month a supervisor is asked to look at
TARGET = 0.9
# Signs that rest on the case reference, which not every organisation makes its people type.
OF_REFERENCES = {Kind.NO_REFERENCE, Kind.SHARED_REFERENCE, Kind.AGAIN_WITHOUT_REFERENCE}

type Rows = Mapping[UUID, Done]  # what was done in a month, by the id that its act has


@dataclass
class Flagged:
    """What was flagged in a year."""

    acts: int = 0
    misuse: int = 0
    cases: set[int] = field(default_factory=set)

    def add(self, done: Iterable[Done]) -> None:
        for one in done:
            self.acts += 1
            self.misuse += bool(one.kind)
            self.cases |= {one.case} - {0}


def measure() -> Iterator[Result]:
    """The share of the acts of misuse among the twentieth of all acts that stand out most."""
    for seed in SEEDS:
        yield _measured(seed)


def _measured(seed: int) -> Result:
    world, done = year(seed, FIRST)
    misuse = [one for one in done if one.kind]
    cases = len({one.case for one in misuse})
    whole, without_references, short = Flagged(), Flagged(), Flagged()
    for rows, odd in _months(world, done):
        _add(whole, rows, within(odd, len(rows)))
        _add(without_references, rows, within(_without_references(odd), len(rows)))
        short.add(rows[one.act.id] for one in listed(odd, len(rows), LISTED))
    return Result(
        name=f"detection_seed_{seed}",
        value=whole.misuse / len(misuse),
        unit="recall",
        better="higher",
        target=TARGET,
        beside={
            "precision": whole.misuse / whole.acts,
            "flagged": whole.acts / len(done),
            "acts": len(done),
            "misuse": len(misuse),
            "cases_found": len(whole.cases) / cases,
            "recall_without_references": without_references.misuse / len(misuse),
            "precision_of_list": short.misuse / short.acts,
            "cases_on_list": len(short.cases) / cases,
        },
    )


def _months(world: World, done: Iterable[Done]) -> Iterator[tuple[Rows, list[Odd]]]:
    """Each month, and what stands out in it."""
    by_month: dict[date, dict[UUID, Done]] = defaultdict(dict)
    for number, one in enumerate(done):
        by_month[one.at.date().replace(day=1)][UUID(int=number)] = one
    acts = {month: [_logged(*row) for row in rows.items()] for month, rows in by_month.items()}
    for month, rows in by_month.items():
        earlier = [months_before(month, back) for back in range(1, MONTHS_OF_HABITS + 1)]
        before = [act for one in earlier for act in acts.get(one, ())]
        yield rows, ranked(acts[month], before, _ties(world, rows.values()))


def _add(flagged: Flagged, rows: Rows, odd: Iterable[Odd]) -> None:
    flagged.add(rows[act.id] for one in odd for act in one.dealing.acts)


def _without_references(odd: Iterable[Odd]) -> list[Odd]:
    """The same as it would be ranked where nobody types a case reference."""
    left = (
        replace(one, signs=tuple(sign for sign in one.signs if sign.kind not in OF_REFERENCES))
        for one in odd
    )
    return sorted((one for one in left if one.signs), key=lambda one: -one.points)


def _logged(act_id: UUID, one: Done) -> Act:
    """An act as the log has it. Who was searched for in vain is somebody else each time."""
    is_nobody = one.customer == NOBODY
    return Act(
        id=act_id,
        at=one.at,
        actor=UUID(int=one.worker),
        customer=UUID(int=2**64 + act_id.int) if is_nobody else _whom(one.customer),
        is_search=one.act in {"open", "search"},
        is_miss=one.act == "search",
        purpose=one.purpose,
        reference=one.reference,
        look_back_days=(one.at.date() - one.since).days if one.since else 0,
    )


def _ties(world: World, done: Collection[Done]) -> dict[Pair, Tie]:
    """What `oversight_ties` answers of a month; that it does is for its own tests to say."""
    pairs = {(one.worker, one.customer) for one in done if one.customer != NOBODY}
    names = Counter(world.customers[one].surname for one in {customer for _, customer in pairs})
    staff = {one.as_customer for one in world.workers}
    return {
        (UUID(int=worker), _whom(customer)): _tie(world, worker, customer, names, staff)
        for worker, customer in pairs
    }


def _tie(world: World, worker: int, customer: int, names: Counter[str], staff: set[int]) -> Tie:
    one, who = world.customers[customer], world.workers[worker]
    return Tie(
        namesakes=names[one.surname] / names.total() if one.surname == who.surname else 0.0,
        is_colleague=customer in staff and customer != who.as_customer,
        is_elsewhere=not one.is_near,
    )


def _whom(customer: int) -> UUID:
    return UUID(int=2**32 + customer)
