"""The right of a request: proof of role, agreement in force and rulebook, in one value.

design.md section 2. One statement per request makes it and tells PostgreSQL for which
organisation the transaction acts (row-level security).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from audit.models import Channel
from authorizations import rulebook
from authorizations.models import Session
from authorizations.refusals import NotLoggedIn, Reason, Refused
from authorizations.rulebook import (
    Action,
    Mandate,
    Narrowing,
    OpenedAction,
    OpenedPurpose,
    OrganisationType,
    Rights,
    Tab,
)
from authorizations.session_store import stored_key
from kelmu import clock
from kelmu.languages import national

TOUCH_EVERY = timedelta(minutes=1)
SYNTHETIC_CUSTOMER = UUID("00000000-0000-4000-8000-000000000900")  # the only one of a preview


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingOrganisation:
    """The organisation for which somebody acts, and its agreement: in force, or under way."""

    id: int
    type: OrganisationType
    name_fi: str
    name_sv: str
    business_id: str
    agreement: str
    requires_case_reference: bool

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return national(self.name_fi, self.name_sv)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What somebody of Kela previews: a version of an agreement, and the row of the log by which
    the page is seen. `leave_url` leads back to the version."""

    version: int
    agreement: str
    entry: UUID
    leave_url: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the technical interface: by which key, and for whom in the organisation.

    `end_user` is a pseudonym that the organisation's own system gives, never a HETU.
    """

    key: str
    end_user: str = ""
    case_reference: str = ""
    channel = Channel.INTERFACE
    office = "interface"

    @property
    def told(self) -> dict[str, str]:
        """What the row of an act says of it beside its columns."""
        told = {"key": self.key, "end_user": self.end_user}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What one person may do in one request. Views and queries receive it and never compare
    mandates themselves.

    In a preview it is what an employee would have; the person is of Kela, and the only customer is
    the synthetic one. In a call of the technical interface the agreement alone opens, no mandate:
    the session is the token, and the person somebody whom the organisation's own system names.
    """

    on: date
    session_id: UUID
    subject: UUID
    user_name: str
    organisation: ActingOrganisation | None  # its agreement is in force
    mandates: tuple[Mandate, ...]
    mandates_read_at: datetime | None
    roles: tuple[str, ...]
    kela_groups: tuple[str, ...]
    purposes: tuple[OpenedPurpose, ...]
    general_actions: tuple[OpenedAction, ...]
    ends_at: datetime
    # The organisation of somebody named for it whose agreement is only under way: it opens that
    # organisation's own pages. What asks for `organisation` stays closed.
    commissioning: ActingOrganisation | None = None
    preview: Preview | None = None
    call: Call | None = None

    @property
    def by_mandate(self) -> bool:
        return bool(self.mandates)

    @property
    def is_kela(self) -> bool:
        return bool(self.kela_groups)

    @property
    def seconds_left(self) -> int:
        """Until the session ends, if nothing more is done."""
        return int((self.ends_at - timezone.now()).total_seconds())

    @property
    def acting_for(self) -> ActingOrganisation:
        """The organisation, for views that only officials reach. Refused for anybody else."""
        if self.organisation is None:
            raise Refused(Reason.NOT_THIS_OFFICE)
        return self.organisation

    @property
    def own_organisation(self) -> ActingOrganisation:
        """The organisation whose own pages somebody with an office sees, be its agreement in force
        or under way. Refused for anybody else."""
        return self.commissioning or self.acting_for

    @property
    def organisation_name(self) -> str:
        organisation = self.organisation or self.commissioning
        return organisation.name if organisation else ""

    def purpose(self, slug: str) -> OpenedPurpose:
        """The purpose as it stands open. Raises Refused when it does not."""
        for opened in self.purposes:
            if opened.purpose == slug:
                return opened
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=slug)

    def action(self, action: Action) -> OpenedAction:
        """What can be done without a purpose. Raises Refused when it does not stand open."""
        for opened in self.general_actions:
            if opened.action is action:
                return opened
        raise Refused(Reason.ACTION_NOT_OPEN, purpose=action)

    def can(self, action: Action) -> bool:
        """Whether the action stands open without a purpose."""
        return any(opened.action is action for opened in self.general_actions)

    def purposes_with(self, tab: Tab) -> tuple[OpenedPurpose, ...]:
        return tuple(opened for opened in self.purposes if tab in opened.tabs)

    def purposes_for(self, action: Action) -> tuple[OpenedPurpose, ...]:
        """The purposes under which the action stands open."""
        return tuple(opened for opened in self.purposes if action in opened.actions)

    @property
    def mandates_are_too_old(self) -> bool:
        """Whether Suomi.fi must be asked again before the next search."""
        if self.call:
            return False
        read_at = self.mandates_read_at
        return read_at is None or timezone.now() - read_at > settings.MANDATE_MAX_AGE


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
