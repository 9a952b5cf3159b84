"""Reads lists: what was published for a municipality, and the rows of one publication.

No row is read before the act of it stands in the log.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.http import Http404

from audit.models import ActKind
from authorizations import door
from authorizations.door import ListAct
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import Listing, OpenedPurpose
from kelmu.dates import months_before
from notifications.listings.narrowing import Narrowing
from notifications.listings.shapes import SHAPES, Shape
from notifications.models import Download, Publication
from notifications.municipalities import Place, place, places
from notifications.queue import scope
from notifications.words import State
from organisations.models import Municipality

MOST_PRINTED = 5_000

type Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lists of one kind for a municipality, as a purpose opens them in a request."""

    right: Right
    purpose: OpenedPurpose
    place: Place
    listing: Listing

    @property
    def shape(self) -> Shape:
        return SHAPES[self.listing]

    @property
    def is_published(self) -> bool:
        """Whether Kela publishes it; else it is made of notifications."""
        return self.listing is not Listing.INTEGRATION_CUSTOMERS


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication on its shelf. `newest` is the newest version of the same list and period,
    `downloads` are those of the acting organisation, the last one first."""

    publication: Publication
    newest: int
    downloads: Sequence[Download] = ()

    @property
    def municipality(self) -> Municipality:
        """For which it was published: the one that was chosen, or one merged into it."""
        return self.publication.municipality

    @property
    def first_on(self) -> date:
        first: date = self.publication.period.lower
        return first

    @property
    def last_on(self) -> date:
        following: date = self.publication.period.upper
        return following - timedelta(days=1)

    @property
    def is_superseded(self) -> bool:
        return self.publication.version < self.newest


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of a page, in the types of their columns; how many there are, and their sums by
    the name of the column."""

    act: ListAct
    rows: Sequence[tuple[Any, ...]]
    found: int
    sums: dict[str, Decimal | int] = field(default_factory=dict)


def shelf(right: Right, purpose_slug: str, municipality: str, listing: str) -> Shelf:
    """Raises Refused when the purpose does not open the list, or not for the municipality."""
    purpose = right.purpose(purpose_slug)
    opened = next((one for one in purpose.listings if one.value == listing), None)
    if opened is None:
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose_slug)
    return Shelf(right, purpose, place(right, purpose, municipality), opened)


def with_content(right: Right, purpose: OpenedPurpose, places: Iterable[Place]) -> set[str]:
    """The municipalities for which a list of the purpose was published, by their codes."""
    by_code = {code: one.code for one in places for code in one.codes}
    published = Publication.objects.filter(
        listing__in=[one.value for one in purpose.listings],
        municipality__in=by_code,
        published_on__lte=right.on,
        is_complete=True,
    )
    codes = published.values_list("municipality", flat=True).distinct()
    return {by_code[code] for code in codes}


def editions(at: Shelf) -> list[Edition]:
    """Every publication that can be seen, the newest first."""
    newest: dict[tuple[str, date], int] = {}
    found = publications(at)
    for one in found:
        key = one.municipality_id, one.period.lower
        newest[key] = max(newest.get(key, 0), one.version)
    fetched = _downloads(at)
    return [
        Edition(one, newest[one.municipality_id, one.period.lower], fetched.get(_key(one), ()))
        for one in found
    ]


def kept(one: Edition) -> Edition:
    """Raises Http404 when the rows have been removed since."""
    if one.publication.removed_on:
        raise Http404
    return one


def edition(at: Shelf, municipality: str, first_on: date, version: int) -> Edition:
    """One of them. Raises Http404 when there is none."""
    for one in editions(at):
        told = one.publication.municipality_id, one.first_on, one.publication.version
        if told == (municipality, first_on, version):
            return one
    raise Http404


def publications(at: Shelf) -> list[Publication]:
    if not at.is_published:
        return _months_of_notifications(at)
    found = Publication.objects.filter(
        listing=at.listing.value,
        municipality__in=at.place.codes,
        published_on__lte=at.right.on,
        is_complete=True,
    )
    ordered = found.order_by("-period__startswith", "municipality", "-version")
    return list(ordered.select_related("municipality"))


def _months_of_notifications(at: Shelf) -> list[Publication]:
    """What was forwarded of immigrants, month by month: not kept, and of one version."""
    months = (
        _notifications(at)
        .order_by()
        .annotate(month=TruncMonth("forwarded_on"))
        .values_list("municipality", "month")
        .annotate(number=Count("pk"), latest=Max("visible_on"))
        .order_by("-month", "municipality")
    )
    return [
        Publication(
            listing=at.listing.value,
            municipality_id=code,
            period=DateRange(month, months_before(month, -1)),
            published_on=latest,
            rows=number,
            version=1,
        )
        for code, month, number, latest in months
    ]


