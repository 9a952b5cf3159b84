"""Why somebody is not let through, and what would help."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Why somebody is refused, as the log says it."""

    UNDECLARED = "undeclared"
    NO_AGREEMENT = "no_agreement"
    ROLE_ENDED = "role_ended"
    NO_MANDATE = "no_mandate"
    PURPOSE_NOT_OPEN = "purpose_not_open"
    ACTION_NOT_OPEN = "action_not_open"
    NOT_THIS_OFFICE = "not_this_office"
    OWN_DATA = "own_data"
    NOT_YOUR_PAGE = "not_your_page"
    PACE = "pace"
    LOG_NOT_ANCHORED = "log_not_anchored"
    NOT_YOUR_MUNICIPALITY = "not_your_municipality"
    NOT_YOUR_NOTIFICATION = "not_your_notification"
    NOT_YOUR_FILE = "not_your_file"
    NOT_YOUR_INQUIRY = "not_your_inquiry"
    OWN_ACT = "own_act"


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
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.customer = customer
        self.purpose = purpose
        self.who = who
        self.retry_at = retry_at


type Text = str | Promise


class Part(StrEnum):
    """Which part of the one rule said no."""

    MANDATE = "mandate"
    AGREEMENT = "agreement"
    RULEBOOK = "rulebook"
    OWN_DATA = "own_data"
    ROLE = "role"
    PACE = "pace"
    LOG = "log"
    PAGE = "page"


