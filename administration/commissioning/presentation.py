"""Steps of commissioning in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.agreements.words import in_words
from administration.commissioning.forms import STATES
from administration.commissioning.queries import facts_of, records_of, version_of
from administration.commissioning.steps import (
    Facts,
    Progress,
    Side,
    State,
    Step,
    next_of,
    progress,
    waits_since,
)
from authorizations.explaining.speech import said
from authorizations.rulebook import Mandate
from kelmu.dates import last_day
from kelmu.formats import day, moment, period
from kelmu.tables import Column, Table
from organisations.models import Agreement, CommissioningRecord, RecordedStep, Standing

NAMES: dict[Step, Promise] = {
    Step.RIGHT: gettext_lazy("Right to the data"),
    Step.CONTENT: gettext_lazy("Way of use and content"),
    Step.IMPLEMENTED: gettext_lazy("Changes implemented"),
    Step.TESTED: gettext_lazy("Tested in the preview"),
    Step.NEW_MANDATE: gettext_lazy("New mandate from DVV, if needed"),
    Step.AGREEMENT: gettext_lazy("Agreement signed"),
    Step.SECURITY: gettext_lazy("Data security assessed"),
    Step.MANDATE_RIGHTS: gettext_lazy("Right to grant mandates"),
    Step.EMPLOYEES_TOLD: gettext_lazy("Employees told"),
    Step.ACCESS_ATTESTED: gettext_lazy("Other access rights attested"),
    Step.MANDATES_GRANTED: gettext_lazy("Mandates granted"),
    Step.IN_USE: gettext_lazy("In use"),
}
EXPLANATIONS: dict[Step, Promise] = {
    Step.RIGHT: gettext_lazy("Kela examines by which law the organisation may get data."),
    Step.CONTENT: gettext_lazy("Kela and the organisation agree on the way of use and the data."),
    Step.IMPLEMENTED: gettext_lazy("Kela makes the changes by which the right data is shown."),
    Step.TESTED: gettext_lazy("Kela tests in the preview what the employees will see."),
    Step.NEW_MANDATE: gettext_lazy(
        "Kela asks DVV for a new Suomi.fi mandate if the data needs one."
    ),
    Step.AGREEMENT: gettext_lazy("The organisation signs first, then Kela."),
    Step.SECURITY: gettext_lazy("The organisation assesses the seven points."),
    Step.MANDATE_RIGHTS: gettext_lazy(
        "The organisation applies for it from DVV as soon as the authorizers are known, with one"
        " application for all mandates. It may take weeks."
    ),
    Step.EMPLOYEES_TOLD: gettext_lazy(
        "The organisation tells its employees how and from whom they get the mandates they need."
    ),
    Step.ACCESS_ATTESTED: gettext_lazy(
        "In the technical interface no mandates are used: the organisation attests that its own"
        " access rights are given only for the tasks on which the right rests."
    ),
    Step.MANDATES_GRANTED: gettext_lazy(
        "The authorizers grant the mandates in Suomi.fi. Kelmu sees them at the first login."
    ),
    Step.IN_USE: gettext_lazy("Kela sets the day of use when all that it waits for is done."),
}
STATE_NAMES: dict[State, Promise] = {
    State.DONE: gettext_lazy("done"),
    State.OPEN: gettext_lazy("to be done"),
    State.WAITING: gettext_lazy("waiting"),
    State.LATER: gettext_lazy("later"),
    State.FALLS_AWAY: gettext_lazy("falls away"),
}
COLOURS = {State.DONE: "success", State.OPEN: "warning", State.WAITING: "info"}
SIDES: dict[Side, Promise] = {
    Side.KELA: gettext_lazy("Kela"),
    Side.ORGANISATION: gettext_lazy("organisation"),
}
LISTS: dict[str, Promise] = {
    "under-way": gettext_lazy("In commissioning"),
    "security": gettext_lazy("Data security"),
    "ending": gettext_lazy("Agreements that end"),
}
SIDE_BY_SIDE = {
    Step.NEW_MANDATE,
    Step.SECURITY,
    Step.MANDATE_RIGHTS,
    Step.EMPLOYEES_TOLD,
    Step.ACCESS_ATTESTED,
}


def page(facts: Facts, addresses: Mapping[Step, str]) -> dict[str, Any]:
    """What both sides see. `addresses` are those where the reader goes on with a step."""
    steps, records = progress(facts), records_of(facts.agreement)
    return {
        "number": facts.agreement.number,
        "steps": [_step(one, facts, records, addresses) for one in steps],
        "turns": [
            {"side": SIDES[side], "steps": _turn(facts, next_of(steps, side))}
            for side in (Side.ORGANISATION, Side.KELA)
        ],
        "too_few_authorizers": _too_few(facts),
        "without_mandates": not facts.by_user_interface,
    }


def _turn(facts: Facts, steps: list[Step]) -> str:
    """What a side does next, and since when it could; empty when it is not its turn."""
    told = ", ".join(str(NAMES[step]) for step in steps)
    since = waits_since(facts, steps)
    if not since:
        return told
    return _("%(steps)s (since %(day)s)") % {"steps": told, "day": day(since)}


def _too_few(facts: Facts) -> str:
    if not facts.has_too_few_authorizers or facts.standing in {Standing.ENDED, Standing.LAPSED}:
        return ""
    if not facts.authorizers:
        return _("No authorizer is named. Name at least two: one may be away.")
    return _("Only one authorizer is named: %(name)s. Name at least two: one may be away.") % {
        "name": facts.authorizers[0]
    }


def _step(
    one: Progress,
    facts: Facts,
    records: Mapping[str, CommissioningRecord],
    addresses: Mapping[Step, str],
) -> dict[str, Any]:
    record = records.get(one.step.value)
    is_asked_for = one.state not in {State.LATER, State.FALLS_AWAY}
    return {
        "name": NAMES[one.step],
        "explanation": EXPLANATIONS[one.step],
        "state": STATE_NAMES[one.state],
        "colour": COLOURS.get(one.state, "neutral"),
        "side": SIDES[one.side],
        "side_by_side": one.step in SIDE_BY_SIDE and one.state is State.OPEN,
        "details": list(DETAILS[one.step](facts)) if one.step in DETAILS else [],
        "record": _record(record) if record else "",
        "note": record.note if record else "",
        "url": addresses.get(one.step, "") if is_asked_for else "",
        "is_recorded": one.step.value in RecordedStep.values,
    }


def _record(record: CommissioningRecord) -> str:
    state = dict(STATES[RecordedStep(record.step)])[record.state]
    people = f": {', '.join(record.people)}" if record.people else ""
    return _("%(state)s%(people)s, %(day)s. Recorded by %(name)s on %(moment)s.") % {
        "state": state,
        "people": people,
        "day": day(record.on),
        "name": record.by_name,
        "moment": moment(record.at),
    }


def _right_details(facts: Facts) -> Iterable[str]:
    enquiry = facts.agreement.enquiry
    if enquiry and enquiry.answered_on:
        yield _("Examined on %(day)s") % {"day": day(enquiry.answered_on)}


def _content_details(facts: Facts) -> Iterable[str]:
    version = version_of(facts.agreement, facts.on)
    if version:
        yield from in_words(version).ways


def _agreement_details(facts: Facts) -> Iterable[str]:
    yield str(facts.agreement.get_step_display())


def _security_details(facts: Facts) -> Iterable[str]:
    if facts.security_since:
        yield _("The oldest point was assessed on %(day)s") % {"day": day(facts.security_since)}


def _mandate_right_details(facts: Facts) -> Iterable[str]:
    if facts.by_user_interface and facts.authorizers:
        yield _("Authorizers: %(names)s") % {"names": ", ".join(facts.authorizers)}


def _mandate_details(facts: Facts) -> Iterable[str]:
    for mandate in Mandate:
        if mandate in facts.mandates_seen:
            first = day(facts.mandates_seen[mandate])
            yield _("%(mandate)s: first seen on %(day)s") % {"mandate": said(mandate), "day": first}


def _use_details(facts: Facts) -> Iterable[str]:
    validity = facts.agreement.validity
    if validity:
        yield period(validity.lower, last_day(validity.upper))
    if facts.is_used:
        yield _("Customers have been looked up.")


DETAILS: dict[Step, Callable[[Facts], Iterable[str]]] = {
    Step.RIGHT: _right_details,
    Step.CONTENT: _content_details,
    Step.AGREEMENT: _agreement_details,
    Step.SECURITY: _security_details,
    Step.MANDATE_RIGHTS: _mandate_right_details,
    Step.MANDATES_GRANTED: _mandate_details,
    Step.IN_USE: _use_details,
}


def waiting(agreements: Sequence[Agreement], on: date, *, start: int, of: int) -> Table:
    """Agreements in commissioning, and for whom each waits."""
    return Table(
        caption=_("In commissioning"),
        columns=[
            Column(_("Organisation")),
            Column(_("Agreement")),
            Column(_("Step")),
            Column(_("Waits for the organisation")),
            Column(_("Waits for Kela")),
        ],
        rows=[_waiting(one, facts_of(one, on)) for one in agreements],
        empty=_("No agreement is in commissioning."),
        start=start,
        of=of,
    )


def _waiting(agreement: Agreement, facts: Facts) -> list[Any]:
    steps = progress(facts)
    return [
        link(agreement),
        agreement.number,
        agreement.get_step_display(),
        *(_turn(facts, next_of(steps, side)) or "–" for side in (Side.ORGANISATION, Side.KELA)),
    ]


def unassessed(agreements: Sequence[Agreement], on: date, *, start: int, of: int) -> Table:
    """Organisations whose self-assessment is missing, not in order or older than a year."""
    return Table(
        caption=_("Data security to be assessed"),
        columns=[
            Column(_("Organisation")),
            Column(_("Agreement")),
            Column(_("Oldest point assessed on")),
        ],
        rows=[[link(one), one.number, _since(facts_of(one, on))] for one in agreements],
        empty=_("Every organisation in use has assessed its data security within the year."),
        start=start,
        of=of,
    )


def _since(facts: Facts) -> str:
    return day(facts.security_since) if facts.security_since else "–"


def ending(agreements: Sequence[Agreement], on: date, *, start: int, of: int) -> Table:
    """Agreements that end or have ended, with the mandates that were seen."""
    return Table(
        caption=_("Agreements that end"),
        columns=[
            Column(_("Organisation")),
            Column(_("Agreement")),
            Column(_("In force")),
            Column(_("Mandates seen")),
        ],
        rows=[
            [
                link(one),
                one.number,
                period(one.validity.lower, last_day(one.validity.upper)),
                ", ".join(said(Mandate(slug)) for slug in facts_of(one, on).mandates_seen) or "–",
            ]
            for one in agreements
        ],
        empty=_("No agreement ends soon, and none has ended lately."),
        start=start,
        of=of,
    )


def link(agreement: Agreement) -> str:
    """The organisation, as the way to its commissioning."""
    address = reverse("kela_commissioning_of", args=[agreement.pk])
    return format_html('<a class="ds-link" href="{}">{}</a>', address, agreement.organisation.name)
