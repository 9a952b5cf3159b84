"""Whose notifications and lists somebody may see: one municipality at a time (design.md section 3).

A municipality sees itself, Helsinki Helsinki, a county one of its municipalities, a joint authority
or another authority one of those that it serves. A merged municipality's are its successor's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from kelmu.dates import valid_on
from organisations.models import Municipality, Organisation


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality that can be chosen; `codes` are its own and of those merged into it."""

    code: str
    name: str
    codes: tuple[str, ...]


def places(right: Right) -> tuple[Place, ...]:
    """The municipalities of which the acting organisation may see one at a time on the day, by
    name."""
    own = Municipality.objects.filter(_own(right), valid_on(right.on)).distinct()
    merged = _merged(right.on)
    found = [Place(one.code, one.name, _with_merged(one.code, merged)) for one in own]
    return tuple(sorted(found, key=lambda place: place.name))


def place(right: Right, purpose: OpenedPurpose, code: str) -> Place:
    """The municipality with the code. Raises Refused when the organisation does not see it."""
    for one in places(right):
        if one.code == code:
            return one
    raise Refused(Reason.NOT_YOUR_MUNICIPALITY, purpose=purpose.purpose)


def _own(right: Right) -> Q:
    organisation = Organisation.objects.filter(pk=right.acting_for.id)
    served = organisation.filter(valid_on(right.on, "serves__"))
    return (
        Q(code__in=organisation.values("municipality"))
        | (
            Q(memberships__county__in=organisation.values("county"))
            & valid_on(right.on, "memberships__")
        )
        | Q(code__in=served.values("serves__municipality"))
    )


def _merged(on: date) -> dict[str, str]:
    """Municipalities that are no more on the day, each with its successor."""
    ended = Municipality.objects.filter(successor__isnull=False, validity__endswith__lte=on)
    return dict(ended.values_list("code", "successor_id"))


def _with_merged(code: str, merged: dict[str, str]) -> tuple[str, ...]:
    before: Iterable[str] = (old for old, new in merged.items() if new == code)
    return code, *(each for old in before for each in _with_merged(old, merged))
