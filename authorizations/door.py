"""The one door: writes the row of an act and hands it on (design.md section 5).

Every query of a customer's data takes the act as an argument, so nothing is read before its row
stands in the same transaction. No row, no data.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from audit import services as log
from audit import shown
from audit.models import ActKind, Channel, Outcome
from audit.services import Persons
from authorizations import rulebook
from authorizations.refusals import Reason, Refused
from authorizations.rights import SYNTHETIC_CUSTOMER, Right
from authorizations.rulebook import Law, OpenedAction, OpenedPurpose
from kelmu.dates import months_before


@dataclass(frozen=True, slots=True)
class Act:
    """One gesture on one customer's data under one purpose, with its row in the log."""

    id: UUID
    right: Right
    purpose: OpenedPurpose
    customer: UUID


@dataclass(frozen=True, slots=True)
class ActionAct:
    """One gesture on one customer's data by an action that is reached without a purpose, with its
    row in the log: instead of a purpose it carries the law."""

    id: UUID
    right: Right
    action: OpenedAction
    customer: UUID


@dataclass(frozen=True, slots=True)
class ListAct:
    """One gesture on many customers' data in a municipality, with its row and theirs in the log."""

    id: UUID
    right: Right
    purpose: OpenedPurpose
    municipality: str


def write_act(
    kind: ActKind,
    right: Right,
    purpose: OpenedPurpose,
    customer: UUID,
    *,
    opening: UUID | None = None,
    case_reference: str = "",
    **details: Any,
) -> Act:
    """Writes that somebody now sees a customer's data, and answers the act that opens it.

    `opening`: by which search, None where it was no search that led to the customer. In a preview
    the row of the page stands already, and the only customer is the synthetic one.
    """
    if entry := _previewed(right, customer):
        return Act(entry, right, purpose, customer)
    row = log.Row(
        act=kind,
        customer=customer,
        opening=opening,
        case_reference=case_reference,
        data_groups=tuple(purpose.data_groups),
        look_back_from=months_before(right.on, purpose.look_back_months or 0),
        details=told(right, details),
        **_ground(right, purpose),
    )
    return Act(log.write(row), right, purpose, customer)


def write_opening(
    right: Right,
    opened: OpenedPurpose | OpenedAction,
    customer: UUID,
    opening: UUID,
    case_reference: str,
) -> UUID:
    """Writes that somebody opens a customer for a purpose or an action; the id of the row."""
    told: dict[str, Any] = {"opening": opening, "case_reference": case_reference}
    if isinstance(opened, OpenedPurpose):
        return write_act(ActKind.OPEN, right, opened, customer, **told).id
    return write_action_act(ActKind.OPEN, right, opened, customer, **told).id


def write_action_act(
    kind: ActKind,
    right: Right,
    action: OpenedAction,
    customer: UUID,
    *,
    law: Law | None = None,
    opening: UUID | None = None,
    case_reference: str = "",
    **details: Any,
) -> ActionAct:
    """Writes that somebody now does something with a customer's data by an action, and answers the
    act that opens it. `law`: on which of the action's laws it rests, if that is known by then.
    """
    if entry := _previewed(right, customer):
        return ActionAct(entry, right, action, customer)
    row = log.Row(
        act=kind,
        customer=customer,
        opening=opening,
        case_reference=case_reference,
        details=told(right, details),
        **_ground(right, action, law),
    )
    return ActionAct(log.write(row), right, action, customer)


def write_action_list(
    kind: ActKind, right: Right, action: OpenedAction, persons: Persons, **details: Any
) -> UUID:
    """Writes that somebody now sees a list of persons by an action, one row of each behind it."""
    if right.preview:
        return right.preview.entry
    row = log.Row(act=kind, details=told(right, details), **_ground(right, action))
    return log.write(row, persons)


