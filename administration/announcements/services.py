"""Announces, changes and ends breaks and news. Each with its row in the log."""

from typing import Any

from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from kelmu import announcements, clock
from kelmu.models import Announcement

CHANGEABLE = ["period", "days_before", "text_fi", "text_sv", "text_en"]


def announce(right: Right, kind: str, told: dict[str, Any]) -> Announcement:
    """Announces a break or news; `told` is what its form has found in order."""
    announcement = Announcement.objects.create(kind=kind, **_columns(told))
    _write(right, ActKind.ANNOUNCE, announcement, now=dict(announcement.content()))
    return announcement


def change(right: Right, announcement: Announcement, told: dict[str, Any]) -> None:
    """Changes what is announced, while it holds or before."""
    before = dict(announcement.content())
    for name, value in _columns(told).items():
        setattr(announcement, name, value)
    announcement.save(update_fields=CHANGEABLE)
    now = dict(announcement.content())
    _write(right, ActKind.CHANGE_ANNOUNCEMENT, announcement, before=before, now=now)


def end(right: Right, announcement: Announcement) -> None:
    """Ends what is announced now, or takes it back before it begins."""
    announcement.ended_at = clock.now()
    announcement.save(update_fields=["ended_at"])
    _write(right, ActKind.END_ANNOUNCEMENT, announcement, before=dict(announcement.content()))


def _columns(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in CHANGEABLE if name in told}


def _write(right: Right, act: ActKind, announcement: Announcement, **details: Any) -> None:
    announcements.forget()
    details["announcement"] = announcement.pk
    log.write(log.Row(act=act, details=details, **door.who(right)))
