"""Keys of the technical interface: registered by the organisation, the first approved by Kela.

Each step with its row in the log, which knows a key by its name, the thumbprint.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from administration.keys.queries import covers_interface, not_ended
from administration.keys.reading import PublicKey
from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from organisations.models import InterfaceKey

PLACES = (1, 2)


def register(
    right: Right, organisation_id: int, label: str, public_key: PublicKey, expires_on: date
) -> InterfaceKey:
    """Registers a key: beside one that holds it holds at once, else it waits for Kela.

    Raises ValidationError when no agreement covers the interface, there are two already, or
    somebody has registered the same.
    """
    if not covers_interface(organisation_id, right.on):
        message = _("The agreement does not cover the technical interface.")
        raise ValidationError(message, code="not_covered")
    if InterfaceKey.objects.filter(kid=public_key.kid).exists():
        raise ValidationError(_("This key has been registered before. Make a new pair."), "known")
    _end_expired(right, organisation_id)
    now = timezone.now()
    key = InterfaceKey.objects.create(
        organisation_id=organisation_id,
        kid=public_key.kid,
        label=label,
        algorithm=public_key.algorithm,
        public_key=public_key.pem,
        place=_free_place(organisation_id),
        registered_on=right.on,
        registered_at=now,
        registered_by=right.subject,
        registered_by_name=right.user_name,
        expires_on=expires_on,
        approved_at=now if _has_one_that_holds(organisation_id) else None,
    )
    _write(right, ActKind.REGISTER_KEY, key)
    return key


def approve(right: Right, key_id: int) -> InterfaceKey:
    """Approves a key that waits. Raises ValidationError if it does not wait any more, or the same
    person has registered it."""
    key = _locked(key_id)
    if key.approved_at or key.ended_at or key.expires_on <= right.on:
        raise ValidationError(_("This key does not wait for an approval."), code="decided")
    if key.registered_by == right.subject:
        message = _("You registered this yourself: it takes another person to approve it.")
        raise ValidationError(message, code="own")
    key.approved_at = timezone.now()
    key.approved_by = right.subject
    key.approved_by_name = right.user_name
    key.save(update_fields=["approved_at", "approved_by", "approved_by_name"])
    _write(right, ActKind.APPROVE_KEY, key)
    return key


def end(right: Right, key_id: int) -> InterfaceKey:
    """Revokes a key; no token that was given for it opens anything from now on."""
    key = _locked(key_id)
    if key.ended_at is None:
        _end(right, key)
    return key


def _end(right: Right, key: InterfaceKey) -> None:
    key.ended_at = timezone.now()
    key.ended_by = right.subject
    key.ended_by_name = right.user_name
    key.save(update_fields=["ended_at", "ended_by", "ended_by_name"])
    _write(right, ActKind.END_KEY, key)


def _end_expired(right: Right, organisation_id: int) -> None:
    """An expired key gives its place up when the next one comes."""
    for key in not_ended(organisation_id).filter(expires_on__lte=right.on):
        _end(right, key)


def _free_place(organisation_id: int) -> int:
    """Raises ValidationError if there is none; two who come at once the database keeps apart."""
    taken = set(not_ended(organisation_id).values_list("place", flat=True))
    for place in PLACES:
        if place not in taken:
            return place
    raise ValidationError(_("There are two keys already. Revoke one of them first."), code="full")


def _has_one_that_holds(organisation_id: int) -> bool:
    return not_ended(organisation_id).filter(approved_at__isnull=False).exists()


def _locked(key_id: int) -> InterfaceKey:
    return InterfaceKey.objects.select_for_update(of=("self",)).get(pk=key_id)


def _write(right: Right, act: ActKind, key: InterfaceKey) -> None:
    door.write_office_act(right, act, key.organisation_id, key=key.kid)