def write_list_act(
    kind: ActKind,
    right: Right,
    purpose: OpenedPurpose,
    persons: Persons,
    *,
    municipality: str = "",
    **details: Any,
) -> ListAct:
    """Writes that somebody now sees a list of persons, one row of each behind the act's own; the
    list of a municipality names it.

    In the caller's transaction: whoever hands the list out of it commits before the list is read.
    """
    if right.preview:
        return ListAct(right.preview.entry, right, purpose, municipality)
    row = log.Row(
        act=kind,
        look_back_from=look_back_from(right, purpose),
        details=told(right, {"municipality": municipality, **details} if municipality else details),
        **_ground(right, purpose),
    )
    return ListAct(log.write(row, persons), right, purpose, municipality)


def show(act: Act | ActionAct | ListAct, number: int, content: object) -> None:
    """Notes how many rows the act has shown, and a digest of them; nothing in a preview.

    In the transaction that has read them. `content`: as `audit.shown.note` takes it.
    """
    if act.right.preview is None:
        shown.note(act.id, number, content)


def _previewed(right: Right, customer: UUID) -> UUID | None:
    """The row of a previewed page; none outside a preview. Refused for a real customer."""
    if right.preview is None:
        return None
    if customer != SYNTHETIC_CUSTOMER:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return right.preview.entry


def look_back_from(right: Right, purpose: OpenedPurpose) -> date | None:
    """The first day of which a purpose shows anything; None where it has no limit."""
    months = purpose.look_back_months
    return months_before(right.on, months) if months else None


def write_miss(
    right: Right, opened: OpenedPurpose | OpenedAction, person: UUID, *, case_reference: str = ""
) -> None:
    """Writes that somebody searched for a person of whom nothing is known."""
    row = log.Row(
        act=ActKind.SEARCH,
        outcome=Outcome.NOT_FOUND,
        customer=person,
        case_reference=case_reference,
        details=told(right, {}),
        **_ground(right, opened),
    )
    log.write(row)


def write_office_act(
    right: Right,
    act: ActKind,
    organisation_id: int | None,
    persons: Persons = (),
    /,
    **details: Any,
) -> UUID:
    """Writes what somebody did by an office, of an organisation or of Kela, and no mandate.

    The row belongs to the organisation that it concerns, if it is one; the transaction sees that
    organisation's rows from here on. `persons`: whom the somebody saw.
    """
    if organisation_id is not None:
        log.act_for(organisation_id)
    row = who(right) | {
        "organisation_id": organisation_id,
        "office": ",".join(right.roles or right.kela_groups),
    }
    return log.write(log.Row(act=act, details=details, **row), persons)


def write_call(right: Right, act: ActKind, /, **details: Any) -> UUID:
    """Writes what a system of an organisation asked that concerns no customer."""
    return log.write(log.Row(act=act, details=told(right, details), **who(right)))


def _ground(
    right: Right, opened: OpenedPurpose | OpenedAction, law: Law | None = None
) -> dict[str, Any]:
    """Who acts, for whom, by which mandate, agreement, purpose if there is one, and law."""
    return who(right) | {
        "mandates": tuple(opened.mandates),
        "purpose": opened.purpose if isinstance(opened, OpenedPurpose) else "",
        "laws": tuple(one.citation.fi for one in ((law,) if law else opened.law)),
        "rulebook": rulebook.load().digest,
    }


def told(right: Right, details: dict[str, Any]) -> dict[str, Any]:
    """The details of a row: of a call of the technical interface also its key and end user."""
    return details | (right.call.told if right.call else {})


def who(right: Right) -> dict[str, Any]:
    """The columns of a row that say who acts and for which organisation."""
    organisation = right.organisation or right.commissioning
    return {
        "channel": right.call.channel if right.call else Channel.BROWSER,
        "session_id": right.session_id,
        "actor": right.subject,
        "office": _office(right),
        "organisation_id": organisation.id if organisation else None,
        "agreement": organisation.agreement if organisation else "",
    }


def _office(right: Right) -> str:
    if right.call:
        return right.call.office
    return "mandate" if right.by_mandate else ",".join(right.roles or right.kela_groups)


def who_asks(request: HttpRequest) -> dict[str, Any]:
    """The same of a request; nobody where no right was found."""
    right: Right | None = getattr(request, "right", None)
    return who(right) if right else {}
