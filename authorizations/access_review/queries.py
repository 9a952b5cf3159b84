"""Who of an organisation has used Kelmu, with which mandates, and what of it is superfluous."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from audit.models import MandateUse
from authorizations.access_review.judging import BY_ROLE, Reviewed, ground_of, judged
from authorizations.models import Official
from authorizations.rights import Right
from authorizations.session_store import live_sessions


class Order(StrEnum):
    """By what the list is sorted."""

    NAME = "name"
    LAST_SEEN = "last_seen"
    FIRST_SEEN = "first_seen"


ORDERS = {
    Order.NAME: F("name").asc(),
    Order.LAST_SEEN: F("last_on").desc(nulls_last=True),
    Order.FIRST_SEEN: F("first_on").asc(nulls_last=True),
}


def officials(
    right: Right, *, name: str = "", order: Order = Order.NAME, only_marked: bool = False
) -> "QuerySet[Official]":
    """The people of the acting organisation, those whose name holds the text.

    Somebody marked as left is on the list until not seen for the days of the setting.
    """
    organisation = right.acting_for
    unseen_since = right.on - timedelta(days=settings.MANDATE_UNUSED_DAYS)
    found = (
        _with_days(named(organisation.id, name))
        .filter(~Q(left_on__lte=unseen_since, last_on__lte=unseen_since))
        .order_by(ORDERS[order], "pk")
    )
    return found.filter(_needs_attention(right)) if only_marked else found


def named(organisation_id: int, name: str) -> "QuerySet[Official]":
    """The people of an organisation whose name holds the text."""
    return Official.objects.filter(organisation=organisation_id, name__icontains=name)


def sessions_of(organisation_id: int, subjects: Iterable[UUID]) -> "Counter[UUID | None]":
    """How many sessions of each person act for the organisation now."""
    live = live_sessions().filter(organisation=organisation_id, subject__in=list(subjects))
    return Counter(live.values_list("subject", flat=True))


def _uses() -> "QuerySet[MandateUse]":
    return MandateUse.objects.filter(
        organisation_id=OuterRef("organisation_id"), actor=OuterRef("subject")
    )


def _with_days(people: "QuerySet[Official]") -> "QuerySet[Official]":
    by_actor = _uses().values("actor")
    return people.annotate(
        first_on=Subquery(
            by_actor.annotate(day=Min("first_on")).values("day"), output_field=DateField()
        ),
        last_on=Subquery(
            by_actor.annotate(day=Max("last_on")).values("day"), output_field=DateField()
        ),
        told_at=Subquery(
            by_actor.exclude(mandate=BY_ROLE).annotate(moment=Max("told_at")).values("moment"),
            output_field=DateTimeField(),
        ),
    )


def _needs_attention(right: Right) -> Q:
    """Held mandates that are unused or superfluous, and people marked as left."""
    ground = ground_of(right)
    held = _uses().filter(told_at=OuterRef("told_at")).exclude(mandate=BY_ROLE)
    unused = Q(used_on__lte=ground.unused_since)
    unused |= Q(used_on=None, first_on__lte=ground.unused_since)
    superfluous = Q(mandate__in=ground.superfluous())
    return Q(left_on__isnull=False) | Q(Exists(held.filter(unused | superfluous)))


def reviewed(right: Right, people: Sequence[Official]) -> list[Reviewed]:
    """What the review tells of these people, who come from `officials`; in the same order."""
    organisation, subjects = right.acting_for, [official.subject for official in people]
    uses: defaultdict[UUID, list[MandateUse]] = defaultdict(list)
    for use in MandateUse.objects.filter(organisation_id=organisation.id, actor__in=subjects):
        uses[use.actor].append(use)
    sessions = sessions_of(organisation.id, subjects)
    ground = ground_of(right)
    return [judged(ground, one, uses[one.subject], sessions[one.subject]) for one in people]
