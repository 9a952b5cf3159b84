"""How it stands with the seals of the log: what the health check and Kela's admins are told."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit.verifying.findings import Finding, Kind

ANCHORS_LATE, ALTERED, NOT_VERIFIED = "anchors late", "altered", "not verified"
ANCHORED = "SELECT anchored_until < %s FROM audit_sealing"
# A finding stands until it is acknowledged, or the whole log has been verified without one.
STATE = """
    SELECT anchored_until < %(anchored)s,
        EXISTS (SELECT FROM audit_standing_findings()),
        coalesce((
            SELECT max(finished_at) FROM audit_verification WHERE is_whole), began_at
        ) < %(verified)s
    FROM audit_sealing
"""


def alarms() -> list[str]:
    """What is not as it should be, by slugs of this module."""
    now = timezone.now()
    late, altered, not_verified = _row(
        STATE,
        {
            "anchored": now - settings.LOG_ANCHOR_MAX_AGE,
            "verified": now - 2 * settings.LOG_VERIFY_EVERY,
        },
    )
    told = {ANCHORS_LATE: late, ALTERED: altered, NOT_VERIFIED: not_verified}
    return [name for name, holds in told.items() if holds]


def anchors_are_late() -> bool:
    """Whether rows of the log have waited too long for their seals to be anchored."""
    (late,) = _row(ANCHORED, [timezone.now() - settings.LOG_ANCHOR_MAX_AGE])
    return bool(late)


def standing() -> list[Finding]:
    """What verifying found and nobody has acknowledged."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT found::text FROM audit_standing_findings() AS found"
            " ORDER BY (found ->> 'organisation')::bigint, found ->> 'until', found::text"
        )
        told = [json.loads(found) for (found,) in cursor.fetchall()]
    return [Finding(**one | {"kind": Kind(one["kind"])}) for one in told]


def newest_verification() -> int:
    """The number of the newest verification; 0 if there is none."""
    (number,) = _row("SELECT coalesce(max(id), 0) FROM audit_verification", [])
    return int(number)


def acknowledge(entry: UUID, until: int) -> int:
    """Acknowledges what stands since that verification at the latest, by the row of the log that
    says why; how many findings."""
    (number,) = _row("SELECT audit_acknowledge(%s, %s)", [entry, until])
    return int(number)


def _row(statement: str, parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()
