"""The right of a request: proof of role, agreement in force and rulebook, in one value.

design.md section 2. One statement per request makes it and tells PostgreSQL for which
organisation the transaction acts (row-level security).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.http import HttpRequest
from django.utils import timezone, translation

from authorizations import rulebook
from authorizations.models import Session
from authorizations.refusals import NotLoggedIn, Reason, Refused
from authorizations.rulebook import Mandate, OpenedPurpose, OrganisationType, Tab
from authorizations.session_store import is_live, stored_key
from kelmu import clock
from kelmu.dates import valid_on
from kelmu.expressions import SteadyArraySubquery
from organisations.models import AgreedPurpose, Agreement, Contact

TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingOrganisation:
    """The organisation for which somebody acts, and its agreement in force."""

    id: int
    type: OrganisationType
    name_fi: str
    name_sv: str
    business_id: str
    agreement: str
    requires_case_reference: bool

    @property
    def name(self) -> str:
        """The name in the language of the page; English pages use the Finnish one."""
        return self.name_sv if translation.get_language() == "sv" else self.name_fi


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What one person may do in one request. Views and queries receive it and never compare
    mandates themselves."""

    on: date
    session_id: UUID
    subject: UUID
    user_name: str
    organisation: ActingOrganisation | None
    mandates: tuple[Mandate, ...]
    mandates_read_at: datetime | None
    roles: tuple[str, ...]
    kela_groups: tuple[str, ...]
    purposes: tuple[OpenedPurpose, ...]
    ends_at: datetime

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
    def organisation_name(self) -> str:
        return self.organisation.name if self.organisation else ""

    def purpose(self, slug: str) -> OpenedPurpose:
        """The purpose as it stands open. Raises Refused when it does not."""
        for opened in self.purposes:
            if opened.purpose == slug:
                return opened
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=slug)

    def purposes_with(self, tab: Tab) -> tuple[OpenedPurpose, ...]:
        return tuple(opened for opened in self.purposes if tab in opened.tabs)

    @property
    def mandates_are_too_old(self) -> bool:
        """Whether Suomi.fi must be asked again before the next search."""
        read_at = self.mandates_read_at
        return read_at is None or timezone.now() - read_at > settings.MANDATE_MAX_AGE


def resolve(request: HttpRequest) -> Right:
    """The right of the person who sent the request, from what is in force now.

    Runs inside the transaction of the request. Raises NotLoggedIn, or Refused when the
    agreement or the role has ended.
    """
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    today = clock.today()
    row = _sessions(today).filter(is_live(), session_key=stored_key(key)).first()
    if row is None or not (row["organisation_id"] or row["kela_groups"]):
        raise NotLoggedIn
    _touch(row)
    return _right_of(row, today)


@lru_cache(maxsize=1)  # building it costs more than running it
def _sessions(today: date) -> Any:
    """Every session, with what is in force for it on the day."""
    agreements = Agreement.objects.filter(
        valid_on(today),
        valid_on(today, "organisation__"),
        organisation=OuterRef("organisation"),
        by_user_interface=True,
    ).values(found=JSONObject(number="number", requires_case_reference="requires_case_reference"))
    purposes = AgreedPurpose.objects.filter(
        valid_on(today),
        valid_on(today, "agreement__"),
        agreement__organisation=OuterRef("organisation"),
    )
    roles = Contact.objects.filter(
        valid_on(today),
        valid_on(today, "agreement__"),
        agreement__organisation=OuterRef("organisation"),
        subject=OuterRef("subject"),
    )
    return Session.objects.values(
        "session_key",
        "id",
        "subject",
        "name",
        "organisation_id",
        "mandates",
        "mandates_read_at",
        "by_role",
        "kela_groups",
        "expire_date",
        "seen_at",
        organisation_type=F("organisation__type"),
        name_fi=F("organisation__name_fi"),
        name_sv=F("organisation__name_sv"),
        business_id=F("organisation__business_id"),
        agreement=Subquery(agreements),
        agreed_purposes=SteadyArraySubquery(purposes.values("purpose")),
        roles=SteadyArraySubquery(roles.values("role")),
        acting_for=Func(
            Value("kelmu.organisation"),
            Coalesce(Cast("organisation_id", TextField()), Value(""), output_field=TextField()),
            Value(True),
            function="set_config",
            output_field=TextField(),
        ),
    )


def _touch(row: dict[str, Any]) -> None:
    """Keeps an active session alive, writing at most once a minute."""
    now = timezone.now()
    if now - row["seen_at"] > TOUCH_EVERY:
        Session.objects.filter(session_key=row["session_key"]).update(seen_at=now)


def _right_of(row: dict[str, Any], today: date) -> Right:
    organisation = _organisation(row) if row["organisation_id"] else None
    mandates = tuple(Mandate(mandate) for mandate in row["mandates"])
    if row["by_role"] and not row["roles"]:
        raise Refused(Reason.ROLE_ENDED, who=_who(row))
    return Right(
        on=today,
        session_id=row["id"],
        subject=row["subject"],
        user_name=row["name"],
        organisation=organisation,
        mandates=mandates,
        mandates_read_at=row["mandates_read_at"],
        roles=tuple(row["roles"]),
        kela_groups=tuple(row["kela_groups"]),
        purposes=_purposes(organisation, mandates, today, set(row["agreed_purposes"])),
        ends_at=min(row["expire_date"], timezone.now() + settings.SESSION_IDLE),
    )


def _organisation(row: dict[str, Any]) -> ActingOrganisation:
    if row["agreement"] is None:
        raise Refused(Reason.NO_AGREEMENT, who=_who(row))
    return ActingOrganisation(
        id=row["organisation_id"],
        type=OrganisationType(row["organisation_type"]),
        name_fi=row["name_fi"],
        name_sv=row["name_sv"],
        business_id=row["business_id"],
        agreement=row["agreement"]["number"],
        requires_case_reference=row["agreement"]["requires_case_reference"],
    )


def _purposes(
    organisation: ActingOrganisation | None,
    mandates: tuple[Mandate, ...],
    today: date,
    agreed: set[str],
) -> tuple[OpenedPurpose, ...]:
    if organisation is None:
        return ()
    opened = rulebook.load().rights(organisation.type, mandates, today).purposes
    return tuple(purpose for purpose in opened if purpose.purpose in agreed)


def _who(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "session_id": row["id"],
        "actor": row["subject"],
        "organisation_id": row["organisation_id"],
    }
