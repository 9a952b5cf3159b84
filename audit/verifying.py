"""Reads the log again and compares it with its seals, and the seals with their anchors.

Whoever can change rows in the database cannot sign a seal, and whoever can sign cannot change an
anchor. Rows are read by PostgreSQL's own COPY, digests are made here: no function that stands in
the database, and could have been changed with it, has a word in it.

Seals are taken in rounds, as they were made, and rows by their transactions, a bundle at a time:
memory stays flat, and bundles are verified side by side.
"""

import json
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

import django
from django.conf import settings
from django.db import connections, transaction

from audit import anchors, lines, seals
from audit.lines import Digest, Span
from audit.sealing import Covered, content_of
from audit.seals import Seal
from kelmu.dates import months_before

ROWS_OF_A_BUNDLE = 50_000
SEALS_OF_A_BUNDLE = 2_000
MOST_FINDINGS = 1_000
SEALS = """
    SELECT organisation_id, number, round, made_at, content, signature FROM public.audit_seal
    WHERE (%(organisation)s::bigint IS NULL OR organisation_id = %(organisation)s)
        AND round >= coalesce((
            SELECT min(round) FROM public.audit_seal WHERE made_at >= %(since)s::timestamptz
        ), CASE WHEN %(since)s::timestamptz IS NULL THEN 0 END)
    ORDER BY round, organisation_id
"""
BEFORE = """
    SELECT content, signature FROM public.audit_seal
    WHERE organisation_id = %s AND number < %s ORDER BY number DESC LIMIT 1
"""
ROUND_BEFORE = """
    SELECT content, signature FROM public.audit_seal
    WHERE round < %s AND (%s::bigint IS NULL OR organisation_id = %s) ORDER BY round DESC LIMIT 1
"""
BEGIN_IN_TIME = """
    SELECT pg_try_advisory_lock(hashtext('audit_verify')) AND NOT EXISTS (
        SELECT FROM public.audit_verification
        WHERE is_whole AND finished_at > now() - %s * interval '1 second'
    )
"""
RECORD = """
    INSERT INTO public.audit_verification (started_at, is_whole, rows, seals, findings)
    VALUES (%s, %s, %s, %s, %s::jsonb)
"""


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


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rounds of seals one after the other, and what the round before them covered. The last of an
    organisation's is followed by what the newest round of all covers."""

    before: Covered
    seals: tuple[Seal, ...]
    since: dict[int, str]  # the time of each organisation's seal before
    anchored: int  # the newest round that has an anchor: no anchor before it may be missing
    organisation: int | None
    end: Covered | None = None


def verify(
    organisation: int | None = None,
    since: datetime | None = None,
    *,
    processes: int = 1,
    progress: Callable[[int], object] = lambda _seals: None,
) -> Result:
    """Verifies the seals of one organisation or of all, those made since an instant or all.

    `progress` is told how many seals more are done.
    """
    seals.public_keys()  # ImproperlyConfigured now, and not in the middle
    result = Result()
    chain = Chain(organisation, since)
    for part in _in_parallel(chain.bundles(), processes):
        result.add(part)
        progress(part.seals)
    result.find(chain.findings)
    return result


def verify_in_time() -> None:
    """Verifies the whole log if that has not been done for as long as the setting says.

    Nothing while somebody else does. With one process, for the machine has other work.
    """
    with connections["sealer"].cursor() as cursor:
        cursor.execute(BEGIN_IN_TIME, [settings.LOG_VERIFY_EVERY.total_seconds()])
        (is_due,) = cursor.fetchone()
        if is_due:
            verify_and_record()
        cursor.execute("SELECT pg_advisory_unlock_all()")


def verify_and_record(
    organisation: int | None = None, since: datetime | None = None, **how: Any
) -> Result:
    """`verify`, whose result the health check then tells."""
    started = datetime.now(UTC)
    result = verify(organisation, since, **how)
    is_whole = organisation is None and since is None
    findings = json.dumps([asdict(one) for one in result.findings])
    with connections["sealer"].cursor() as cursor:
        cursor.execute(RECORD, [started, is_whole, result.rows, result.seals, findings])
    return result


