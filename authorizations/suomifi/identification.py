"""Who identified themselves at Suomi.fi."""

from dataclasses import dataclass, field

from django.conf import settings

from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.tokens import Claims
from kelmu import hetu


@dataclass(frozen=True, kw_only=True)
class VerifiedPerson:
    """A person strongly identified, level and moment (seconds since 1970) as the provider says."""

    hetu: str = field(repr=False)
    given_name: str
    family_name: str
    acr: str
    auth_time: int


def verified_person(claims: Claims) -> VerifiedPerson:
    """The person of these claims.

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
