"""Who identified themselves: an official at Suomi.fi, one of Kela's own at Kela's provider."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings

from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.tokens import Claims
from kelmu import hetu


class KelaGroup(StrEnum):
    """What somebody of Kela does here."""

    PREPARING = "preparing"
    APPROVING = "approving"
    SERVICE_DESK = "service_desk"
    OVERSIGHT = "oversight"


@dataclass(frozen=True, kw_only=True)
class VerifiedPerson:
    """A person strongly identified, level and moment (seconds since 1970) as the provider says."""

    hetu: str = field(repr=False)
    given_name: str
    family_name: str
    acr: str
    auth_time: int


@dataclass(frozen=True, kw_only=True)
class KelaAdmin:
    """One of Kela's own people; nobody else has their issuer and subject together."""

    issuer: str
    subject: str
    name: str
    groups: tuple[KelaGroup, ...]


def verified_person(claims: Claims) -> VerifiedPerson:
    """The person of these claims of Suomi.fi.

    Refused without a personal identity code: a person identified by eIDAS has none, and can
    have no mandate.
    """
    code = claims.text(settings.SUOMIFI_OIDC["hetu_claim"])
    if not code:
        raise Refused(Reason.NO_HETU)
    try:
        code = hetu.parse(code)
    except hetu.InvalidHetu:
        raise Refused(Reason.INVALID_HETU) from None
    return VerifiedPerson(
        hetu=code,
        given_name=claims.text("given_name"),
        family_name=claims.text("family_name"),
        acr=claims.text("acr"),
        auth_time=claims.number("auth_time") or claims.number("iat") or 0,
    )


def kela_admin(claims: Claims) -> KelaAdmin:
    """The person of these claims of Kela's provider, with the groups that mean something here.

    KELA_OIDC_GROUPS says what Kela calls a group, by our name of it; the same if it says nothing.
    """
    named = settings.KELA_OIDC
    held = claims.texts(named["group_claim"])
    return KelaAdmin(
        issuer=claims.text("iss"),
        subject=claims.text("sub"),
        name=claims.text("name"),
        groups=tuple(group for group in KelaGroup if named["groups"].get(group, group) in held),
    )
