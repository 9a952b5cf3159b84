"""Seals what the log has got, and anchors the seals; the worker does it, some times a minute.

Rows commit in another order than their times, so no instant says that all rows before it are there.
Each row names its transaction instead, and each round of seals the transactions it covers: all that
PostgreSQL's snapshot knows to have ended, those before `until` but not the `open` ones. What was
open belongs to a later round, and one that stays open long keeps no other row waiting. So a row
belongs to exactly one round, whenever it is read: the first whose `until` is beyond its transaction
and to which that was not open.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connections, transaction

from audit import anchors, lines, seals
from audit.lines import Digest, Span
from audit.seals import Seal

logger = logging.getLogger(__name__)
ROUNDS_AT_ONCE = 500
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('audit_seal'))"  # several workers, one seals
SNAPSHOT = "SELECT pg_current_snapshot()::text, clock_timestamp()"
NEWEST = "SELECT content, signature FROM public.audit_seal ORDER BY round DESC LIMIT 1"
NEWEST_OF_EACH = (
    "SELECT DISTINCT ON (organisation_id) content, signature FROM public.audit_seal"
    " WHERE organisation_id = ANY(%s) ORDER BY organisation_id, number DESC"
)
INSERT = "INSERT INTO public.audit_seal VALUES (%s, %s, %s, %s, %s, %s)"
# What is committed and not sealed yet is younger than this; if there is nothing, all is sealed.
# OFFSET 0 keeps the planner from going through the whole day in the order of `at`.
SEALED_UNTIL = """
    UPDATE public.audit_sealing SET sealed_until = coalesce((
        SELECT min(at) FROM (
            SELECT at FROM public.audit_entry
            WHERE (transaction >= %(until)s OR transaction = ANY(%(open)s::bigint[]))
                AND at > %(now)s - interval '1 day'
            OFFSET 0
        ) AS unsealed
    ), %(now)s)
"""
UNANCHORED = """
    SELECT content, signature FROM public.audit_seal, public.audit_sealing
    WHERE round > anchored_round AND round <= anchored_round + %s ORDER BY round, organisation_id
"""


class Behind(Exception):
    """The database counts transactions from anew, as after a logical restore: docs/operations.md"""


@dataclass(frozen=True, slots=True)
class Covered:
    """What a round covers: transactions before `until`, but not the `open` ones."""

    round: int
    until: int
    open: tuple[int, ...]

    @classmethod
    def by(cls, seal: Seal | None) -> "Covered":
        if seal is None:
            return cls(0, 0, ())
        return cls(seal.round, int(seal.told["until"]), tuple(seal.told["open"]))


def seal_and_anchor() -> None:
    """Does both; anchors also what could not be anchored before."""
    seal()
    anchor()


def seal() -> int:
    """Seals each organisation's new rows; answers how many seals were made. Nothing while another
    worker does. Raises Behind."""
    with transaction.atomic(using="sealer"), connections["sealer"].cursor() as cursor:
        if not _alone(cursor):
            return 0
        snapshot, now = _one(cursor, SNAPSHOT)
        before = Covered.by(_seal(cursor, NEWEST))
        covered = _covered(snapshot, before)
        found = _digests(cursor, before, covered)
        for one in _seals(cursor, found, covered, now):
            columns = (one.organisation, one.number, one.round, one.made_at)
            cursor.execute(INSERT, [*columns, one.content, one.signature])
        told = {"until": covered.until, "open": list(covered.open), "now": now}
        cursor.execute(SEALED_UNTIL, told)
        return len(found)


def _covered(snapshot: str, before: Covered) -> Covered:
    _xmin, xmax, in_progress = snapshot.split(":")
    if int(xmax) < before.until:
        raise Behind(f"Transaction {xmax} is before {before.until}, which is sealed.")
    open_ = tuple(int(one) for one in in_progress.split(",") if one)
    return Covered(before.round + 1, int(xmax), open_)


def _digests(cursor: Any, before: Covered, covered: Covered) -> dict[int, dict[str, Digest]]:
    """Of each organisation, the digests of its new rows, part by part of the log."""
    found: dict[int, dict[str, Digest]] = defaultdict(lambda: defaultdict(Digest))
    span = Span(before.until, covered.until, before.open)
    for line in lines.read(cursor, span, skipped=set(covered.open)):
        found[line.organisation][line.part].add(line.text)
    return found


def _seals(
    cursor: Any, found: dict[int, dict[str, Digest]], covered: Covered, now: datetime
) -> list[Seal]:
    cursor.execute(NEWEST_OF_EACH, [list(found)])
    newest = {one.organisation: one for one in (Seal(*row) for row in cursor.fetchall())}
    return [
        seals.sign(
            {
                "organisation": organisation,
                "number": newest[organisation].number + 1 if organisation in newest else 1,
                "previous": newest[organisation].digest if organisation in newest else "",
                "round": covered.round,
                "until": covered.until,
                "open": covered.open,
                "made_at": now.isoformat(),
                "rows": {part: digest.told() for part, digest in parts.items()},
            }
        )
        for organisation, parts in sorted(found.items())
    ]


def anchor() -> None:
    """Writes each round of seals that is not anchored yet to its file, one after the other.

    Where the place cannot be written, it logs that and tries again the next time.
    """
    with transaction.atomic(using="sealer"), connections["sealer"].cursor() as cursor:
        if not _alone(cursor):
            return
        cursor.execute(UNANCHORED, [ROUNDS_AT_ONCE])
        waiting = [Seal(*row) for row in cursor.fetchall()]
        anchored, is_whole = _put(waiting)
        cursor.execute(
            "UPDATE public.audit_sealing SET anchored_round = greatest(anchored_round, %s),"
            " anchored_until = CASE WHEN %s THEN sealed_until ELSE anchored_until END",
            [anchored, is_whole and len({one.round for one in waiting}) < ROUNDS_AT_ONCE],
        )


def _put(waiting: list[Seal]) -> tuple[int, bool]:
    """The last round that stands in its place, and whether all that wait do."""
    anchored = 0
    for number, of_round in groupby(waiting, lambda one: one.round):
        told = list(of_round)
        try:
            anchors.put(anchors.name_of(number, told[0].made_at), content_of(told))
        except Exception:  # whatever a storage raises; the health check tells when it is late
            logger.exception("Seals cannot be anchored.")
            return anchored, False
        anchored = number
    return anchored, True


def content_of(told: list[Seal]) -> bytes:
    """The file of a round: a line for each seal, by organisation."""
    return "".join(f"{one.line}\n" for one in told).encode()


def _alone(cursor: Any) -> bool:
    return bool(_one(cursor, LOCK)[0])


def _one(cursor: Any, statement: str) -> Any:
    cursor.execute(statement)
    return cursor.fetchone()


def _seal(cursor: Any, statement: str) -> Seal | None:
    row = _one(cursor, statement)
    return Seal(*row) if row else None
