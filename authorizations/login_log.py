"""Writes the steps of a login in the access log."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from audit import services as log
from audit.models import ActKind, Outcome
from authorizations.session_store import ACTING, PERSON
from authorizations.suomifi.errors import SuomiFiError


def write_failure(session: SessionBase, error: SuomiFiError) -> None:
    """Writes that a login ended early, and why."""
    write(session, ActKind.LOGIN_FAILED, Outcome.FAILED, reason=error.reason)


def write(
    session: SessionBase, act: ActKind, outcome: Outcome = Outcome.PERMITTED, **details: Any
) -> None:
    """Writes a step of whoever the session knows, in a transaction of its own."""
    acting = {**session.get(PERSON, {}), **session.get(ACTING, {})}
    with transaction.atomic():
        write_row(session, act, outcome, acting, details)


def write_row(
    session: SessionBase,
    act: ActKind,
    outcome: Outcome,
    acting: dict[str, Any],
    details: dict[str, Any],
) -> None:
    """Writes a step in the caller's transaction; `acting` is what the session will know."""
    organisation_id = acting.get("organisation_id")
    if organisation_id:
        log.act_for(organisation_id)
    row = log.Row(
        act=act,
        outcome=outcome,
        session_id=session.get("id"),
        actor=acting.get("subject"),
        organisation_id=organisation_id,
        mandates=tuple(acting.get("mandates", ())),
        details=details,
    )
    log.write(row)
