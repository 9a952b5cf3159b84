"""Who of the organisation can be given a notification."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from audit.models import MandateUse
from authorizations.models import Official
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose


def colleagues(right: Right, purpose: OpenedPurpose) -> list[Official]:
    """The others, by name, who at their latest login held a mandate that opens the purpose."""
    latest = _uses().order_by("-told_at").values("told_at")[:1]
    mandates = [mandate.value for mandate in purpose.mandates]
    held = _uses().filter(told_at=OuterRef("told_at"), mandate__in=mandates)
    people = Official.objects.annotate(told_at=Subquery(latest)).filter(
        Exists(held), organisation=right.acting_for.id, left_on__isnull=True
    )
    return list(people.exclude(subject=right.subject).order_by("name", "pk"))


def _uses() -> "QuerySet[MandateUse]":
    return MandateUse.objects.filter(
        organisation_id=OuterRef("organisation_id"), actor=OuterRef("subject")
    )
