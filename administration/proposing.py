"""What one person proposes and another decides on: the same for contacts, payees and versions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from authorizations.rights import Right
from organisations.models import Proposed


def proposal(right: Right, wanted: DateRange) -> dict[str, Any]:
    """The columns of what somebody proposes for a time."""
    return {
        "wanted": wanted,
        "proposed_by": right.subject,
        "proposed_by_name": right.user_name,
        "proposed_at": timezone.now(),
    }


def decide(right: Right, row: Proposed, decision: Proposed.Decision, note: str = "") -> None:
    """Writes on the row what somebody decides; it is not saved yet. `row` is locked.

    Raises ValidationError when it has been decided already, or the same person proposed it.
    """
    if row.decision:
        raise ValidationError(_("This has been decided already."), code="decided")
    if row.proposed_by == right.subject:
        raise ValidationError(
            _("You proposed this yourself: it takes another person to decide on it."), code="own"
        )
    row.decision = decision
    row.validity = row.wanted if decision == Proposed.Decision.ACCEPTED else None
    row.decided_by = right.subject
    row.decided_by_name = right.user_name
    row.decided_at = timezone.now()
    row.decision_note = note
