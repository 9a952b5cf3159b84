"""The rows that a bundle of seals covers, beside what the seals and their anchors say."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from audit import anchors, lines, seals
from audit.lines import Digest, Span
from audit.sealing import Covered, content_of
from audit.seals import SHORT, Seal
from audit.verifying.anchored import seals_of
from audit.verifying.chain import Bundle
from audit.verifying.findings import Finding, Kind, Result
from kelmu.dates import months_before


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
            for part, digest in parts.items():
                month, (number, told) = part[-7:], digest.told()
                about = {"part": part, "read": number, "digest": str(told)[:SHORT]}
                until = self.last or month
                self.findings.append(Finding(whose, month, until, Kind.ROWS_UNSEALED, about))

    def _compare(self, seal: Seal, read: dict[str, list[int | str]]) -> None:
        sealed: dict[str, list[int | str]] = seal.told["rows"]
        for part in sorted({*sealed, *read}):
            was, now = sealed.get(part, [0, ""]), read.get(part, [0, ""])
            if was == now or (not now[0] and _has_expired(part)):
                continue
            kind = Kind.ROWS_CHANGED if was[0] == now[0] else Kind.ROWS_MISCOUNTED
            about = {"part": part, "sealed": was[0], "read": now[0], "digest": str(now[1])[:SHORT]}
            self._find(seal, kind, about)

    def signatures(self) -> None:
        keys = seals.public_keys()
        for seal in self.bundle.seals:
            if not seal.is_signed(keys):
                self._find(seal, Kind.SEAL_UNSIGNED)

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
            whose = [one for one in seals_of(content or b"") if _is_of(one, seal.organisation)]
            if [one.line for one in whose] != [seal.line]:
                self._beside([seal], None if content is None else content_of(whose))

    def _beside(self, told: list[Seal], content: bytes | None) -> None:
        anchored = {one.line for one in seals_of(content or b"")}
        for seal in told:
            if content is None:
                self._find(seal, Kind.ANCHOR_MISSING)
            elif seal.line not in anchored:
                self._find(seal, Kind.SEAL_NOT_ANCHORED)
        in_database = {one.line for one in told}
        for seal in seals_of(content or b""):
            if seal.line not in in_database:
                self._find(seal, Kind.SEAL_LOST)

    def _find(self, seal: Seal, kind: Kind, about: Mapping[str, str | int] | None = None) -> None:
        made_at = str(seal.told.get("made_at", ""))
        since, until = self.spans.get((seal.organisation, seal.round), ("", made_at))
        told = seal.named if about is None else about
        self.findings.append(Finding(seal.organisation, since, until, kind, told))


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


def _is_of(seal: Seal, organisation: int) -> bool:
    return seal.organisation == organisation