def _in_parallel(bundles: Iterator[Bundle], processes: int) -> Iterator[Result]:
    if processes == 1:
        yield from map(verify_bundle, bundles)
        return
    spawn = multiprocessing.get_context("spawn")  # a connection must not be shared by forking
    with ProcessPoolExecutor(processes, spawn, django.setup) as pool:
        running = set()
        for bundle in bundles:
            running.add(pool.submit(verify_bundle, bundle))
            if len(running) > 2 * processes:  # what waits is in memory
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        yield from (one.result() for one in running)


class Chain:
    """Goes through the seals in order: are they numbered, linked, and as many as were anchored."""

    def __init__(self, organisation: int | None, since: datetime | None) -> None:
        self.organisation, self.since = organisation, since
        self.findings: list[Finding] = []
        self._last: dict[int, Seal | None] = {}
        self._newest = anchors.newest_round()
        self._anchored = _Anchored(organisation, since)

    def bundles(self) -> Iterator[Bundle]:
        """The seals in bundles, whole rounds each."""
        before: Covered | None = None
        rounds: list[list[Seal]] = []
        times: dict[int, str] = {}
        for of_round in self._rounds():
            if before is None:
                before = self._round_before(of_round[0].round)
            rounds.append(of_round)
            for seal in of_round:
                self._link(seal, times)
            if _is_full(rounds):
                yield Bundle(before, _flat(rounds), times, self._newest, self.organisation)
                before, rounds, times = Covered.by(of_round[0]), [], {}
        end = self._end()
        if rounds or end:
            told = (before or _NOTHING, _flat(rounds), times, self._newest)
            yield Bundle(*told, self.organisation, end)
        self.findings += self._anchored.left()

    def _rounds(self) -> Iterator[list[Seal]]:
        told = {"organisation": self.organisation, "since": self.since}
        with transaction.atomic(using="sealer"):
            for number, of_round in groupby(self._readable(told), lambda one: one.round):
                self.findings += self._anchored.until(number)
                yield list(of_round)

    def _readable(self, told: dict[str, Any]) -> Iterator[Seal]:
        for organisation, number, round_, made_at, *seal in _stream(SEALS, told):
            one = Seal(*seal)
            if one.says(organisation, number, round_, made_at):
                yield one
            else:
                what = f"seal {number} does not say what its columns say"
                self.findings.append(Finding(organisation, "", made_at.isoformat(), what))

    def _link(self, seal: Seal, times: dict[int, str]) -> None:
        whose = seal.organisation
        if whose not in self._last:
            self._last[whose] = self._seal_before(seal)
        last = self._last[whose]
        since = last.told["made_at"] if last else ""
        times.setdefault(whose, since)
        number, digest = (last.number, last.digest) if last else (0, "")
        if seal.number != number + 1:
            what = f"seals {number + 1}–{seal.number - 1} are missing"
            self.findings.append(Finding(whose, since, seal.told["made_at"], what))
        elif seal.told["previous"] != digest:
            what = f"seal {seal.number} is not linked to the one before"
            self.findings.append(Finding(whose, since, seal.told["made_at"], what))
        self._last[whose] = seal

    def _seal_before(self, seal: Seal) -> Seal | None:
        return _first(BEFORE, [seal.organisation, seal.number]) if self.since else None

    def _round_before(self, number: int) -> Covered:
        whose = self.organisation
        return Covered.by(_first(ROUND_BEFORE, [number, whose, whose]) if self.since else None)

    def _end(self) -> Covered | None:
        """Of one organisation, how far the log is sealed beyond its newest seal."""
        if self.organisation is None:
            return None
        newest = _first(ROUND_BEFORE, [2**62, None, None])
        return Covered.by(newest) if newest else None


