"""Hands demands over when those who claim change: to the counties on 1.1.2023, and after a merger.

Demands of municipalities and joint authorities go to the county that serves the municipality for
which they were made; those of an organisation that was merged to its heir. Nobody serves Åland, and
Helsinki stands in no county, so theirs stay. Runs as the owner: no page may do this.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kelmu import clock
from kelmu.dates import valid_on
from organisations.models import Municipality, Organisation, Payee
from payment_demands.models import Demand
from payment_demands.words import Measure, Recurrence, State, Step

USING = "owner"
HANDED_OVER = (State.DRAFT, State.REGISTERED, State.RECEIVED, State.ACCEPTED, State.ENDED)
MOVING = (
    Organisation.Type.MUNICIPALITY,
    Organisation.Type.JOINT_AUTHORITY,
    Organisation.Type.WELLBEING_COUNTY,
)


@dataclass(frozen=True, slots=True)
class Handed:
    """A demand before and after. The same claimant twice: only its account has come."""

    demand: Demand
    claimant: Organisation
    former: Organisation
    payee: Payee
    former_payee: Payee

    @property
    def is_new(self) -> bool:
        """Whether somebody else claims from the day on."""
        return self.claimant.pk != self.former.pk

    @property
    def awaits_payee(self) -> bool:
        """Whether the money goes to the former account until the new claimant has one."""
        return self.payee.organisation_id != self.claimant.pk

    @property
    def a_month(self) -> Decimal:
        """What it demands a month, if that is a sum."""
        is_sum = self.demand.measure == Measure.AMOUNT
        recurs = self.demand.recurrence == Recurrence.RECURRENT
        return self.demand.amount or Decimal(0) if is_sum and recurs else Decimal(0)


def transfer(effective: date, *, dry_run: bool = False) -> Iterator[Handed]:
    """Hands over what is valid after the day, a new claimant's demands in one transaction each.

    What was handed over is left alone when it runs again, so that it can be stopped at any point;
    a claimant that has got an account by then is given it.
    """
    planned = sorted(_plan(effective), key=lambda one: one[1].pk)
    for _claimant, group in groupby(planned, key=lambda one: one[1].pk):
        with transaction.atomic(using=USING):
            handed = list(_hand_over(group, effective))
            if dry_run:
                transaction.set_rollback(True, using=USING)
        yield from handed


def _plan(effective: date) -> Iterator[tuple[Demand, Organisation]]:
    """Each demand that goes to somebody else, or waits for its claimant's account."""
    counties = _counties(effective)
    places = _places(effective)
    for demand in _candidates(effective):
        heir = _heir(demand, effective, counties, places)
        awaits = demand.payee.organisation_id != demand.organisation_id
        if heir.pk != demand.organisation_id or awaits:
            yield demand, heir


def _candidates(effective: date) -> QuerySet[Demand]:
    after = Q(period__upper_inf=True) | Q(period__endswith__gt=effective)
    rows = Demand.objects.using(USING).filter(after, state__in=HANDED_OVER)
    return rows.select_related(
        "organisation__merged_into", "payee__organisation", "municipality"
    ).order_by("pk")


def _heir(
    demand: Demand,
    effective: date,
    counties: dict[str, Organisation],
    places: dict[str, str],
) -> Organisation:
    """Who claims from the day on."""
    claimant = demand.organisation
    while claimant.merged_into and claimant.validity.upper <= effective:
        claimant = claimant.merged_into
    if claimant.type not in MOVING:
        return claimant
    return counties.get(places.get(demand.municipality_id, ""), claimant)


def _counties(effective: date) -> dict[str, Organisation]:
    """The wellbeing services counties of the day, by their codes."""
    rows = Organisation.objects.using(USING).filter(
        valid_on(effective), type=Organisation.Type.WELLBEING_COUNTY
    )
    return {str(one.county_id): one for one in rows}


def _places(effective: date) -> dict[str, str]:
    """Which county serves each municipality; a merged one's is its successor's."""
    rows = Municipality.objects.using(USING)
    served = rows.filter(valid_on(effective, "memberships__")).values_list(
        "code", "memberships__county"
    )
    found = dict(served)
    merged = rows.filter(successor__isnull=False)
    heirs = {one.code: str(one.successor_id) for one in merged}
    for code in heirs:
        last = code
        while last in heirs and last not in found:
            last = heirs[last]
        if last in found:
            found.setdefault(code, found[last])
    return found


def _hand_over(group: Iterable[tuple[Demand, Organisation]], effective: date) -> Iterator[Handed]:
    accounts: dict[int, Payee | None] = {}
    for demand, heir in group:
        if heir.pk not in accounts:
            accounts[heir.pk] = _account(heir, effective)
        account = accounts[heir.pk]
        handed = Handed(demand, heir, demand.organisation, account or demand.payee, demand.payee)
        still_waits = account is None and heir.pk == demand.organisation_id
        if still_waits or _write(handed, effective):
            yield handed


def _account(claimant: Organisation, effective: date) -> Payee | None:
    """The claimant's oldest account that is valid on the day, or by now."""
    day = max(effective, clock.today())
    payees = Payee.objects.using(USING).filter(valid_on(day), organisation=claimant)
    return payees.order_by("validity", "pk").first()


def _write(handed: Handed, effective: date) -> bool:
    """False where somebody has changed the demand since it was read: the next run takes it."""
    rows = Demand.objects.using(USING).filter(pk=handed.demand.pk, version=handed.demand.version)
    told = {"former_payee": handed.former_payee, "transferred_on": effective}
    former = told if handed.is_new else {}
    return bool(
        rows.update(
            organisation=handed.claimant,
            payee=handed.payee,
            version=F("version") + 1,
            step=Step.TRANSFER,
            reason="",
            changed_at=timezone.now(),
            changed_on=max(effective, clock.today()) if not handed.is_new else effective,
            changed_by=None,
            changed_by_name="",
            **former,
        )
    )
