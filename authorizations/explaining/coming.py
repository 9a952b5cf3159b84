"""What a coming change of the rules opens and closes to one person, told 60 days before."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from authorizations import rulebook
from authorizations.explaining.agreed import agreed_purposes, agreed_rights
from authorizations.explaining.forms import KIND_LABELS
from authorizations.explaining.speech import said
from authorizations.explaining.things import Thing, mandates_to, things
from authorizations.rights import Right
from authorizations.rulebook import Mandate, Narrowing, OrganisationType
from kelmu.dates import valid_on
from kelmu.formats import day
from organisations.models import Organisation

NOTICE = timedelta(days=60)


def coming_changes(right: Right) -> list[dict[str, Any]]:
    """Each day of the next 60 on which the person's own mandates open something new or no more."""
    edges = [
        edge
        for edge in rulebook.load().days_of_change
        if right.on < edge <= right.on + NOTICE and right.by_mandate
    ]
    states = [_open(right, edge) for edge in (right.on, *edges)] if edges else []
    return [
        _change(right, edge, before, after)
        for edge, (before, after) in zip(edges, pairwise(states), strict=True)
        if before != after
    ]


def _open(right: Right, on: date) -> list[Thing]:
    """What will be open; the tabs follow from the rest. A day that no agreement covers yet is
    judged by the agreement of today."""
    organisation = right.acting_for
    agreed = agreed_purposes(organisation, on)
    lawful = rulebook.load().rights(organisation.type, right.mandates, on)
    covered = agreed or {
        one.purpose.value: Narrowing.of() for one in lawful.purposes if not one.by_agreement_only
    }
    rights = agreed_rights(organisation, right.mandates, on, covered)
    return [thing for thing in things(rights) if thing.kind != "tabs"]


def _change(right: Right, on: date, before: list[Thing], after: list[Thing]) -> dict[str, Any]:
    closes = [thing for thing in before if thing not in after]
    return {
        "day": day(on),
        "opens": _by_kind(thing for thing in after if thing not in before),
        "closes": _by_kind(closes),
        "keepers": _keepers(right, on, closes),
    }


def _by_kind(found: Iterable[Thing]) -> list[dict[str, Any]]:
    kinds: dict[str, list[str]] = {}
    for thing in found:
        kinds.setdefault(thing.kind, []).append(said(thing))
    return [{"label": KIND_LABELS[kind], "names": names} for kind, names in kinds.items()]


def _keepers(right: Right, on: date, closes: list[Thing]) -> list[dict[str, Any]]:
    """The mandates that open on the day what closes, each with the organisation that grants it."""
    kept: dict[tuple[OrganisationType, Mandate], list[str]] = {}
    for thing in closes:
        for keeper in _mandates_keeping(right, on, thing):
            kept.setdefault(keeper, []).append(said(thing))
    return [
        {"granter": _granter(right, on, kind), "mandate": said(mandate), "keeps": names}
        for (kind, mandate), names in kept.items()
    ]


def _mandates_keeping(
    right: Right, on: date, thing: Thing
) -> list[tuple[OrganisationType, Mandate]]:
    """Those of one's own organisation; without any, those of the county that takes over."""
    own, county = right.acting_for.type, OrganisationType.WELLBEING_COUNTY
    if found := mandates_to(thing, own, on):
        return [(own, mandate) for mandate in found if mandate not in right.mandates]
    return [(county, mandate) for mandate in mandates_to(thing, county, on)]


def _granter(right: Right, on: date, kind: OrganisationType) -> str:
    if kind is right.acting_for.type:
        return right.organisation_name
    county = Organisation.objects.filter(
        valid_on(on, "county__memberships__"),
        county__memberships__municipality__organisation=right.acting_for.id,
    ).first()
    return county.name if county else said(kind)
