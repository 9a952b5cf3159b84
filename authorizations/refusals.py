"""Why somebody is not let through, and what would help."""

from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Which part of the one rule said no."""

    UNDECLARED = "undeclared"
    NO_AGREEMENT = "no_agreement"
    ROLE_ENDED = "role_ended"
    NO_MANDATE = "no_mandate"
    PURPOSE_NOT_OPEN = "purpose_not_open"
    NOT_THIS_OFFICE = "not_this_office"
    OWN_DATA = "own_data"
    NOT_YOUR_PAGE = "not_your_page"
    PACE = "pace"


class NotLoggedIn(Exception):
    """Nobody is logged in, or the session has ended."""


class MandatesTooOld(Exception):
    """The mandates were read so long ago that Suomi.fi must be asked again before a search."""


class Refused(Exception):
    """The right says no. Carries the reason for the page and the log, nothing of a customer."""

    def __init__(
        self,
        reason: Reason,
        *,
        customer: UUID | None = None,
        purpose: str = "",
        who: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.customer = customer
        self.purpose = purpose
        self.who = who


type Text = str | Promise


@dataclass(frozen=True)
class Explanation:
    """What the page of a refusal tells: what was refused, why, what helps, whom to ask."""

    what: Text
    why: Text
    helps: Text
    ask: Text
    status: HTTPStatus = field(default=HTTPStatus.FORBIDDEN)


_AUTHORIZER = _("Ask the authorizers of your organisation: they grant mandates in Suomi.fi.")
_KELA = _("Ask the person responsible for the Kelmu agreement in your organisation, or Kela.")
_SUPPORT = _("Ask technical support: tekninentuki@kela.fi.")

EXPLANATIONS = {
    Reason.UNDECLARED: Explanation(
        _("This page cannot be opened."),
        _("The page does not say which right it needs, and the default is no."),
        _("Go back to the start view."),
        _SUPPORT,
    ),
    Reason.NO_AGREEMENT: Explanation(
        _("Your organisation cannot use Kelmu today."),
        _("No agreement between Kela and your organisation is in force."),
        _("Kela opens the service when the agreement is in force."),
        _KELA,
    ),
    Reason.ROLE_ENDED: Explanation(
        _("Your role in the agreement has ended."),
        _("The agreement of your organisation no longer names you."),
        _("If the role goes on, your organisation tells Kela and the agreement is updated."),
        _KELA,
    ),
    Reason.NO_MANDATE: Explanation(
        _("This page opens with a mandate."),
        _("You are logged in by your role in the agreement, and it shows no customer's data."),
        _("Log in again and choose the organisation that has given you a mandate."),
        _AUTHORIZER,
    ),
    Reason.PURPOSE_NOT_OPEN: Explanation(
        _("This purpose of use is not open to you."),
        _("Your mandates, the agreement and the law together do not open it today."),
        _("Choose a purpose from the start view, or get the mandate that opens this one."),
        _AUTHORIZER,
    ),
    Reason.NOT_THIS_OFFICE: Explanation(
        _("This page belongs to another role."),
        _("The role in which you are logged in does not open it."),
        _("Go back to your own start page."),
        _KELA,
    ),
    Reason.OWN_DATA: Explanation(
        _("You cannot look at your own data in Kelmu."),
        _("Nobody handles their own matter (Administrative Procedure Act 434/2003, section 28)."),
        _("You see your own benefits in Kela's e-service, OmaKela."),
        _("Ask your supervisor to give a customer's matter to a colleague."),
    ),
    Reason.NOT_YOUR_PAGE: Explanation(
        _("This customer is not open to you."),
        _("A customer's page belongs to the session, organisation and purpose that opened it."),
        _("Look the customer up again from the start view."),
        _SUPPORT,
        HTTPStatus.NOT_FOUND,
    ),
    Reason.PACE: Explanation(
        _("You have searched faster than a person reads."),
        _("Kelmu is meant for looking up one customer at a time, and limits the pace."),
        _("Wait a moment and go on. The limit is recorded; it blocks nobody."),
        _SUPPORT,
        HTTPStatus.TOO_MANY_REQUESTS,
    ),
}
