"""The right of a call: a token instead of a session, the agreement instead of mandates.

What follows from it is made by the same code as a person's right (authorizations.rights).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit.models import Channel, Entry
from audit.pseudonyms import end_user_of
from authorizations import door, rights
from authorizations.refusals import NotLoggedIn, Reason, Refused
from authorizations.rights import ActingOrganisation, Call, Right
from authorizations.rulebook import OrganisationType
from kelmu import clock

MINUTE = timedelta(minutes=1)


class Found(NamedTuple):
    """A live token and what is in force for it: a row of technical_interface_right()."""

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


def digest(token: str) -> bytes:
    """What the database knows of a token."""
    return sha256(token.encode(errors="surrogateescape")).digest()


def of_token(token: str) -> Right:
    """What a token opens, before anybody has said for whom in the organisation a call is made.

    Raises NotLoggedIn for a token that is unknown, has ended or whose key has, and Refused when no
    agreement in force covers the technical interface.
    """
    found = _found(token)
    if found is None:
        raise NotLoggedIn
    call = Call(key=found.kid)
    if found.agreement is None:
        raise Refused(Reason.NO_AGREEMENT, who=_who(found, call))
    return rights.for_call(
        call,
        on=clock.today(),
        token=found.token_id,
        subject=end_user_of(found.organisation_id, ""),
        organisation=_organisation(found, found.agreement),
        agreed=rights.agreed(found.agreed_purposes),
        scopes=frozenset(found.scopes),
        ends_at=found.expires_at,
    )


def of_call(token: str, end_user: str, case_reference: str) -> Right:
    """The right of a call that is made for somebody in the organisation. Refuses, beside what
    `of_token` does, calls that come too fast (Reason.PACE)."""
    right = of_token(token)
    _keep_pace(right)
    return replace(
        right,
        subject=end_user_of(right.acting_for.id, end_user),
        user_name=end_user,
        call=Call(right.call.key if right.call else "", end_user, case_reference),
    )


def scopes_of(right: Right) -> tuple[str, ...]:
    """The purposes and actions that stand open."""
    purposes = (opened.purpose.value for opened in right.purposes)
    return (*purposes, *(opened.action.value for opened in right.general_actions))


def _found(token: str) -> Found | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM technical_interface_right(%s, %s, %s)",
            [digest(token), clock.today(), timezone.now()],
        )
        row = cursor.fetchone()
    return Found(*row) if row else None


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


def _keep_pace(right: Right) -> None:
    """Of all calls of the organisation together; of one end user customers.services asks."""
    most, now = settings.INTERFACE_CALLS_IN_A_MINUTE, timezone.now()
    calls = Entry.objects.filter(
        organisation_id=right.acting_for.id, channel=Channel.INTERFACE, at__gt=now - MINUTE
    )
    earliest = calls.order_by("-at").values_list("at", flat=True)[most - 1 : most].first()
    if earliest:
        raise Refused(Reason.PACE, who=door.who(right), retry_at=earliest + MINUTE)
