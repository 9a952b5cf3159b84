"""Switches detection on and off, and flags what stands out."""

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from kelmu import clock
from kelmu.dates import months_before
from oversight.detection import queries
from oversight.detection.habits import MONTHS_OF_HABITS
from oversight.detection.queries import USING
from oversight.detection.ranking import Odd, listed, ranked
from oversight.models import Switch
from oversight.reviews.services import draw_what_is_due, months_over


def switch(right: Right, *, held_on: date | None, note: str) -> Switch:
    """Detection is on once a co-operation procedure with staff has been held, or off from here on:
    `held_on` None, and `note` says why."""
    organisation = right.acting_for.id
    told: dict[str, Any] = {"is_on": held_on is not None, "note": note}
    if held_on:
        told["held_on"] = held_on
    door.write_office_act(right, ActKind.SWITCH_DETECTION, organisation, **told)
    return Switch.objects.create(
        organisation_id=organisation,
        **told,
        by=right.subject,
        by_name=right.user_name,
        on=right.on,
    )


def draw_and_detect() -> None:
    """Draws the samples that are due, and flags beside them; the worker's job."""
    draw_what_is_due()
    detect_what_is_due()


def detect_what_is_due() -> None:
    """Flags in each organisation that has detection on the acts of months that are over and not
    looked at yet."""
    for organisation, since in queries.switched_on().items():
        for month in reversed(months_over(clock.today())):
            if since < months_before(month, -1) and not queries.is_swept(organisation, month):
                detect(organisation, month, since)


def detect(organisation: int, month: date, since: date) -> int:
    """Flags what stands out in a month that is over, of what was done since a day; how many acts.

    None where its sample is not drawn yet. Raises InternalError where detection is off.
    """
    with transaction.atomic(using=USING):
        odd, seen = find(organisation, month, since)
        with connections[USING].cursor() as cursor:
            return _flag(cursor, organisation, month, seen, odd)


def find(organisation: int, month: date, since: date) -> tuple[list[Odd], int]:
    """All that stands out in a month, the oddest first, and how many acts were looked at."""
    first = max(month, since)
    of_month = list(queries.acts(organisation, first, months_before(month, -1)))
    earlier = max(months_before(month, MONTHS_OF_HABITS), since)
    before = queries.acts(organisation, earlier, first) if earlier < first else iter(())
    ties = queries.ties(organisation, month, clock.today())
    return ranked(of_month, before, ties), len(of_month)


def _flag(cursor: CursorWrapper, organisation: int, month: date, seen: int, odd: list[Odd]) -> int:
    today = clock.today()
    due = today + timedelta(days=settings.OVERSIGHT_REVIEW_DAYS)
    flags = [_told(one) for one in listed(odd, seen, settings.OVERSIGHT_ODD_ACTS)]
    cursor.execute(
        "SELECT oversight_flag_acts(%s, %s, %s, %s, %s, %s)",
        [organisation, month, today, due, seen, json.dumps(flags)],
    )
    (flagged,) = cursor.fetchone()
    return flagged or 0


def _told(one: Odd) -> dict[str, Any]:
    return {
        "id": str(one.act.id),
        "at": one.act.at.isoformat(),
        "acts": len(one.dealing.acts),
        "points": round(one.points, 3),
        "signs": [{"kind": sign.kind, **sign.facts} for sign in one.signs],
    }
