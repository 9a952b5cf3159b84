"""Finds the right of whoever asks: proof of role, agreement in force and rulebook, put together.

One statement per request makes it and tells PostgreSQL for which organisation the transaction acts
(row-level security).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from authorizations import rulebook
from authorizations.models import Session
from authorizations.refusals import NotLoggedIn, Reason, Refused
from authorizations.rights import ActingOrganisation, Call, Preview, Right
from authorizations.rulebook import Mandate, Narrowing, OrganisationType, Rights
from authorizations.session_store import stored_key
from kelmu import clock

TOUCH_EVERY = timedelta(minutes=1)


def resolve(request: HttpRequest, *, keeps_alive: bool = True) -> Right:
    """The right of the person who sent the request, from what is in force now.

    Not `keeps_alive`: what a page asks by itself does not make the session longer.

    Runs inside the transaction of the request. Raises NotLoggedIn, or Refused when the
    agreement or the role has ended.
    """
    today = clock.today()
    found = _found(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), today)
    if found is None or not (found.organisation_id or found.kela_groups):
        raise NotLoggedIn
    if keeps_alive:
        _touch(found)
    return _right_of(found, today)


def for_preview(
    of_kela: Right,
    preview: Preview,
    organisation: ActingOrganisation,
    mandates: Iterable[Mandate],
    on: date,
    agreed: Mapping[str, Narrowing],
) -> Right:
    """The right that an employee with these mandates would have on a day, if this were agreed.

    It opens nobody's data but the synthetic customer's: door.write_act, and the schema `preview`.
    """
    held = tuple(mandates)
    opened = narrowed(lawful(organisation.type, held, on), agreed)
    return replace(
        of_kela,
        on=on,
        organisation=organisation,
        mandates=held,
        mandates_read_at=timezone.now(),
        roles=(),
        kela_groups=(),
        purposes=opened.purposes,
        general_actions=opened.general_actions,
        preview=preview,
    )


def for_call(
    call: Call,
    *,
    on: date,
    token: UUID,
    subject: UUID,
    organisation: ActingOrganisation,
    agreed: Mapping[str, Narrowing],
    scopes: frozenset[str],
    ends_at: datetime,
) -> Right:
    """The right of a call: what the rulebook opens to the type of the organisation, read without
    the column of mandates, narrowed by the agreement and, if there are any, to `scopes`."""
    opened = narrowed(_lawful_of_calls(organisation.type, on), agreed)
    return Right(
        on=on,
        session_id=token,
        subject=subject,
        user_name=call.end_user,
        organisation=organisation,
        mandates=(),
        mandates_read_at=None,
        roles=(),
        kela_groups=(),
        purposes=tuple(one for one in opened.purposes if not scopes or one.purpose in scopes),
        general_actions=tuple(
            one for one in opened.general_actions if not scopes or one.action in scopes
        ),
        ends_at=ends_at,
        call=call,
    )


class Found(NamedTuple):
    """A live session and what is in force for it: a row of authorizations_right()."""

    session_key: str
    session_id: UUID
    subject: UUID
    user_name: str
    expire_date: datetime
    seen_at: datetime
    mandates: list[str]
    mandates_read_at: datetime | None
    by_role: bool
    kela_groups: list[str]
    organisation_id: int | None
    organisation_type: str
    name_fi: str
    name_sv: str
    business_id: str
    agreement: str | None
    requires_case_reference: bool
    agreed_purposes: list[dict[str, Any]]
    roles: list[str]
    commissioning: str | None
    acting_for: str


def _found(key: str, today: date) -> Found | None:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM authorizations_right(%s, %s, %s, %s)",
            [stored_key(key), today, now, now - settings.SESSION_IDLE],
        )
        row = cursor.fetchone()
    return Found(*row) if row else None


def _touch(found: Found) -> None:
    """Keeps an active session alive, writing at most once a minute."""
    now = timezone.now()
    if now - found.seen_at > TOUCH_EVERY:
        Session.objects.filter(session_key=found.session_key).update(seen_at=now)


def _right_of(found: Found, today: date) -> Right:
    if found.organisation_id and not (found.agreement or found.commissioning):
        raise Refused(Reason.NO_AGREEMENT, who=_who(found))
    organisation = _organisation(found, found.agreement)
    mandates = tuple(Mandate(mandate) for mandate in found.mandates)
    if found.by_role and not found.roles:
        raise Refused(Reason.ROLE_ENDED, who=_who(found))
    opened = _opened(organisation, mandates, today, found.agreed_purposes)
    return Right(
        on=today,
        session_id=found.session_id,
        subject=found.subject,
        user_name=found.user_name,
        organisation=organisation,
        mandates=mandates,
        mandates_read_at=found.mandates_read_at,
        roles=tuple(found.roles),
        kela_groups=tuple(found.kela_groups),
        purposes=opened.purposes,
        general_actions=opened.general_actions,
        ends_at=min(found.expire_date, timezone.now() + settings.SESSION_IDLE),
        commissioning=_organisation(found, found.commissioning),
    )


def _organisation(found: Found, agreement: str | None) -> ActingOrganisation | None:
    """The organisation of the session, if there is such an agreement with it."""
    if found.organisation_id is None or agreement is None:
        return None
    return ActingOrganisation(
        id=found.organisation_id,
        type=OrganisationType(found.organisation_type),
        name_fi=found.name_fi,
        name_sv=found.name_sv,
        business_id=found.business_id,
        agreement=agreement,
        requires_case_reference=bool(found.requires_case_reference),
    )


def _opened(
    organisation: ActingOrganisation | None,
    mandates: tuple[Mandate, ...],
    today: date,
    purposes: list[dict[str, Any]],
) -> Rights:
    if organisation is None:
        return Rights((), ())
    opened = lawful(organisation.type, mandates, today)
    return narrowed(opened, agreed(purposes))


@lru_cache(maxsize=1000)
def lawful(organisation_type: OrganisationType, mandates: tuple[Mandate, ...], on: date) -> Rights:
    """What the rulebook opens on a day, before any agreement is looked at. It follows from these
    alone, so it is worked out once."""
    return rulebook.load().rights(organisation_type, mandates, on)


@lru_cache(maxsize=100)
def _lawful_of_calls(organisation_type: OrganisationType, on: date) -> Rights:
    """The same by whatever mandate, and naming none."""
    opened = lawful(organisation_type, tuple(Mandate), on)
    return Rights(
        purposes=tuple(replace(one, mandates=()) for one in opened.purposes),
        general_actions=tuple(replace(one, mandates=()) for one in opened.general_actions),
    )


def agreed(purposes: Iterable[dict[str, Any]]) -> dict[str, Narrowing]:
    """The purposes that an agreement covers and what it leaves out of each, from their rows."""
    return {row.pop("purpose"): Narrowing.of(**row) for row in purposes}


def narrowed(opened: Rights, agreed: Mapping[str, Narrowing]) -> Rights:
    """The purposes that an agreement covers, without what it leaves out of each, and the actions
    that need no agreement or that it names beside its purposes."""
    return Rights(
        purposes=tuple(
            one.narrowed(agreed[one.purpose]) for one in opened.purposes if one.purpose in agreed
        ),
        general_actions=tuple(
            one
            for one in opened.general_actions
            if not one.by_agreement_only or one.action in agreed
        ),
    )


def _who(found: Found) -> dict[str, Any]:
    return {
        "session_id": found.session_id,
        "actor": found.subject,
        "organisation_id": found.organisation_id,
    }
