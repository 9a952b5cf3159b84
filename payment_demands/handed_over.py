"""The report of the transfer, for all of Kela's people: each demand before and after, and the sums.

It is read from the history, so that it tells of each transfer as it was, whatever came later.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, kela_admin, requires
from authorizations.desk import open_desk
from kelmu.formats import amount, day
from kelmu.tables import Column, Table
from organisations.models import Organisation, Payee
from payment_demands.models import Version
from payment_demands.words import Measure, Recurrence, Step

ON_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Handed:
    """A version of the transfer beside the one before it; the same claimant twice: its account has
    come."""

    demand: str
    on: date
    former: Organisation
    claimant: Organisation
    former_payee: Payee
    payee: Payee
    a_month: Decimal

    @property
    def awaits_payee(self) -> bool:
        return self.payee.organisation_id != self.claimant.pk


@dataclass(slots=True)
class Sum:
    """Of a claimant on a day: demands, euros a month, demands without an account of its own."""

    demands: int = 0
    euros: Decimal = Decimal(0)
    waiting: int = 0


@requires(kela_admin)
@require_safe
def transfers(request: RightfulRequest) -> HttpResponse:
    """What was handed over from claimant to claimant; nobody's names."""
    open_desk()
    log.write(log.Row(act=ActKind.VIEW_TRANSFERS, **door.who(request.right)))
    rows = _versions()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "sums": _sums(_handed(rows.iterator(chunk_size=ON_A_PAGE))),
        "transfers": _table(_handed(page), page.start_index(), page.paginator.count),
        "page": page,
    }
    return render(request, "payment_demands/kela/transfers.html", context)


def _versions() -> QuerySet[Version]:
    before = Version.objects.filter(demand=OuterRef("demand"), number=OuterRef("number") - 1)
    rows = Version.objects.filter(step=Step.TRANSFER).order_by("-on", "demand", "-number")
    return rows.annotate(before=Subquery(before.values("content")))


def _handed(versions: Iterable[Version]) -> Iterable[Handed]:
    organisations, payees = Organisation.objects.in_bulk(), Payee.objects.in_bulk()
    for version in versions:
        before: dict[str, Any] = version.before  # type: ignore[attr-defined]  # annotated
        after = version.content
        yield Handed(
            demand=str(version.demand_id),
            on=version.on,
            former=organisations[before["organisation_id"]],
            claimant=organisations[after["organisation_id"]],
            former_payee=payees[before["payee_id"]],
            payee=payees[after["payee_id"]],
            a_month=_a_month(after),
        )


def _a_month(content: dict[str, Any]) -> Decimal:
    told = (content["measure"], content["recurrence"])
    recurs = told == (Measure.AMOUNT, Recurrence.RECURRENT)
    return Decimal(str(content["amount"])) if recurs else Decimal(0)


def _sums(handed: Iterable[Handed]) -> Table:
    sums: dict[tuple[date, str], Sum] = defaultdict(Sum)
    for one in handed:
        if one.former != one.claimant:
            of = sums[one.on, one.claimant.name]
            of.demands += 1
            of.euros += one.a_month
            of.waiting += one.awaits_payee
    return Table(
        caption=_("In all"),
        columns=[
            Column(_("Claimant now")),
            Column(_("Day")),
            Column(_("Demands"), numeric=True),
            Column(_("Demanded a month"), numeric=True),
            Column(_("Without an account on the day"), numeric=True),
        ],
        rows=[
            (name, day(on), str(of.demands), amount(of.euros), str(of.waiting))
            for (on, name), of in sums.items()
        ],
        empty=_("Nothing has been handed over."),
    )


def _table(handed: Iterable[Handed], start: int, number: int) -> Table:
    return Table(
        caption=_("Each demand before and after"),
        columns=[
            Column(_("Number of the demand")),
            Column(_("Day")),
            Column(_("Claimant before")),
            Column(_("Claimant now")),
            Column(_("Account before")),
            Column(_("Account now")),
        ],
        rows=[_row(one) for one in handed],
        empty=_("Nothing has been handed over."),
        start=start,
        of=number,
    )


def _row(one: Handed) -> tuple[str, ...]:
    account = _("none yet: the former one") if one.awaits_payee else one.payee.name
    return (
        one.demand,
        day(one.on),
        one.former.name,
        one.claimant.name,
        one.former_payee.name,
        account,
    )
