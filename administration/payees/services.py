"""Accounts of organisations: proposed by one, a change checked by another, accepted by a third.

Each step with its row in the log, which knows of an account its last four characters.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from administration import proposing
from administration.payees.queries import rivals
from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from kelmu.dates import cut
from organisations.models import Payee, Proposed

COLUMNS = ("name", "street", "postal_code", "post_office", "iban", "replaces")


def propose(
    right: Right, organisation_id: int, fields: Mapping[str, Any], time: DateRange
) -> Payee:
    """Proposes an account. Raises ValidationError when it is there in that time already."""
    payee = Payee(
        organisation_id=organisation_id,
        **{name: fields[name] for name in COLUMNS},
        **proposing.proposal(right, time),
    )
    _check_time(payee)
    payee.save()
    _write(right, ActKind.PROPOSE_PAYEE, payee, first=time.lower, end=time.upper)
    return payee


def _check_time(payee: Payee) -> None:
    if rivals(payee.organisation_id, payee.iban, payee.wanted).exclude(pk=payee.pk).exists():
        message = _("This account is there in that time already, or is proposed.")
        raise ValidationError(message, code="held")


def is_change_of_account(payee: Payee) -> bool:
    """Whether money would go elsewhere than before: it takes a third person's check."""
    if payee.replaces_id:
        return True
    others = Payee.objects.filter(organisation=payee.organisation_id, validity__isempty=False)
    return others.exclude(pk=payee.pk).exists()


def check(right: Right, payee_id: int, note: str) -> Payee:
    """Writes that the organisation was called back and knows the account. Raises ValidationError
    when whoever checks proposed it, or it was decided or checked already."""
    payee = _locked(payee_id)
    if payee.decision or payee.checked_at:
        raise ValidationError(_("This has been checked or decided already."), code="checked")
    if payee.proposed_by == right.subject:
        message = _("You proposed this yourself: it takes another person to check it.")
        raise ValidationError(message, code="own")
    payee.checked_by = right.subject
    payee.checked_by_name = right.user_name
    payee.checked_at = timezone.now()
    payee.check_note = note
    payee.save()
    _write(right, ActKind.CHECK_PAYEE, payee)
    return payee


def decide(right: Right, payee_id: int, decision: Proposed.Decision, note: str) -> Payee:
    """Accepts or refuses an account; the one replaced ends on the day it begins. Or withdraws what
    one has proposed oneself.

    Raises ValidationError when the same person proposed or checked it, or the check is missing.
    """
    payee = _locked(payee_id)
    proposing.decide(right, payee, decision, note)
    if decision == Proposed.Decision.ACCEPTED:
        _check_time(payee)
        _check_checked(right, payee)
        if payee.replaces:
            _end(payee.replaces, payee.wanted.lower)
    payee.save()
    _write(right, ActKind.DECIDE_ON_PAYEE, payee, decision=decision)
    return payee


def _check_checked(right: Right, payee: Payee) -> None:
    if not is_change_of_account(payee):
        return
    if payee.checked_by is None:
        message = _("A change of account is checked by calling the organisation back first.")
        raise ValidationError(message, code="unchecked")
    if payee.checked_by == right.subject:
        message = _("You checked this account yourself: it takes a third person to accept it.")
        raise ValidationError(message, code="own_check")


def end(right: Right, payee_id: int, last: date) -> Payee:
    """Ends an account with its last day, yesterday at the earliest. Raises ValidationError."""
    payee = _locked(payee_id)
    if last < right.on - timedelta(days=1):
        raise ValidationError({"last": _("Yesterday is the earliest last day.")})
    _end(payee, last + timedelta(days=1))
    _write(right, ActKind.END_PAYEE, payee, end=last + timedelta(days=1))
    return payee


def _locked(payee_id: int) -> Payee:
    return Payee.objects.select_for_update(of=("self",)).get(pk=payee_id)


def _end(payee: Payee, on: date) -> None:
    if payee.validity:
        payee.validity = cut(payee.validity, on)
        payee.save(update_fields=["validity"])


def _write(right: Right, act: ActKind, payee: Payee, **details: Any) -> None:
    details |= {"payee": payee.pk, "account_last4": payee.iban[-4:]}
    if payee.replaces_id:
        details["replaces"] = payee.replaces_id
    door.write_office_act(right, act, payee.organisation_id, **details)