PART_NAMES = {
    Part.MANDATE: _("Mandate"),
    Part.AGREEMENT: _("Agreement with Kela"),
    Part.RULEBOOK: _("Rules of the law"),
    Part.OWN_DATA: _("Own data"),
    Part.ROLE: _("Role in the agreement"),
    Part.PACE: _("Pace of searches"),
    Part.LOG: _("Access log"),
    Part.PAGE: _("The page itself"),
}


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What the page of a refusal tells: which part said no, what was refused, why and by which
    law, what helps, whom to ask."""

    part: Part
    what: Text
    why: Text
    helps: Text
    ask: Text
    laws: tuple[Text, ...] = ()
    status: HTTPStatus = HTTPStatus.FORBIDDEN

    @property
    def part_name(self) -> Text:
        return PART_NAMES[self.part]


_AUTHORIZER = _("Ask the authorizers of your organisation: they grant mandates in Suomi.fi.")
_KELA = _("Ask the person responsible for the Kelmu agreement in your organisation, or Kela.")
_SUPPORT = _("Ask technical support: tekninentuki@kela.fi.")

EXPLANATIONS = {
    Reason.UNDECLARED: Explanation(
        part=Part.PAGE,
        what=_("This page cannot be opened."),
        why=_("The page does not say which right it needs, and the default is no."),
        helps=_("Go back to the start view."),
        ask=_SUPPORT,
    ),
    Reason.NO_AGREEMENT: Explanation(
        part=Part.AGREEMENT,
        what=_("Your organisation cannot use Kelmu today."),
        why=_("No agreement between Kela and your organisation is in force"),
        helps=_("Kela opens the service when the agreement is in force."),
        ask=_KELA,
    ),
    Reason.ROLE_ENDED: Explanation(
        part=Part.ROLE,
        what=_("Your role in the agreement has ended."),
        why=_("The agreement of your organisation does not name you"),
        helps=_("If the role goes on, your organisation tells Kela and the agreement is updated."),
        ask=_KELA,
    ),
    Reason.NO_MANDATE: Explanation(
        part=Part.MANDATE,
        what=_("This page opens with a mandate."),
        why=_("You are logged in by your role in the agreement, and it shows no customer's data."),
        helps=_("Log in again and choose the organisation that has given you a mandate."),
        ask=_AUTHORIZER,
    ),
    Reason.PURPOSE_NOT_OPEN: Explanation(
        part=Part.MANDATE,
        what=_("This purpose of use is not open to you."),
        why=_("Your mandates, the agreement and the law together do not open it today."),
        helps=_("Choose a purpose from the start view, or get the mandate that opens this one."),
        ask=_AUTHORIZER,
    ),
    Reason.ACTION_NOT_OPEN: Explanation(
        part=Part.MANDATE,
        what=_("You cannot do this in your organisation."),
        why=_("Your mandates, the agreement and the law together do not open it today."),
        helps=_("See on your own rights page what is open to you, and which mandate is missing."),
        ask=_AUTHORIZER,
    ),
    Reason.NOT_THIS_OFFICE: Explanation(
        part=Part.ROLE,
        what=_("This page belongs to another role."),
        why=_("The role in which you are logged in does not open it."),
        helps=_("Go back to your own start page."),
        ask=_KELA,
    ),
    Reason.OWN_DATA: Explanation(
        part=Part.OWN_DATA,
        what=_("You cannot look at your own data in Kelmu."),
        why=_("Nobody handles their own matter."),
        helps=_("You see your own benefits in Kela's e-service, OmaKela."),
        ask=_("Ask your supervisor to give a customer's matter to a colleague."),
        laws=(_("Administrative Procedure Act 434/2003, section 28"),),
    ),
    Reason.NOT_YOUR_PAGE: Explanation(
        part=Part.PAGE,
        what=_("This customer is not open to you."),
        why=_("A customer's page belongs to the session, organisation and purpose that opened it."),
        helps=_("Look the customer up again from the start view."),
        ask=_SUPPORT,
        status=HTTPStatus.NOT_FOUND,
    ),
    Reason.NOT_YOUR_MUNICIPALITY: Explanation(
        part=Part.RULEBOOK,
        what=_("You cannot look at what Kela forwards to this municipality."),
        why=_("A county sees its own municipalities one at a time, a municipality sees itself."),
        helps=_("Choose a municipality from the menu."),
        ask=_KELA,
    ),
    Reason.NOT_YOUR_NOTIFICATION: Explanation(
        part=Part.PAGE,
        what=_("This notification is not open to you."),
        why=_(
            "It was transferred, belongs to another municipality or purpose, is too old, or does "
            "not exist."
        ),
        helps=_("Go back to the queue and look at it anew."),
        ask=_SUPPORT,
        status=HTTPStatus.NOT_FOUND,
    ),
    Reason.NOT_YOUR_FILE: Explanation(
        part=Part.PAGE,
        what=_("This file is not open to you."),
        why=_(
            "An attachment belongs to its notification, a list to the organisation that fetched it."
        ),
        helps=_("Go back to the notification or the list and look at it anew."),
        ask=_SUPPORT,
        status=HTTPStatus.NOT_FOUND,
    ),
    Reason.NOT_YOUR_INQUIRY: Explanation(
        part=Part.PAGE,
        what=_("This search of the log is not open to you."),
        why=_("A search of the log belongs to the session that made it."),
        helps=_("Make the search anew."),
        ask=_SUPPORT,
        status=HTTPStatus.NOT_FOUND,
    ),
    Reason.OWN_ACT: Explanation(
        part=Part.OWN_DATA,
        what=_("You cannot review your own act."),
        why=_("Nobody watches over themselves."),
        helps=_("Another supervisor whom the agreement names reviews it."),
        ask=_KELA,
        laws=(_("Administrative Procedure Act 434/2003, section 28"),),
    ),
    Reason.PACE: Explanation(
        part=Part.PACE,
        what=_("You have searched faster than a person reads."),
        why=_("Kelmu is meant for looking up one customer at a time, and limits the pace."),
        helps=_("The refusal is recorded. It does not block you."),
        ask=_SUPPORT,
        status=HTTPStatus.TOO_MANY_REQUESTS,
    ),
    Reason.LOG_NOT_ANCHORED: Explanation(
        part=Part.LOG,
        what=_("Customers cannot be searched for just now."),
        why=_("Each search is recorded in a log whose safekeeping has been interrupted."),
        helps=_("Kela has been told. Try again in a few minutes."),
        ask=_SUPPORT,
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    ),
}