def _notifications(at: Shelf) -> Rows:
    return scope.in_scope(at.right, at.purpose, at.place).exclude(state=State.TRANSFERRED)


def rows_of(at: Shelf, of: Publication) -> Rows:
    """The rows of a publication in Kela's order."""
    if at.is_published:
        rows: Rows = QuerySet(at.shape.model).filter(publication=of.pk)
    else:
        rows = _notifications(at).filter(
            municipality=of.municipality_id, forwarded_on__contained_by=of.period
        )
    return rows.order_by(at.shape.key)


def to_be_read(rows: Rows) -> Rows:
    """Rows to be read with their customers: each has one code in force."""
    return rows.filter(customer__identity_codes__is_current=True)


def shown(at: Shelf, one: Edition, narrowing: Narrowing) -> Shown:
    """A page of a publication, or all of it to be printed: its row in the log first."""
    chosen = narrowing.chosen(rows_of(at, one.publication))
    rows = narrowing.ordered(to_be_read(chosen), at.shape)
    window = rows[:MOST_PRINTED] if narrowing.printing else rows[narrowing.window]
    keys = list(window.values_list(at.shape.key, "customer_id"))
    act = door.write_list_act(
        ActKind.PRINT_LIST if narrowing.printing else ActKind.VIEW_LIST,
        at.right,
        at.purpose,
        {customer for _key, customer in keys},
        municipality=one.publication.municipality_id,
        **told(one),
        **_oneself(at, {customer for _key, customer in keys}),
        **({"filters": narrowing.told} if narrowing.told else {}),
    )
    of_page = rows.filter(**{f"{at.shape.key}__in": [key for key, _customer in keys]})
    read = list(of_page.values_list(*(column.value for column in at.shape.all_columns)))
    door.show(act, len(read), read)
    return Shown(
        act=act,
        rows=read,
        **_totals(chosen, at.shape),
    )


def told(one: Edition) -> dict[str, Any]:
    """A publication as a row of the log names it."""
    return {
        "listing": one.publication.listing,
        "period": f"{one.first_on}/{one.last_on}",
        "version": one.publication.version,
    }


def _oneself(at: Shelf, customers: set[UUID]) -> dict[str, bool]:
    """A list is published whole; that it names who reads it is told in the log."""
    return {"names_oneself": True} if at.right.subject in customers else {}


def _totals(rows: Rows, shape: Shape) -> dict[str, Any]:
    sums = {column.name: Sum(column.value) for column in shape.columns if column.adds_up}
    totals = rows.order_by().aggregate(found=Count("pk"), **sums)
    found = totals.pop("found")
    return {"found": found, "sums": {name: total or 0 for name, total in totals.items()}}


def sums_by(at: Shelf, one: Edition) -> list[tuple[str, int, Decimal]]:
    """Rows and sum of each benefit of a publication. Numbers of the list, of no single person."""
    if not any(column.name == "benefit" for column in at.shape.columns) or not at.shape.total:
        return []
    rows = rows_of(at, one.publication).order_by()
    return list(
        rows.values_list("benefit")
        .annotate(rows=Count("pk"), sum=Sum("amount"))
        .order_by("benefit")
    )


# --- downloads ----------------------------------------------------------------------------------


def _key(of: Publication | Download) -> tuple[str, date, int]:
    return of.municipality_id, of.period.lower, of.version


def _downloads(at: Shelf) -> dict[tuple[str, date, int], list[Download]]:
    """What people of the acting organisation fetched of a shelf."""
    found = Download.objects.filter(
        organisation=at.right.acting_for.id,
        listing=at.listing.value,
        municipality__in=at.place.codes,
    )
    by_publication: dict[tuple[str, date, int], list[Download]] = {}
    for one in found.order_by("-asked_at"):
        by_publication.setdefault(_key(one), []).append(one)
    return by_publication


def download_of(right: Right, download_id: UUID) -> tuple[Download, Shelf]:
    """A download of the acting organisation, and its shelf as the right opens it now. Raises
    Refused when there is none, or the list is no longer open."""
    found = Download.objects.filter(pk=download_id, organisation=right.acting_for.id).first()
    if found is None:
        raise Refused(Reason.NOT_YOUR_FILE)
    for one in right.purposes:
        if found.listing in one.listings:
            return found, _shelf_with(right, one, found)
    raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=found.purpose)


def _shelf_with(right: Right, purpose: OpenedPurpose, found: Download) -> Shelf:
    for one in places(right):
        if found.municipality_id in one.codes:
            return Shelf(right, purpose, one, Listing(found.listing))
    raise Refused(Reason.NOT_YOUR_MUNICIPALITY, purpose=purpose.purpose)
