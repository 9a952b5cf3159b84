"""Takes agreements from step to step. Each step is an event and a row of the log at once.

Everything raises Refused for somebody of another group, and ValidationError, in words for the
page, when the agreement is not there yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from administration.agreements import deadlines, gates, steps
from administration.agreements.steps import Deed, Step
from audit.models import ActKind
from authorizations import door
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from kelmu.dates import through
from kelmu.formats import day, period
from organisations.models import Agreement, Enquiry, Organisation


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a step: its day, a last day where it has one, and a note."""

    on: date
    last: date | None = None
    note: str = ""


def record(right: Right, agreement: Agreement, deed: Deed, said: Said) -> None:
    """Writes a step down: the event that the agreement shows, and the row of the log."""
    agreement.events.create(
        step=deed,
        on=said.on,
        note=said.note,
        by=right.subject,
        by_name=right.user_name,
        at=timezone.now(),
    )
    door.write_office_act(
        right,
        ActKind.AGREEMENT_STEP,
        agreement.organisation_id,
        agreement=agreement.number,
        step=deed,
        on=said.on,
    )


@transaction.atomic
def begin(
    right: Right,
    organisation: Organisation,
    *,
    enquiry: Enquiry | None = None,
    renews: Agreement | None = None,
    note: str = "",
) -> Agreement:
    """An agreement whose right has been examined; the first step. One is under way at a time."""
    if steps.PREPARING not in right.kela_groups:
        raise Refused(Reason.NOT_THIS_OFFICE)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    other = organisation.agreements.filter(validity=None).exclude(step=Step.GIVEN_UP).first()
    if other:
        raise ValidationError(
            _("The agreement %(number)s is under way already."), params={"number": other.number}
        )
    agreement = Agreement.objects.create(
        organisation=organisation,
        enquiry=enquiry,
        renews=renews,
        number=_number(right, organisation),
    )
    record(right, agreement, Deed.BEGUN, Said(right.on, note=note))
    deadlines.expect_next(agreement, right.on)
    return agreement


def _number(right: Right, organisation: Organisation) -> str:
    """The next number that is free: KELMU-2023-9900100, KELMU-2023-9900100-2."""
    number = f"KELMU-{right.on.year}-{organisation.business_id[:7]}"
    taken = Agreement.objects.filter(number__startswith=number).count()
    return f"{number}-{taken + 1}" if taken else number


@transaction.atomic
def renew(right: Right, agreement_id: int) -> Agreement:
    """A new agreement that takes the place of this one when it is put into use."""
    old = locked(agreement_id)
    steps.check(right, old, Deed.RENEWED)
    if old.renewed_by:
        raise ValidationError(_("The renewal of this agreement has been begun already."))
    new = begin(right, old.organisation, renews=old)
    record(right, old, Deed.RENEWED, Said(right.on, note=new.number))
    return new


@transaction.atomic
def take(right: Right, agreement_id: int, deed: Deed, said: Said) -> Agreement:
    """Takes one step with an agreement."""
    agreement = locked(agreement_id)
    rule = steps.check(right, agreement, deed)
    if deed in CHECKS:
        CHECKS[deed](right, agreement, said)
    if rule.leads_to:
        agreement.step = rule.leads_to
    agreement.save()
    record(right, agreement, deed, said)
    deadlines.expect_next(agreement, said.on)
    return agreement


def locked(agreement_id: int) -> Agreement:
    """An agreement that nobody else changes until the transaction ends."""
    rows = Agreement.objects.select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=agreement_id)


def _is_approved(right: Right, agreement: Agreement, said: Said) -> None:
    if not agreement.versions.filter(validity__isnull=False).exists():
        raise ValidationError(
            _("No version has been approved: nothing is sent before another person has read it.")
        )


def _has_happened(right: Right, agreement: Agreement, said: Said) -> None:
    if said.on > right.on:
        raise ValidationError(_("Nothing is signed on a day to come."))


def _sign(right: Right, agreement: Agreement, said: Said) -> None:
    """Kela's signature, of somebody who recorded no other step of the agreement."""
    _has_happened(right, agreement, said)
    if agreement.events.filter(by=right.subject).exists():
        raise ValidationError(
            _("You have recorded a step of this agreement yourself: it takes another to sign."),
            code="own",
        )
    agreement.signed_on = said.on


def _put_into_use(right: Right, agreement: Agreement, said: Said) -> None:
    """From the day on, when all gates are open. What it renews ends on the day before."""
    missing = gates.closed(agreement, said.on)
    if missing:
        raise ValidationError([ValidationError(str(gate.missing)) for gate in missing])
    if said.on < right.on:
        raise ValidationError(
            _("The day of use has passed already: choose a coming one, or today.")
        )
    agreement.validity = through(said.on, said.last)
    if agreement.renews:
        _end_before(agreement.renews, said.on)
    _is_alone(agreement)


def _end_before(old: Agreement, on: date) -> None:
    if old.validity and (old.validity.upper is None or old.validity.upper > on):
        if old.validity.lower >= on:
            raise ValidationError(
                _("The agreement %(number)s, which it renews, begins no earlier."),
                params={"number": old.number},
            )
        old.validity = type(old.validity)(old.validity.lower, on)
        old.save()


def _is_alone(agreement: Agreement) -> None:
    others = Agreement.objects.filter(
        organisation=agreement.organisation_id, validity__overlap=agreement.validity
    ).exclude(pk=agreement.pk)
    if other := others.first():
        validity = other.validity
        raise ValidationError(
            _(
                "The agreement %(number)s is in force at the same time (%(time)s): end it first, "
                "or let the new one be its renewal."
            ),
            params={"number": other.number, "time": period(validity.lower, validity.upper)},
        )


def _shorten(right: Right, agreement: Agreement, said: Said) -> None:
    """To an earlier last day, after which it lapses if it is not renewed."""
    new, old = through(agreement.validity.lower, said.last), agreement.validity
    earliest = max(right.on, old.lower)
    if said.last is None or said.last < earliest:
        raise ValidationError(
            _("The last day must be %(day)s or later."),
            params={"day": day(earliest)},
        )
    if old.upper and new.upper and new.upper > old.upper:
        raise ValidationError(_("An agreement is made longer by renewing it."))
    agreement.validity = new


def _end(right: Right, agreement: Agreement, said: Said) -> None:
    """The organisation's people cannot enter after the last day; the reason is kept."""
    if not said.note:
        raise ValidationError(_("Say why the agreement ends."))
    _shorten(right, agreement, said)
    agreement.end_reason = said.note


def _give_up(right: Right, agreement: Agreement, said: Said) -> None:
    """It opens nothing any more; the reason is kept, and another agreement can be begun."""
    if not said.note:
        raise ValidationError(_("Say why the agreement is given up."))
    agreement.end_reason = said.note


CHECKS: dict[Deed, Callable[[Right, Agreement, Said], None]] = {
    Deed.SENT: _is_approved,
    Deed.SIGNED_BY_ORGANISATION: _has_happened,
    Deed.SIGNED_BY_KELA: _sign,
    Deed.PUT_INTO_USE: _put_into_use,
    Deed.SHORTENED: _shorten,
    Deed.ENDED: _end,
    Deed.GIVEN_UP: _give_up,
}
