"""The right of a request: proof of role, agreement in force and rulebook, in one value (design.md
section 2). `authorizations.resolving` finds it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from audit.models import Channel
from authorizations.refusals import Reason, Refused
from authorizations.rulebook import (
    Action,
    Mandate,
    OpenedAction,
    OpenedPurpose,
    OrganisationType,
    Tab,
)
from kelmu.languages import national

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
