"""The seals in their order, and the bundles of them that are verified."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, starmap
from typing import Any

from django.db import connections, transaction

from audit import anchors
from audit.sealing import Covered
from audit.seals import SHORT, Seal
from audit.verifying.anchored import Anchored
from audit.verifying.findings import Finding, Kind

ROWS_OF_A_BUNDLE = 50_000
SEALS_OF_A_BUNDLE = 2_000
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
    WHERE organisation_id = %s AND number < %s ORDER BY number DESC
"""
ROUND_BEFORE = """
    SELECT content, signature FROM public.audit_seal
    WHERE round < %s AND (%s::bigint IS NULL OR organisation_id = %s) ORDER BY round DESC
"""


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


class Chain:
    """Goes through the seals in order: are they numbered, linked, and as many as were anchored."""

    def __init__(self, organisation: int | None, since: datetime | None) -> None:
        self.organisation, self.since = organisation, since
        self.findings: list[Finding] = []
        self._last: dict[int, Seal | None] = {}
        self._newest = anchors.newest_round()
        self._anchored = Anchored(organisation, since)

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
            if one.columns == (organisation, number, round_, made_at):
                yield one
            else:
                about = {"seal": number, "digest": one.digest[:SHORT]}
                until = made_at.isoformat()
                self.findings.append(Finding(organisation, "", until, Kind.SEAL_ALTERED, about))

    def _link(self, seal: Seal, times: dict[int, str]) -> None:
        whose = seal.organisation
        if whose not in self._last:
            self._last[whose] = self._seal_before(seal)
        last = self._last[whose]
        since = last.told["made_at"] if last else ""
        times.setdefault(whose, since)
        number, digest = (last.number, last.digest) if last else (0, "")
        if seal.number != number + 1:
            about = {"first": number + 1, "last": seal.number - 1}
            self._find(seal, since, Kind.SEALS_MISSING, about)
        elif seal.told["previous"] != digest:
            self._find(seal, since, Kind.SEAL_UNLINKED, seal.named)
        self._last[whose] = seal

    def _find(self, seal: Seal, since: str, kind: Kind, about: Mapping[str, str | int]) -> None:
        finding = Finding(seal.organisation, since, seal.told["made_at"], kind, about)
        self.findings.append(finding)

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


def _stream(statement: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of a cursor of the server's, so that not all are in memory."""
    with connections["sealer"].connection.cursor("seals") as cursor:
        cursor.itersize = SEALS_OF_A_BUNDLE
        cursor.execute(statement, parameters)
        yield from cursor


def _first(statement: str, parameters: list[Any]) -> Seal | None:
    """The first seal that can be read: one that cannot is a finding of its own."""
    with (
        transaction.atomic(using="sealer"),
        connections["sealer"].connection.cursor("first seal") as cursor,
    ):
        cursor.itersize = 1
        cursor.execute(statement, parameters)
        return next((seal for seal in starmap(Seal, cursor) if seal.columns), None)
