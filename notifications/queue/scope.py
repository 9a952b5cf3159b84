"""Which notifications a purpose opens in a municipality on a day (design.md section 3)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet

from authorizations.door import look_back_from
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose, OrganisationType
from notifications.models import Handling
from notifications.municipalities import Place
from notifications.words import Receiver, State
from organisations.models import Municipality

COUNTIES_SERVE_FROM = date(2023, 1, 1)
OLDEST_SINCE_2023 = date(2022, 1, 1)  # what was forwarded before that is seen by nobody
BY_URGENCY = (F("is_urgent").desc(), F("arrived_at").asc(), F("pk").asc())
MOST_COUNTED = 1000  # beyond that the number is told as "over", so that counting stays cheap


def in_scope(right: Right, purpose: OpenedPurpose, place: Place) -> "QuerySet[Handling]":
    """The notifications that the purpose opens in the municipality, on the day of the right."""
    return Handling.objects.filter(_opened(right, purpose), municipality__in=place.codes)


def new_ones(right: Right, purpose: OpenedPurpose, places: Iterable[Place]) -> dict[str, int]:
    """How many new ones there are in each municipality, by its code; MOST_COUNTED at most."""
    new = _opened(right, purpose) & Q(state=State.NEW)
    return _counted(places, new, MOST_COUNTED)


def with_content(right: Right, purpose: OpenedPurpose, places: Iterable[Place]) -> set[str]:
    """The municipalities in which there is any, by their codes."""
    found = _counted(places, _opened(right, purpose), most=1)
    return {code for code, number in found.items() if number}


def _opened(right: Right, purpose: OpenedPurpose) -> Q:
    told: Mapping[str, Any] = {
        "type__in": [one.value for one in purpose.notification_types],
        "receiver": receiver_of(right),
        "visible_on__lte": right.on,
        "forwarded_on__gte": oldest(right, purpose),
    }
    return Q(**told)


def receiver_of(right: Right) -> Receiver:
    """As whom the organisation has it: until 2022 a municipality organised social services too."""
    is_municipality = right.acting_for.type is OrganisationType.MUNICIPALITY
    if is_municipality and right.on >= COUNTIES_SERVE_FROM:
        return Receiver.MUNICIPALITY
    return Receiver.SOCIAL_SERVICES


def oldest(right: Right, purpose: OpenedPurpose) -> date:
    """The first day of which anything is seen. The look-back of the purpose holds for what was
    forwarded to a municipality in 2022 too: it is seen for as long as the county's own would be."""
    limits = [look_back_from(right, purpose) or date.min]
    if right.on >= COUNTIES_SERVE_FROM:
        limits.append(OLDEST_SINCE_2023)
    return max(limits)


def _counted(places: Iterable[Place], which: Q, most: int) -> dict[str, int]:
    by_code = {code: place.code for place in places for code in place.codes}
    there = Handling.objects.filter(which, municipality=OuterRef("code"))
    in_order = there.order_by(*BY_URGENCY)  # of the index: read as far as is counted, and no more
    counted = ArraySubquery(in_order.values("pk")[:most])
    numbers = Municipality.objects.filter(code__in=by_code).annotate(
        number=Func(counted, function="cardinality", output_field=IntegerField())
    )
    sums = dict.fromkeys(by_code.values(), 0)
    for code, number in numbers.values_list("code", "number"):
        sums[by_code[code]] = min(most, sums[by_code[code]] + number)
    return sums
