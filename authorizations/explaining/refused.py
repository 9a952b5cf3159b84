"""Why somebody was refused: which part said no, by which law, not yet or no longer.

What is told comes from the rulebook and from the agreement of the person's own organisation;
nothing from the customer.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.explaining.agreed import authorizers, staff_instruction
from authorizations.explaining.speech import said, when
from authorizations.refusals import EXPLANATIONS, Explanation, Part, Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import Action, Mandate, Purpose
from kelmu import clock
from kelmu.formats import day, moment
from organisations.models import Contact
from organisations.queries import times_of_purpose, times_of_use


def context(refused: Refused, right: Right | None) -> dict[str, Any]:
    """What the page of a refusal shows."""
    acting_for = right.organisation if right else None
    is_known = refused.purpose in set(Purpose)
    return {
        "refusal": explanation(refused, right),
        "organisation_name": acting_for.name if acting_for else "",
        "authorizers": authorizers(acting_for.id, clock.shown_day()) if acting_for else [],
        "staff_instruction": staff_instruction(acting_for.id) if acting_for else "",
        "needed": f"?see=purposes:{refused.purpose}" if is_known else "",
    }


def explanation(refused: Refused, right: Right | None) -> Explanation:
    """The explanation of the reason, with days and laws where they are known."""
    told = EXPLANATIONS[refused.reason]
    match refused.reason:
        case Reason.PURPOSE_NOT_OPEN if right and refused.purpose in set(Purpose):
            return _purpose_not_open(told, right, Purpose(refused.purpose))
        case Reason.ACTION_NOT_OPEN if right and right.organisation:
            return _action_not_open(told, right, Action(refused.purpose))
        case Reason.PURPOSE_NOT_OPEN if right and right.organisation:
            return _none_opens_it(told, right)
        case Reason.NO_AGREEMENT if refused.who:
            return _no_agreement(told, refused.who["organisation_id"])
        case Reason.NO_AGREEMENT if right:
            return _under_way(told, right)
        case Reason.ROLE_ENDED if refused.who:
            return _role_ended(told, refused.who["organisation_id"], refused.who["actor"])
        case Reason.PACE if refused.retry_at:
            return _too_fast(told, refused.retry_at)
    return told


def _purpose_not_open(told: Explanation, right: Right, purpose: Purpose) -> Explanation:
    if purpose in {opened.purpose for opened in right.purposes}:
        return _not_this_page(told, right, purpose)
    told = replace(told, what=_("“%(name)s” is not open to you.") % {"name": said(purpose)})
    return _closed(told, right, purpose)


def _action_not_open(told: Explanation, right: Right, action: Action) -> Explanation:
    told = replace(told, what=_("“%(name)s” is not open to you.") % {"name": said(action)})
    return _closed(told, right, action)


def _closed(told: Explanation, right: Right, wanted: Purpose | Action) -> Explanation:
    mandates = rulebook.load().mandates_opening(right.acting_for.type, wanted, right.on)
    if not mandates:
        return _by_the_rules(told, right, wanted)
    if not set(mandates) & set(right.mandates):
        return replace(
            told,
            part=Part.MANDATE,
            why=_("It needs a mandate that you do not have: %(names)s.")
            % {"names": said(mandates)},
            laws=_laws(right, wanted, right.on),
        )
    return _by_the_agreement(told, right, wanted)


def _none_opens_it(told: Explanation, right: Right) -> Explanation:
    """Of a page that several purposes could open: whether the agreement leaves one of them out."""
    lawful = rulebook.load().rights(right.acting_for.type, right.mandates, right.on).purposes
    if {one.purpose for one in lawful} <= {one.purpose for one in right.purposes}:
        return told
    why = _("The agreement of your organisation does not cover it")
    return _not_agreed(replace(told, why=f"{why}."))


def _not_this_page(told: Explanation, right: Right, purpose: Purpose) -> Explanation:
    return replace(
        told,
        part=Part.PAGE,
        what=_("“%(name)s” does not open this page.") % {"name": said(purpose)},
        why=_("The purpose is open to you, but this page is not a part of it."),
        helps=_("Choose another purpose from the start view."),
        laws=_laws(right, purpose, right.on),
    )


def _by_the_rules(told: Explanation, right: Right, purpose: Purpose | Action) -> Explanation:
    changes = rulebook.load().changes(right.acting_for.type, Mandate, purpose, right.on)
    closed = changes.no_longer_since
    lawful = changes.not_yet_from or (closed - timedelta(days=1) if closed else right.on)
    return replace(
        told,
        part=Part.RULEBOOK,
        why=_("The rules do not open it to your type of organisation (%(type)s): %(when)s.")
        % {"type": said(right.acting_for.type), "when": when(*changes)},
        helps=_("See which mandate opens it, and in which organisations."),
        laws=_laws(right, purpose, lawful),
    )


def _by_the_agreement(told: Explanation, right: Right, purpose: Purpose | Action) -> Explanation:
    why = _("The agreement of your organisation does not cover it")
    why = _and_when(why, times_of_purpose(right.acting_for.id, purpose), right.on)
    return _not_agreed(replace(told, why=why, laws=_laws(right, purpose, right.on)))


def _not_agreed(told: Explanation) -> Explanation:
    return replace(
        told,
        part=Part.AGREEMENT,
        helps=_("If your organisation needs it, it agrees on it with Kela."),
        ask=EXPLANATIONS[Reason.NO_AGREEMENT].ask,
    )


def _no_agreement(told: Explanation, organisation_id: int) -> Explanation:
    why = _("No agreement between Kela and your organisation is in force")
    times = times_of_use(organisation_id)
    return replace(told, why=_and_when(why, times, clock.shown_day()))


def _under_way(told: Explanation, right: Right) -> Explanation:
    told = _no_agreement(told, right.own_organisation.id)
    return replace(
        told,
        what=_("This page opens when the agreement is in force."),
        helps=_("Until then the pages of your own organisation are open to you."),
    )


def _role_ended(told: Explanation, organisation_id: int, subject: UUID) -> Explanation:
    contacts = Contact.objects.filter(
        organisation=organisation_id, subject=subject, validity__isnull=False
    )
    validities = contacts.values_list("validity", flat=True)
    why = _("The agreement of your organisation does not name you")
    return replace(told, why=_and_when(why, validities, clock.shown_day()))


def _too_fast(told: Explanation, retry_at: datetime) -> Explanation:
    helps = _("You may search again on %(moment)s.") % {"moment": moment(retry_at)}
    return replace(told, helps=f"{helps} {told.helps}")


def _laws(right: Right, wanted: Purpose | Action, on: date) -> tuple[str, ...]:
    opened = rulebook.load().rights(right.acting_for.type, Mandate, on).opening(wanted)
    return tuple(said(law) for law in opened.law) if opened else ()


def _and_when(why: str, validities: Iterable[Any], on: date) -> str:
    """A reason, with the next beginning or else the last end of what is not in force on the day."""
    held = list(validities)
    starts = [one.lower for one in held if one.lower and one.lower > on]
    ends = [one.upper for one in held if one.upper and one.upper <= on]
    if starts:
        begins = _("not yet: begins on %(day)s") % {"day": day(min(starts))}
        return f"{why}, {begins}."
    if ends:
        last = max(ends) - timedelta(days=1)
        ended = _("no longer: ended on %(day)s") % {"day": day(last)}
        return f"{why}, {ended}."
    return f"{why}."
