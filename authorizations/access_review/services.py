"""Ends sessions, marks who has left, and writes who reviewed. Each with its row in the log."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from audit.models import ActKind
from authorizations import door
from authorizations.models import Official, Session
from authorizations.rights import Right


def write_review(
    right: Right,
    act: ActKind,
    organisation_id: int,
    *,
    official: UUID | None = None,
    **details: Any,
) -> None:
    """Writes that somebody reviewed an organisation's access or changed something there."""
    if official:
        details["official"] = official
    door.write_office_act(right, act, organisation_id, **details)


def end_sessions(right: Right, organisation_id: int, subject: UUID, *, reason: str = "") -> int:
    """Ends a person's sessions for the organisation, and those that act for none yet; answers
    how many. The person's next request finds nobody logged in."""
    sessions = Session.objects.filter(
        Q(organisation=organisation_id) | Q(organisation=None, kela_groups=[]), subject=subject
    )
    ended, _ = sessions.delete()
    write_review(
        right,
        ActKind.END_SESSIONS,
        organisation_id,
        official=subject,
        ended=ended,
        **({"reason": reason} if reason else {}),
    )
    return ended


def mark_as_left(right: Right, official: Official) -> int:
    """Marks that the person has left or moved and ends their sessions; answers how many.

    The mark closes nothing more: the mandates are voided in Suomi.fi.
    """
    official.left_on = right.on
    official.left_marked_at = timezone.now()
    official.left_marked_by = right.subject
    official.save()
    write_review(right, ActKind.MARK_AS_LEFT, official.organisation_id, official=official.subject)
    return end_sessions(right, official.organisation_id, official.subject)


def take_mark_back(right: Right, official: Official) -> None:
    """The person has not left after all."""
    official.left_on = official.left_marked_at = official.left_marked_by = None
    official.save()
    write_review(right, ActKind.TAKE_MARK_BACK, official.organisation_id, official=official.subject)
