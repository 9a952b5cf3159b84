"""What the page says when a login ends early: what happened, and what to do."""

from dataclasses import dataclass
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from authorizations.suomifi.errors import Cancelled, Reason, SuomiFiError, Unavailable

type Text = str | Promise


@dataclass(frozen=True)
class Failure:
    """Two sentences for the person. Nothing of what came from Suomi.fi is in them."""

    what: Text
    do: Text


_WAIT = _("Wait half a minute and try again. If it goes on, see Suomi.fi’s notices of faults.")
_SUPPORT = _("Trying again does not help. Tell technical support the reference below.")
_ANEW = _("Begin anew from here.")

_NO_ANSWER = Failure(_("Suomi.fi does not answer just now."), _WAIT)
_GARBLED = Failure(_("Suomi.fi answered with something that cannot be read."), _WAIT)
_NOT_TRUSTED = Failure(
    _("The answer from Suomi.fi could not be trusted, so nothing of it was used."),
    _("Begin anew from here. If it happens again, tell technical support the reference below."),
)
_CLOCKS = Failure(
    _("The times in the answer from Suomi.fi do not match Kelmu’s clock."),
    _("Begin anew from here. If it happens again, tell technical support the reference below."),
)
_NO_CODE = Failure(
    _("Suomi.fi told no Finnish personal identity code of you."),
    _("Identify yourself with Finnish online banking codes, a mobile certificate or a certificate "
      "card. Mandates cannot be given to somebody without the code."),
)  # fmt: skip

FAILURES = {
    Reason.BUSY: Failure(_("Very many are logging in to Kelmu just now."), _WAIT),
    Reason.MALFORMED: _GARBLED,
    Reason.TOO_LARGE: _GARBLED,
    Reason.INCOMPLETE: Failure(
        _("A register behind Suomi.fi did not answer, so your mandates were not read whole."),
        _("Nothing is opened by half an answer. Wait a moment and choose the organisation again."),
    ),
    Reason.CANCELLED: Failure(
        _("You turned back at Suomi.fi. Nothing was opened."),
        _("Go on from here when you want."),
    ),
    Reason.STATE: Failure(
        _("This way back from Suomi.fi was not waited for: it was used already, or was begun in "
          "another browser, or another tab has gone on since."),
        _("If Kelmu is open in another tab, go on there. Otherwise begin anew from here."),
    ),
    Reason.ATTEMPT_EXPIRED: Failure(_("Identifying took more than 15 minutes."), _ANEW),
    Reason.PROVIDER_ERROR: Failure(_("Suomi.fi could not carry the identification out."), _WAIT),
    Reason.CODE: Failure(_("Suomi.fi’s confirmation was used already or had run out."), _ANEW),
    Reason.CLIENT: Failure(_("Suomi.fi did not accept Kelmu itself."), _SUPPORT),
    Reason.ISSUED_AT: _CLOCKS,
    Reason.EXPIRED: _CLOCKS,
    Reason.AUTHENTICATION_AGE: Failure(_("You were not asked anew who you are."), _ANEW),
    Reason.LEVEL: Failure(
        _("The identification was not strong enough, or was made for tests."),
        _("Identify yourself with online banking codes, a mobile certificate or a certificate "
          "card."),
    ),
    Reason.SUBJECT: Failure(
        _("Somebody else was identified than the person who is logged in."),
        _("Log out first if you are not that person."),
    ),
    Reason.NO_HETU: _NO_CODE,
    Reason.INVALID_HETU: _NO_CODE,
    Reason.SESSION_EXPIRED: Failure(
        _("Choosing the organisation took too long, and Suomi.fi ended it."),
        _("Choose the organisation again."),
    ),
    Reason.NO_ORGANISATION: Failure(
        _("Suomi.fi told of no organisation for which you may act."),
        _("Choose the organisation again. If it happens again, check your mandates in Suomi.fi."),
    ),
    Reason.SEVERAL_ORGANISATIONS: Failure(
        _("Suomi.fi told of several organisations at once, and Kelmu acts for one."),
        _("Choose one organisation again. If it happens again, tell technical support the "
          "reference below."),
    ),
}  # fmt: skip


def failure_of(reason: str, status: HTTPStatus) -> Failure:
    """What to tell of a reason. One without words of its own speaks by its status."""
    if found := FAILURES.get(Reason(reason)):
        return found
    return _NO_ANSWER if status == HTTPStatus.SERVICE_UNAVAILABLE else _NOT_TRUSTED


def status_of(error: SuomiFiError) -> HTTPStatus:
    """The status of the page."""
    match error:
        case Cancelled():
            return HTTPStatus.OK
        case Unavailable():
            return HTTPStatus.SERVICE_UNAVAILABLE
        case _other:
            return HTTPStatus.BAD_REQUEST
