"""How it stands with the seals of the log: what the health check and Kela's admins are told."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

ANCHORS_LATE, ALTERED, NOT_VERIFIED = "anchors late", "altered", "not verified"
ANCHORED = "SELECT anchored_until < %s FROM audit_sealing"
# A finding stands until the whole log has been verified without one.
STATE = """
    SELECT anchored_until < %(anchored)s,
        EXISTS (
            SELECT FROM audit_verification WHERE findings <> '[]' AND id > coalesce((
                SELECT max(id) FROM audit_verification WHERE is_whole AND findings = '[]'), 0)
        ),
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


def _row(statement: str, parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()