_NOTHING = Covered(0, 0, ())


def _is_full(rounds: list[list[Seal]]) -> bool:
    """Told by what the seals say of themselves: a size, nothing that is trusted."""
    said = [seal.told["rows"].values() for of_round in rounds for seal in of_round]
    rows = sum(int(number) for parts in said for number, _digest in parts)
    return rows >= ROWS_OF_A_BUNDLE or len(said) >= SEALS_OF_A_BUNDLE


def _flat(rounds: list[list[Seal]]) -> tuple[Seal, ...]:
    return tuple(seal for of_round in rounds for seal in of_round)


class _Anchored:
    """The anchors beside the rounds of the database: finds those whose seals are gone."""

    def __init__(self, organisation: int | None, since: datetime | None) -> None:
        self._whose = organisation
        names = anchors.names(since.date() if since else date.min)
        self._names = ((anchors.round_of(name), name) for name in names)
        self._next = next(self._names, None)
        self._since = since

    def until(self, number: int) -> Iterator[Finding]:
        """What is found of the rounds before one of the database."""
        while self._next and self._next[0] <= number:
            told, name = self._next
            if told < number:
                yield from self._gone(name)
            self._next = next(self._names, None)

    def left(self) -> Iterator[Finding]:
        """What is found of the rounds after the last one of the database."""
        yield from self.until(2**62)

    def _gone(self, name: str) -> Iterator[Finding]:
        for seal in _seals_of(anchors.get(name) or b""):
            is_asked = self._whose in {None, seal.organisation}
            if is_asked and (self._since is None or seal.made_at >= self._since):
                told = f"seal {seal.number} is anchored and missing in the database"
                yield Finding(seal.organisation, "", seal.told["made_at"], told)


def verify_bundle(bundle: Bundle) -> Result:
    """The rows of a bundle beside its seals, the seals beside keys and anchors."""
    check = _Check(bundle)
    with transaction.atomic(using="sealer"), connections["sealer"].cursor() as cursor:
        check.read(cursor)
    check.compare()
    check.signatures()
    if bundle.organisation is None:
        check.anchors()
    else:
        check.anchors_of_one()
    return Result(check.rows, len(bundle.seals), check.findings)


