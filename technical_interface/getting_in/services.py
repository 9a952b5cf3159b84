"""Gives tokens to those who have proven who they are."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit import services as log
from audit.models import ActKind, Channel, Outcome
from authorizations import door
from authorizations.rights import Right
from customers.models import IdentityCode
from organisations.models import InterfaceKey
from organisations.models.keys import Fault
from technical_interface import right as rights
from technical_interface.getting_in.assertions import NotProven, Proof
from technical_interface.models import TOKEN_LIFETIME, AccessToken, UsedAssertion

KEPT_LONGER = timedelta(days=1)  # openings name the id of a token that has ended
NOTED_EVERY = timedelta(minutes=1)


class InvalidScope(Exception):
    """Something was asked for that is not open."""


class SomebodyReal(Exception):
    """An environment for tests has a customer who is not made up: it serves nobody."""


class TooManyTokens(Exception):
    """The organisation asks for tokens faster than it needs them."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Issued:
    """A token as it is handed out, once, and what it opens."""

    token: str
    scopes: tuple[str, ...]
    seconds: int


def issue(proof: Proof, scopes: Collection[str]) -> Issued:
    """Gives a token for what is asked for, or for all that is agreed.

    Raises NotProven for an assertion that was used before, TooManyTokens, InvalidScope for what
    is not open today, Refused when no agreement covers the technical interface, and SomebodyReal
    where an environment for tests knows a real person.
    """
    _require_nobody_real()
    _use_up(proof)
    _keep_pace(proof.key)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():  # no token stays behind a no
        right = _right_of(token, proof.key, scopes)
    opened = rights.scopes_of(right)
    _note_use(proof.key)
    door.write_call(right, ActKind.ENTER_INTERFACE, scopes=opened)
    return Issued(token, opened, int(TOKEN_LIFETIME.total_seconds()))


def _right_of(token: str, key: InterfaceKey, scopes: Collection[str]) -> Right:
    now = timezone.now()
    AccessToken.objects.create(
        digest=rights.digest(token),
        key=key,
        scopes=sorted(scopes),
        issued_at=now,
        expires_at=now + TOKEN_LIFETIME,
    )
    right = rights.of_token(token)
    if not set(scopes) <= set(rights.scopes_of(right)):
        raise InvalidScope
    return right


def write_failure(fault: Fault, key: InterfaceKey | None) -> None:
    """Writes that somebody asked for a token and did not get it."""
    if key:
        log.act_for(key.organisation_id)
    row = log.Row(
        act=ActKind.ENTER_INTERFACE,
        outcome=Outcome.FAILED,
        channel=Channel.INTERFACE,
        office="interface",
        organisation_id=key.organisation_id if key else None,
        details={"reason": fault.value, **({"key": key.kid} if key else {})},
    )
    log.write(row)


def clear_ended() -> None:
    """Removes the tokens and assertions that nobody can use any more."""
    now = timezone.now()
    AccessToken.objects.filter(expires_at__lt=now - KEPT_LONGER).delete()
    UsedAssertion.objects.filter(expires_at__lt=now).delete()


def _require_nobody_real() -> None:
    """Made-up people have individual numbers from 900 to 999, which nobody real has."""
    if not settings.INTERFACE_IS_FOR_TESTS:
        return
    if IdentityCode.objects.exclude(code__regex=r"^.{7}9").exists():
        raise SomebodyReal


def _use_up(proof: Proof) -> None:
    """The database keeps that an assertion is good once, however many come with it at a time."""
    ends_at = datetime.fromtimestamp(proof.expires_at, UTC) + timedelta(minutes=1)  # the leeway
    _row, is_new = UsedAssertion.objects.get_or_create(
        key=proof.key, jti=proof.jti, defaults={"expires_at": ends_at}
    )
    if not is_new:
        raise NotProven(Fault.USED, proof.key)


def _keep_pace(key: InterfaceKey) -> None:
    most, since = settings.INTERFACE_TOKENS_IN_A_MINUTE, timezone.now() - timedelta(minutes=1)
    tokens = AccessToken.objects.filter(key__organisation=key.organisation_id, issued_at__gt=since)
    if tokens[most - 1 : most].exists():
        raise TooManyTokens(60)


def _note_use(key: InterfaceKey) -> None:
    now = timezone.now()
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - NOTED_EVERY)
    InterfaceKey.objects.filter(unnoted, pk=key.pk).update(last_used_at=now)
