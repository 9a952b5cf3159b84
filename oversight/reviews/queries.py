"""Reads what is to be reviewed and what was found. Row-level security keeps to an organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from audit.models import Entry
from authorizations.rights import Right
from organisations.models import Contact, Organisation
from organisations.queries import contacts_on
from oversight.models import Finding, Flag, Review, Sample
from oversight.reach import Reach
from oversight.words import OPEN, Conclusion

LATEST = Finding.objects.filter(review=OuterRef("pk")).order_by("-pk")
IS_OPEN = Q(conclusion=None) | Q(conclusion__in=OPEN)


@dataclass(frozen=True, slots=True)
class Task:
    """An act to review, and its row of the log."""

    review: Review
    entry: Entry | None
    conclusion: Conclusion | None
    note: str
    is_late: bool


def reviews(reach: Reach) -> "QuerySet[Any]":
    """The acts to review, each with what was found last."""
    found = reach.within_it(Review.objects.select_related("flag", "organisation"))
    return found.annotate(
        conclusion=Subquery(LATEST.values("conclusion")[:1]),
        note=Subquery(LATEST.values("note")[:1]),
    )


def samples(reach: Reach, year: int | None = None) -> "QuerySet[Sample]":
    """The samples of the organisation, newest first."""
    found = Sample.objects.filter(organisation=reach.organisation_id)
    return (found.filter(month__year=year) if year else found).order_by("-month")


def tasks(reach: Reach, sample: Sample) -> list[Task]:
    """The reviews of a sample: late ones first, then those that are open."""
    rows = list(reviews(reach).filter(sample=sample).order_by("number"))
    found = {one.id: one for one in reach.entries.filter(pk__in=[(r.at, r.entry_id) for r in rows])}
    told = [_task(reach, row, found.get(row.entry_id)) for row in rows]
    return sorted(told, key=lambda one: (not one.is_late, not is_open(one), _place(one.review)))


def flag_of(review: Review) -> Flag | None:
    """By what an act stands out; none where chance alone picked it."""
    return getattr(review, "flag", None)


def _place(review: Review) -> int:
    flag = flag_of(review)
    return flag.rank if flag else review.number


def task(reach: Reach, review_id: int) -> Task | None:
    """One of them, without its row."""
    row = reviews(reach).filter(pk=review_id).select_related("sample").first()
    return _task(reach, row, None) if row else None


def is_open(one: Task) -> bool:
    """Whether an act is still to be judged."""
    return one.conclusion is None or one.conclusion in OPEN


def other_supervisors(right: Right) -> list[str]:
    """The names of those who review what the supervisor did."""
    named = contacts_on(right.on).filter(
        organisation=right.acting_for.id, role=Contact.Role.SUPERVISOR
    )
    return list(named.exclude(subject=right.subject).values_list("name", flat=True))


def number_late(reach: Reach) -> int:
    """How many reviews of the organisation are late."""
    return reviews(reach).filter(IS_OPEN, due_on__lt=reach.right.on).count()


def counts(reach: Reach) -> dict[date, dict[str, Any]]:
    """Of the month of each sample, how many reviews came to which conclusion."""
    return {row["sample__month"]: row for row in _counted(reach, reviews(reach), "sample__month")}


def counts_by_organisation(reach: Reach, year: int | None = None) -> dict[str, dict[str, Any]]:
    """The same by the name of each organisation, those with most late reviews first."""
    found = reviews(reach)
    found = found.filter(sample__month__year=year) if year else found
    names = {one.pk: one.name for one in Organisation.objects.all()}
    counted = {names[row["organisation"]]: row for row in _counted(reach, found, "organisation")}
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1]["late"], pair[0])))


def _counted(reach: Reach, found: "QuerySet[Any]", by: str) -> Iterable[dict[str, Any]]:
    """`found` comes from `reviews`."""
    rows: Iterable[dict[str, Any]] = found.values(by).annotate(
        acts=Count("pk"),
        late=Count("pk", filter=IS_OPEN & Q(due_on__lt=reach.right.on)),
        odd=Count("flag"),
        unchecked=Count("pk", filter=Q(conclusion=None)),
        **{one.value: Count("pk", filter=Q(conclusion=one)) for one in Conclusion},
    )
    return rows


def findings(review: Review) -> "QuerySet[Finding]":
    """All that was found of an act, latest first."""
    return review.findings.order_by("-pk")


def not_in_order(reach: Reach, year: int) -> "QuerySet[Any]":
    """The acts of a year whose latest finding is that they are not in order, in time."""
    found = reviews(reach).filter(sample__month__year=year, conclusion__isnull=False)
    return found.exclude(conclusion=Conclusion.IN_ORDER).order_by("at")


def _task(reach: Reach, row: Any, entry: Entry | None) -> Task:
    """`row` comes from `reviews`."""
    told = Conclusion(row.conclusion) if row.conclusion else None
    is_late = (told is None or told in OPEN) and row.due_on < reach.right.on
    return Task(row, entry, told, row.note or "", is_late)
