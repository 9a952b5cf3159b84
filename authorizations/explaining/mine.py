"""My rights: what one has now and since when, and what one lacks and who grants it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from authorizations import rulebook
from authorizations.explaining.agreed import (
    agreed_purposes,
    agreed_rights,
    authorizers,
)
from authorizations.explaining.coming import coming_changes
from authorizations.explaining.pages import action_rows
from authorizations.explaining.speech import said
from authorizations.queries import purpose_rows, spoken
from authorizations.rights import Right
from authorizations.rulebook import (
    Action,
    Mandate,
    OpenedAction,
    OpenedPurpose,
    Purpose,
    Rights,
    Validity,
    unbroken_since,
)
from kelmu.dates import last_day
from kelmu.formats import day, law, moment, period
from organisations import queries as agreements
from organisations.models import Agreement, Contact


def my_rights(right: Right) -> dict[str, Any]:
    """The acting organisation's agreement, what the mandates held open today, and the rest."""
    organisation = right.acting_for
    agreement = agreements.agreement_in_force(organisation.id, right.on)
    agreed = agreed_purposes(organisation, right.on)
    held = agreed_rights(organisation, right.mandates, right.on, agreed)
    possible = agreed_rights(organisation, Mandate, right.on, agreed)
    return {
        "agreement": _agreement(agreement, right.on),
        "staff_instruction": agreement.organisation.staff_instruction,
        "mandates": [_mandate(mandate, held) for mandate in right.mandates],
        "read_at": moment(right.mandates_read_at) if right.mandates_read_at else "",
        "purposes": _purposes(right, held, agreement),
        "actions": _actions(right, held, agreement),
        "lacking": _lacking(held, possible),
        "not_agreed": _not_agreed(right, agreed),
        "offices": [Contact.Role(role).label for role in right.roles],
        "authorizers": authorizers(organisation.id, right.on),
        "coming_changes": coming_changes(right),
    }


def _agreement(agreement: Agreement, on: date) -> dict[str, Any]:
    agreed = agreements.agreed_purposes(agreement.organisation_id, on)
    laws = {citation for purpose in agreed for citation in purpose.laws}
    return {
        "number": agreement.number,
        "valid": period(agreement.validity.lower, last_day(agreement.validity.upper)),
        "laws": [law(citation) for citation in sorted(laws)],
    }


def _mandate(mandate: Mandate, held: Rights) -> dict[str, Any]:
    opened: list[Purpose | Action] = [
        *(one.purpose for one in held.purposes if mandate in one.mandates),
        *(one.action for one in held.general_actions if mandate in one.mandates),
    ]
    return {"name": said(mandate), "opens": [said(one) for one in opened]}


def _purposes(right: Right, held: Rights, agreement: Agreement) -> list[dict[str, Any]]:
    start = agreement.validity.lower or date.min
    return [
        row
        | {"since": day(max(start, _ruled_since(right, one.purpose), _agreed_since(right, one)))}
        for row, one in zip(purpose_rows(held.purposes), held.purposes, strict=True)
    ]


def _actions(right: Right, held: Rights, agreement: Agreement) -> list[dict[str, Any]]:
    start = agreement.validity.lower or date.min
    return [
        row | {"since": day(max(_ruled_since(right, one.action), start))}
        for row, one in zip(action_rows(held.general_actions), held.general_actions, strict=True)
    ]


def _ruled_since(right: Right, wanted: Purpose | Action) -> date:
    return rulebook.load().open_since(right.acting_for.type, right.mandates, wanted, right.on)


def _agreed_since(right: Right, opened: OpenedPurpose) -> date:
    times = agreements.times_of_purpose(right.acting_for.id, opened.purpose)
    validities = [Validity(time.lower or date.min, time.upper) for time in times]
    return unbroken_since(validities, right.on)


def _lacking(held: Rights, possible: Rights) -> list[dict[str, Any]]:
    """What the agreement covers and the person does not hold, and the mandates that open it."""
    purposes = {one.purpose for one in held.purposes}
    actions = {one.action for one in held.general_actions}
    return [
        *(
            _lack(one, said(one.purpose), spoken(one.description))
            for one in possible.purposes
            if one.purpose not in purposes
        ),
        *(
            _lack(one, said(one.action), "")
            for one in possible.general_actions
            if one.action not in actions
        ),
    ]


def _lack(one: OpenedPurpose | OpenedAction, name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        "mandates": [said(mandate) for mandate in one.mandates],
    }


def _not_agreed(right: Right, agreed: Collection[str]) -> list[str]:
    """Purposes that the law opens to the type of organisation and its agreement does not cover."""
    lawful = rulebook.load().rights(right.acting_for.type, Mandate, right.on)
    return [said(one.purpose) for one in lawful.purposes if one.purpose not in agreed]
