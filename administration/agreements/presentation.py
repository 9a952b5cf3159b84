"""Agreements, their steps and versions as ready text."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from administration.agreements import gates
from administration.agreements.queries import State
from administration.agreements.steps import Deed
from administration.agreements.versions.effects import Effect
from administration.organisations.presentation import link
from administration.proposing import state_in_words
from authorizations.explaining.speech import said
from authorizations.rulebook import OpenedPurpose
from kelmu.clock import HELSINKI
from kelmu.dates import last_day
from kelmu.formats import day, moment, period
from kelmu.tables import Column, Table
from organisations.models import (
    Agreement,
    AgreementEvent,
    AgreementVersion,
    Deadline,
    PreviewAcceptance,
    Proposed,
)

NOTHING = "–"


def validity(agreement: Agreement) -> str:
    """When it is in force."""
    time = agreement.validity
    return period(time.lower, last_day(time.upper)) if time else NOTHING


def lateness(due_on: date | None, on: date) -> str:
    """In words how late something is; empty where nothing is."""
    if due_on is None or due_on >= on:
        return ""
    days = (on - due_on).days
    return ngettext("late by %(days)s day", "late by %(days)s days", days) % {"days": days}


def found(rows: Sequence[Any], on: date, *, start: int, of: int) -> Table:
    """A page of agreements; what is late is marked beside the name."""
    return Table(
        caption=_("Agreements"),
        columns=[
            Column(_("Organisation")),
            Column(_("Business ID")),
            Column(_("Agreement")),
            Column(_("State")),
            Column(_("In force")),
        ],
        rows=[
            [
                one.organisation.name,
                one.organisation.business_id,
                link("kela_agreement", one.number, one.pk),
                State(one.state).label,
                validity(one),
            ]
            for one in rows
        ],
        empty=_("No agreement matches."),
        marks=[lateness(one.late_since, on) for one in rows],
        start=start,
        of=of,
    )


def events(rows: Iterable[AgreementEvent]) -> Table:
    """What was done to an agreement, the newest last."""
    return Table(
        caption=_("Steps taken"),
        columns=[Column(_("Step")), Column(_("Day")), Column(_("Recorded by")), Column(_("Note"))],
        rows=[
            [
                Deed(one.step).label if one.step in Deed.values else one.step,
                day(one.on),
                f"{one.by_name}, {moment(one.at)}",
                one.note or NOTHING,
            ]
            for one in rows
        ],
        empty=_("No step has been recorded."),
    )


def versions(rows: Iterable[AgreementVersion], on: date) -> Table:
    """The versions of an agreement by their day of effect."""
    return Table(
        caption=_("Versions"),
        columns=[
            Column(_("Version")),
            Column(_("Day of effect")),
            Column(_("State")),
            Column(_("Prepared by")),
            Column(_("Decided on by")),
        ],
        rows=[
            [
                link("kela_version", _("Version %(number)s") % {"number": one.number}, one.pk),
                day(one.wanted.lower),
                version_state(one, on),
                one.proposed_by_name,
                one.decided_by_name or NOTHING,
            ]
            for one in rows
        ],
        empty=_("No version has been prepared."),
    )


def version_state(one: AgreementVersion, on: date) -> str:
    """How a version stands on a day."""
    if not one.decision:
        return _("waits for approval")
    if one.decision in Proposed.DROPPED:
        return state_in_words(one, on)
    if one.agreement.step == Agreement.Step.GIVEN_UP:
        return _("approved; the agreement was given up")
    time = one.validity
    if time.upper and time.upper <= on:
        return _("held until %(day)s") % {"day": day(last_day(time.upper) or on)}
    if time.lower > on:
        return _("approved, takes effect on %(day)s") % {"day": day(time.lower)}
    return _("approved, holds since %(day)s") % {"day": day(time.lower)}


def deadlines(rows: Iterable[Deadline], late: Iterable[Deadline], on: date) -> Table:
    """By when what is awaited, and what of it is late."""
    is_late = {one.pk for one in late}
    told = list(rows)
    return Table(
        caption=_("Deadlines"),
        columns=[Column(_("What is awaited")), Column(_("At the latest on"))],
        rows=[[one.get_awaited_display(), day(one.due_on)] for one in told],
        empty=_("Nothing is awaited by a day."),
        marks=[lateness(one.due_on, on) if one.pk in is_late else "" for one in told],
    )


def gate_list(agreement: Agreement, day_of_use: date) -> list[tuple[str, bool]]:
    """What must have passed for a day of use, and whether it has."""
    return [(str(gate.label), gate.has_passed(agreement, day_of_use)) for gate in gates.GATES]


def effects(told: Sequence[Effect]) -> Table:
    """For whom of the employees a version changes what, as last seen."""
    felt = [one for one in told if one.is_felt]
    return Table(
        caption=_("Whom it concerns"),
        columns=[
            Column(_("Name")),
            Column(_("Mandates as last seen")),
            Column(_("Opens")),
            Column(_("Opens no more")),
            Column(_("Shows otherwise")),
        ],
        rows=[
            [
                one.name,
                said(one.mandates),
                _names(one.gains),
                _names(one.loses),
                _names(one.alters),
            ]
            for one in felt
        ],
        empty=_("Nobody who has used Kelmu for the organisation: what they see stays the same."),
    )


def _names(purposes: Iterable[OpenedPurpose]) -> str:
    return said([one.purpose for one in purposes])


def tested(acceptance: PreviewAcceptance | None) -> str:
    """Who accepted the preview of a version, if anybody did."""
    if acceptance is None:
        return ""
    return f"{acceptance.by_name}, {day(acceptance.at.astimezone(HELSINKI).date())}"


def from_day(first: date) -> str:
    """From which day on the choices hold."""
    return _("What the law opens from %(day)s on") % {"day": day(first)}


STEP_PAGES = {"preparing": "kela_prepare_step", "approving": "kela_approve_step"}


def deed_to_do(deed: Deed) -> str:
    """A step as it is done."""
    return {
        Deed.SENT: _("Send to the organisation"),
        Deed.TAKEN_BACK: _("Take back to be changed"),
        Deed.GIVEN_UP: _("Give the agreement up"),
        Deed.SIGNED_BY_ORGANISATION: _("Record the organisation’s signature"),
        Deed.SIGNED_BY_KELA: _("Sign for Kela"),
        Deed.PUT_INTO_USE: _("Set the day of use"),
        Deed.SHORTENED: _("Shorten"),
        Deed.ENDED: _("End the agreement"),
    }[deed]


def versions_in_print(rows: Iterable[AgreementVersion]) -> Table:
    """The versions as the printed agreement lists them."""
    return Table(
        caption=_("Versions"),
        columns=[
            Column(_("Version")),
            Column(_("Day of effect")),
            Column(_("Prepared by")),
            Column(_("Approved by")),
        ],
        rows=[
            [
                str(one.number),
                day(one.wanted.lower),
                one.proposed_by_name,
                one.decided_by_name or NOTHING,
            ]
            for one in rows
        ],
        empty=_("No version has been prepared."),
    )


def signatures(rows: Iterable[AgreementEvent]) -> dict[str, str]:
    """Who signed and when, for either party; empty as long as nobody did."""
    newest = {one.step: one for one in rows}
    ours, theirs = newest.get(Deed.SIGNED_BY_KELA), newest.get(Deed.SIGNED_BY_ORGANISATION)
    return {
        "kela": f"{ours.by_name}, {day(ours.on)}" if ours else "",
        "organisation": f"{theirs.note}, {day(theirs.on)}" if theirs else "",
    }
