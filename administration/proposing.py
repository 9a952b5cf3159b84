"""What one person proposes and another decides on: the same for contacts, payees and versions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from authorizations.rights import Right
from kelmu.clock import HELSINKI
from kelmu.formats import day
from organisations.models import Proposed


class State(StrEnum):
    """How what was proposed stands on a day."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    COMING = "coming"
    HOLDS = "holds"
    ENDED = "ended"


def state(row: Proposed, on: date) -> State:
    """How a row stands on a day."""
    if row.decision in Proposed.DROPPED:
        return State(row.decision)
    if row.validity is None:
        return State.PROPOSED
    if row.validity.isempty or (row.validity.upper and row.validity.upper <= on):
        return State.ENDED
    return State.HOLDS if on in row.validity else State.COMING


def state_in_words(row: Proposed, on: date) -> str:
    """The same for the pages, with who said no and why."""
    words = {
        State.PROPOSED: _("waits for Kela"),
        State.REFUSED: _("refused: %(why)s") % {"why": row.decision_note},
        State.WITHDRAWN: _("withdrawn: %(why)s") % {"why": row.decision_note},
        State.COMING: _("to come"),
        State.HOLDS: _("holds"),
        State.ENDED: pgettext("what was proposed", "ended"),
    }
    return words[state(row, on)]


def history(row: Proposed) -> list[str]:
    """Who proposed a row and who decided on it, in words."""
    told = [
        _("Proposed by %(name)s on %(day)s.")
        % {"name": row.proposed_by_name, "day": _day(row.proposed_at)}
    ]
    if row.decided_at:
        messages = {
            Proposed.Decision.ACCEPTED: _("Accepted by %(name)s on %(day)s."),
            Proposed.Decision.REFUSED: _("Refused by %(name)s on %(day)s."),
            Proposed.Decision.WITHDRAWN: _("Withdrawn by %(name)s on %(day)s."),
        }
        message = messages[Proposed.Decision(row.decision)]
        told.append(message % {"name": row.decided_by_name, "day": _day(row.decided_at)})
    if row.decision_note:
        told.append(row.decision_note)
    return told


def _day(moment: datetime) -> str:
    return day(timezone.localtime(moment, HELSINKI).date())


def proposal(right: Right, wanted: DateRange) -> dict[str, Any]:
    """The columns of what somebody proposes for a time."""
    return {
        "wanted": wanted,
        "proposed_by": right.subject,
        "proposed_by_name": right.user_name,
        "proposed_at": timezone.now(),
    }


def decide(right: Right, row: Proposed, decision: Proposed.Decision, note: str = "") -> None:
    """Writes on the row what somebody decides, or that they withdraw it; it is not saved yet.
    `row` is locked.

    Raises ValidationError when it has been decided already, when the same person proposed it, or
    when they withdraw what another proposed.
    """
    if row.decision:
        raise ValidationError(_("This has been decided already."), code="decided")
    if decision == Proposed.Decision.WITHDRAWN:
        _check_own(right, row)
    elif row.proposed_by == right.subject:
        raise ValidationError(
            _("You proposed this yourself: it takes another person to decide on it."), code="own"
        )
    row.decision = decision
    row.validity = row.wanted if decision == Proposed.Decision.ACCEPTED else None
    row.decided_by = right.subject
    row.decided_by_name = right.user_name
    row.decided_at = timezone.now()
    row.decision_note = note


def may_withdraw(right: Right, row: Proposed) -> bool:
    """Whether somebody proposed a row on which nobody has decided yet."""
    return not row.decision and row.proposed_by == right.subject


def _check_own(right: Right, row: Proposed) -> None:
    if row.proposed_by != right.subject:
        raise ValidationError(
            _("Only %(name)s, who proposed this, withdraws it."),
            params={"name": row.proposed_by_name},
            code="not_own",
        )
