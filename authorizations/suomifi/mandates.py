"""Suomi.fi e-Authorizations, Web API, acting on behalf of an organisation (YPA).

The official picks the organisation in Suomi.fi's own view; the service then tells which mandates
they hold there. Not told is why somebody holds none.
"""

from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import requests
from stdnum.fi import ytunnus

from authorizations.suomifi import http
from authorizations.suomifi.errors import Cancelled, Reason, Refused, SuomiFiError, Unavailable
from authorizations.suomifi.registration import HEADER, Registration, registration
from authorizations.suomifi.tokens import same

SECONDS_TO_UNREGISTER = 2
STATE_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Registered:
    """A selection under way. Texts only: `asdict` and `Registered(**…)` carry it through a
    session, which must be encrypted and must give it out once."""

    session_id: str = field(repr=False)
    user_id: str = field(repr=False)
    state: str = field(repr=False)
    request_id: str


@dataclass(frozen=True, kw_only=True)
class ActingFor:
    """The organisation that the official picked, and the themes they hold there.

    Asked, answered and by which request: the terms of the service have these kept for 5 years.
    """

    name: str
    business_id: str
    themes: tuple[str, ...]
    asked_at: datetime
    answered_at: datetime
    request_id: str


def register(hetu: str) -> Registered:
    """Open a session for an identified person. The one call whose address holds the HETU."""
    client = registration()
    request_id = str(uuid4())
    path = f"/service/ypa/user/register/{client.client_id}/{_segment(hetu)}"
    answer = _get(client, path, request_id)
    if answer.status != 200:
        raise Refused(Reason.INVALID_HETU if answer.status == 400 else Reason.CLIENT)
    session = answer.object()
    return Registered(
        session_id=_text(session, "sessionId"),
        user_id=_text(session, "userId"),
        state=token_urlsafe(STATE_BYTES),
        request_id=request_id,
    )


def selection_url(registered: Registered, language: str) -> str:
    """Where the browser goes to pick the organisation, in fi, sv or en."""
    client = registration()
    query = {
        "client_id": client.client_id,
        "response_type": "code",
        "redirect_uri": client.return_url,
        "user": registered.user_id,
        "state": registered.state,
        "scope": "read",
        "requestId": registered.request_id,
        "lang": language,
    }
    return f"{client.url}/oauth/authorize?{urlencode(query)}"


def organisation(registered: Registered, parameters: Mapping[str, str]) -> ActingFor:
    """What was picked, from the query of the callback; the session is closed behind it.

    Raises Cancelled, Refused or Unavailable. Whatever the outcome, `registered` is used up.
    """
    try:
        code = _code(registered, parameters)
        return _picked(registration(), registered, code)
    finally:
        unregister(registered)


def unregister(registered: Registered) -> None:
    """Close the session as well as can be; it dies by itself if the service is down."""
    path = f"/service/ypa/user/unregister/{_segment(registered.session_id)}"
    with suppress(SuomiFiError):
        _get(registration(), path, registered.request_id, seconds=SECONDS_TO_UNREGISTER)


def _code(registered: Registered, parameters: Mapping[str, str]) -> str:
    if not same(parameters.get("state", ""), registered.state):
        raise Refused(Reason.STATE)
    if "error" in parameters or not parameters.get("code"):
        raise Cancelled  # we are told no more, not even that there was nothing to pick
    return parameters["code"]


def _picked(client: Registration, registered: Registered, code: str) -> ActingFor:
    access_token = _access_token(client, code)
    path = f"/service/ypa/api/organizationRoles/{_segment(registered.session_id)}"
    asked_at = datetime.now(UTC)
    answer = _get(client, path, registered.request_id, access_token)
    answered_at = datetime.now(UTC)
    if answer.status != 200:
        raise Refused(Reason.SESSION_EXPIRED if answer.status == 401 else Reason.CLIENT)
    picked = _only_organisation(answer.json())
    return ActingFor(
        name=_text(picked, "name"),
        business_id=_business_id(picked),
        themes=_roles(picked),
        asked_at=asked_at,
        answered_at=answered_at,
        request_id=registered.request_id,
    )


def _access_token(client: Registration, code: str) -> str:
    # The pair as it is (RFC 2617): e-Authorizations does not decode what RFC 6749 would encode.
    pair = f"{client.client_id}:{client.oauth_password}"
    request = requests.Request(
        "POST",
        f"{client.url}/oauth/token",
        headers={"Authorization": f"Basic {b64encode(pair.encode()).decode()}"},
        # In the body, so that the code stays out of access logs.
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": client.return_url,
        },
    )
    answer = http.send(request.prepare())
    if answer.status != 200:
        raise Refused(Reason.CODE if answer.status == 400 else Reason.CLIENT)
    return _text(answer.object(), "access_token")


def _get(
    client: Registration,
    path: str,
    request_id: str,
    access_token: str | None = None,
    seconds: float | None = None,
) -> http.Answer:
    """A signed call. Signed is the path as `requests` wrote it, and this very request is sent."""
    address = f"{client.url}{path}"
    request = requests.Request("GET", address, params={"requestId": request_id}).prepare()
    request.headers[HEADER] = client.checksum(request.path_url, datetime.now(UTC))
    if access_token is not None:
        request.headers["Authorization"] = f"Bearer {access_token}"
    return http.send(request, seconds)


def _only_organisation(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, list):
        raise Unavailable(Reason.MALFORMED)
    if len(answer) != 1:
        raise Refused(Reason.SEVERAL_ORGANISATIONS if answer else Reason.NO_ORGANISATION)
    picked = answer[0]
    if not isinstance(picked, dict):
        raise Unavailable(Reason.MALFORMED)
    # Not complete: a register did not answer, so roles may be missing. It never grants.
    if picked.get("complete") is not True:
        raise Unavailable(Reason.INCOMPLETE)
    return picked


def _business_id(picked: dict[str, Any]) -> str:
    business_id = _text(picked, "identifier")
    if not ytunnus.is_valid(business_id) or ytunnus.format(business_id) != business_id:
        raise Refused(Reason.BUSINESS_ID)
    return business_id


def _roles(picked: dict[str, Any]) -> tuple[str, ...]:
    roles = picked.get("roles")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise Unavailable(Reason.MALFORMED)
    return tuple(roles)


def _text(answer: dict[str, Any], name: str) -> str:
    text = answer.get(name)
    if not isinstance(text, str) or not text:
        raise Unavailable(Reason.MALFORMED)
    return text


def _segment(text: str) -> str:
    return quote(text, safe="")
