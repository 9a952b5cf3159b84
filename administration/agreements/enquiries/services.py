"""Takes enquiries in and answers them. Each is a row of the log."""

from typing import Any
from zlib import crc32

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from administration.agreements import services, steps
from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from kelmu import clock
from organisations.models import Agreement, Enquiry, Organisation


class TooMuch(Exception):
    """As many enquiries have come today as are taken in a day, of all or of one e-mail address."""


@transaction.atomic
def receive(fields: dict[str, str], language: str) -> Enquiry:
    """Keeps what came by the public form. Raises TooMuch (ENQUIRIES_IN_A_DAY, of one address
    ENQUIRIES_OF_ONE_IN_A_DAY); nginx slows a single sender down before that."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(b"enquiries")])
    come = Enquiry.objects.filter(received_on=today, channel=Enquiry.Channel.FORM)
    of_one = come.filter(contact_email__iexact=fields["contact_email"])
    if (
        come.count() >= settings.ENQUIRIES_IN_A_DAY
        or of_one.count() >= settings.ENQUIRIES_OF_ONE_IN_A_DAY
    ):
        raise TooMuch
    enquiry = Enquiry.objects.create(
        **fields, channel=Enquiry.Channel.FORM, language=language, received_on=today
    )
    log.write(log.Row(act=ActKind.RECEIVE_ENQUIRY, details={"enquiry": enquiry.pk}))
    return enquiry


@transaction.atomic
def enter(right: Right, fields: dict[str, Any]) -> Enquiry:
    """Keeps what came by e-mail."""
    _prepares(right)
    if fields["received_on"] > right.on:
        raise ValidationError({"received_on": _("This day is still to come.")})
    enquiry = Enquiry.objects.create(**fields, channel=Enquiry.Channel.EMAIL)
    _log(right, ActKind.RECEIVE_ENQUIRY, enquiry)
    return enquiry


@transaction.atomic
def answer(
    right: Right, enquiry_id: int, said: str, organisation: Organisation | None, text: str
) -> Agreement | None:
    """Answers an enquiry, once. Where the law gives a right, an agreement begins."""
    _prepares(right)
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry_id)
    if enquiry.answer:
        raise ValidationError(_("The enquiry has been answered already."))
    enquiry.answer, enquiry.answer_text = Enquiry.Answer(said), text
    enquiry.answered_on, enquiry.answered_by = right.on, right.subject
    enquiry.answered_by_name = right.user_name
    enquiry.organisation = organisation
    enquiry.save()
    _log(right, ActKind.ANSWER_ENQUIRY, enquiry, answer=said)
    if said == Enquiry.Answer.RIGHT and organisation:
        return services.begin(right, organisation, enquiry=enquiry)
    return None


def usual_answers(language: str) -> dict[str, str]:
    """What is usually answered, in the language of the enquiry."""
    with translation.override(language):
        return {
            Enquiry.Answer.RIGHT.value: _(
                "Your organisation has a statutory right to get data from Kela electronically. "
                "Kela sends you a draft of the agreement."
            ),
            Enquiry.Answer.NO_RIGHT.value: other_ways(),
        }


def other_ways() -> str:
    """How data is got without a statutory electronic right (kela.fi, the right to receive data)."""
    return "\n".join(
        [
            _(
                "The legislation that you name gives no right to get data from Kela "
                "electronically, so that Kela cannot make an agreement on the use of Kelmu."
            ),
            _("Data can be had in other ways:"),
            _(
                "– With the customer’s consent: form Y100 (consent). Kela needs the consent "
                "itself; it can be withdrawn at any time."
            ),
            _("– Through Kela’s phone line for authorities, where the law gives a right."),
            _("– From the Incomes Register, for income that is reported there."),
            _("If the legislation changes, or another act applies to you, ask again."),
        ]
    )


def _prepares(right: Right) -> None:
    if steps.PREPARING not in right.kela_groups:
        raise Refused(Reason.NOT_THIS_OFFICE)


def _log(right: Right, act: ActKind, enquiry: Enquiry, **details: Any) -> None:
    """The row stands with no organisation: none has asked yet that Kelmu knows."""
    details["enquiry"] = enquiry.pk
    log.write(log.Row(act=act, details=details, **door.who(right)))
