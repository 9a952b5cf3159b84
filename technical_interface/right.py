"""The right of a call: a token instead of a session, the agreement instead of mandates.

What follows from it is made by the same code as a person's right (authorizations.resolving).
"""

from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit.pseudonyms import end_user_of
from authorizations import door, resolving
from authorizations.refusals import NotLoggedIn, Reason, Refused
from authorizations.rights import ActingOrganisation, Call, Right
from authorizations.rulebook import OrganisationType
from kelmu import clock

# The log is read once the right has told for which organisation the transaction acts.
RIGHT = """
    SELECT found.*, technical_interface_wait(found.organisation_id, %s, %s)
    FROM technical_interface_right(%s, %s, %s) AS found
"""


class Found(NamedTuple):
    """A live token, what is in force for it, and until when an organisation must wait that has
    called too often: a row of RIGHT."""

    token_id: UUID
    scopes: list[str]
    expires_at: datetime
    kid: str
    organisation_id: int
    organisation_type: str
    name_fi: str
    name_sv: str
    business_id: str
    agreement: str | None
    requires_case_reference: bool
    agreed_purposes: list[dict[str, Any]]
    acting_for: str
    retry_at: datetime | None


def digest(token: str) -> bytes:
    """What the database knows of a token."""
    return sha256(token.encode(errors="surrogateescape")).digest()


def of_token(token: str) -> Right:
    """What a token opens, before anybody has said for whom in the organisation a call is made.

    Raises NotLoggedIn for a token that is unknown, has ended or whose key has, and Refused when no
    agreement in force covers the technical interface.
    """
    return _right(_found(token))


def of_call(token: str, end_user: str, case_reference: str) -> Right:
    """The right of a call that is made for somebody in the organisation. Refuses, beside what
    `of_token` does, calls that come too fast (Reason.PACE): all of the organisation together. Of
    one end user customers.services asks."""
    found = _found(token)
    right = _right(found, end_user, case_reference)
    if found.retry_at:
        raise Refused(Reason.PACE, who=door.who(right), retry_at=found.retry_at)
    return right


def scopes_of(right: Right) -> tuple[str, ...]:
    """The purposes and actions that stand open."""
    purposes = (opened.purpose.value for opened in right.purposes)
    return (*purposes, *(opened.action.value for opened in right.general_actions))


def _found(token: str) -> Found:
    now = timezone.now()
    asked = [now, settings.INTERFACE_CALLS_IN_A_MINUTE, digest(token), clock.today(), now]
    with connection.cursor() as cursor:
        cursor.execute(RIGHT, asked)
        row = cursor.fetchone()
    if row is None:
        raise NotLoggedIn
    return Found(*row)


def _right(found: Found, end_user: str = "", case_reference: str = "") -> Right:
    call = Call(found.kid, end_user, case_reference)
    if found.agreement is None:
        raise Refused(Reason.NO_AGREEMENT, who=_who(found, call))
    return resolving.for_call(
        call,
        on=clock.today(),
        token=found.token_id,
        subject=end_user_of(found.organisation_id, end_user),
        organisation=_organisation(found, found.agreement),
        agreed=resolving.agreed(found.agreed_purposes),
        scopes=frozenset(found.scopes),
        ends_at=found.expires_at,
    )


def _organisation(found: Found, agreement: str) -> ActingOrganisation:
    return ActingOrganisation(
        id=found.organisation_id,
        type=OrganisationType(found.organisation_type),
        name_fi=found.name_fi,
        name_sv=found.name_sv,
        business_id=found.business_id,
        agreement=agreement,
        requires_case_reference=found.requires_case_reference,
    )


def _who(found: Found, call: Call) -> dict[str, Any]:
    return {
        "channel": call.channel,
        "session_id": found.token_id,
        "office": call.office,
        "organisation_id": found.organisation_id,
    }