class _Check:
    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.rows = bundle, 0
        self.findings: list[Finding] = []
        self.found: dict[tuple[int, int], dict[str, Digest]] = defaultdict(
            lambda: defaultdict(Digest)
        )
        by_round = {one.round: Covered.by(one) for one in reversed(bundle.seals)}
        self.rounds = sorted(by_round.values(), key=lambda one: one.round)
        self.closing = [bundle.end] if bundle.end else []
        times = dict(bundle.since)
        self.spans: dict[tuple[int, int], tuple[str, str]] = {}
        for seal in bundle.seals:
            made_at = seal.told["made_at"]
            key = (seal.organisation, seal.round)
            self.spans[key] = (times.get(seal.organisation, ""), made_at)
            times[seal.organisation] = made_at
        self.last = max((one.told["made_at"] for one in bundle.seals), default="")

    def read(self, cursor: Any) -> None:
        """Digests every row that a round of the bundle covers."""
        covering = [*self.rounds, *self.closing]
        before, last = self.bundle.before, covering[-1]
        span = Span(before.until, last.until, before.open, self.bundle.organisation)
        place = _Place(covering)
        for line in lines.read(cursor, span):
            covered = place.of(line.transaction)
            if covered is not None:
                self.found[line.organisation, covered.round][line.part].add(line.text)
                self.rows += 1

    def compare(self) -> None:
        """What the seals say beside what was read; rows that no seal tells of."""
        for seal in self.bundle.seals:
            read = self.found.pop((seal.organisation, seal.round), {})
            self._compare(seal, {part: digest.told() for part, digest in read.items()})
        for (whose, _round), parts in self.found.items():
            number = sum(digest.number for digest in parts.values())
            what = f"{number} rows of which no seal tells"
            first, last = min(parts)[-7:], max(parts)[-7:]
            self.findings.append(Finding(whose, first, self.last or last, what))

    def _compare(self, seal: Seal, read: dict[str, list[int | str]]) -> None:
        sealed: dict[str, list[int | str]] = seal.told["rows"]
        for part in sorted({*sealed, *read}):
            was, now = sealed.get(part, [0, ""]), read.get(part, [0, ""])
            if was == now or (not now[0] and _has_expired(part)):
                continue
            same = "with other contents" if was[0] == now[0] else "read"
            self._find(seal, f"{part}: {was[0]} rows sealed, {now[0]} {same}")

    def signatures(self) -> None:
        keys = seals.public_keys()
        for seal in self.bundle.seals:
            if not seal.is_signed(keys):
                self._find(seal, f"seal {seal.number} is not signed by a known key")

    def anchors(self) -> None:
        """Each round beside its file."""
        for number, of_round in groupby(self.bundle.seals, lambda one: one.round):
            told = list(of_round)
            content = anchors.get(anchors.name_of(number, told[0].made_at))
            if content == content_of(told) or (content is None and number > self.bundle.anchored):
                continue
            self._beside(told, content)

    def anchors_of_one(self) -> None:
        """The same where the seals of others in the round were not read."""
        for seal in self.bundle.seals:
            content = anchors.get(anchors.name_of(seal.round, seal.made_at))
            if content is None and seal.round > self.bundle.anchored:
                continue
            whose = [one for one in _seals_of(content or b"") if _is_of(one, seal.organisation)]
            if [one.line for one in whose] != [seal.line]:
                self._beside([seal], None if content is None else content_of(whose))

    def _beside(self, told: list[Seal], content: bytes | None) -> None:
        anchored = {one.line for one in _seals_of(content or b"")}
        for seal in told:
            if content is None:
                self._find(seal, f"the anchor of seal {seal.number} is missing")
            elif seal.line not in anchored:
                self._find(seal, f"seal {seal.number} is not the one that was anchored")
        in_database = {one.line for one in told}
        for seal in _seals_of(content or b""):
            if seal.line not in in_database:
                self._find(seal, f"seal {seal.number} is anchored and missing in the database")

    def _find(self, seal: Seal, what: str) -> None:
        made_at = str(seal.told.get("made_at", ""))
        since, until = self.spans.get((seal.organisation, seal.round), ("", made_at))
        self.findings.append(Finding(seal.organisation, since, until, what))


class _Place:
    """Finds the round of a transaction; they come in ascending order, but for each table anew."""

    def __init__(self, rounds: list[Covered]) -> None:
        self._rounds = rounds
        self._known: tuple[int, Covered | None] = (-1, None)

    def of(self, number: int) -> Covered | None:
        if number != self._known[0]:
            self._known = (number, self._find(number))
        return self._known[1]

    def _find(self, number: int) -> Covered | None:
        covering = (one for one in self._rounds if number < one.until and number not in one.open)
        return next(covering, None)


def _has_expired(part: str) -> bool:
    """Whether a month is older than the log is kept, so that it may have been removed."""
    today = datetime.now(UTC).date()
    return part[-7:] < f"{months_before(today, 12 * settings.LOG_KEEP_YEARS):%Y-%m}"


def _seals_of(content: bytes) -> list[Seal]:
    try:
        return [Seal.of_line(line) for line in content.decode().splitlines()]
    except ValueError:
        return []


def _is_of(seal: Seal, organisation: int) -> bool:
    return seal.organisation == organisation


def _stream(statement: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of a cursor of the server's, so that not all are in memory."""
    with connections["sealer"].connection.cursor("seals") as cursor:
        cursor.itersize = SEALS_OF_A_BUNDLE
        cursor.execute(statement, parameters)
        yield from cursor


def _first(statement: str, parameters: list[Any]) -> Seal | None:
    with connections["sealer"].cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return Seal(*row) if row else None
