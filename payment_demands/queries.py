"""Reads payment demands, and the payments among which they are shared out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, F, Q, QuerySet, Sum, When

from authorizations.door import ActionAct
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import DataGroup
from benefits.groups import GROUPS
from benefits.models import Decision, PendingMatter
from benefits.models import Payment as PaymentRow
from benefits.reference import BenefitFacts, benefits
from benefits.rows import Delivered
from benefits.words import GIVING, UNDER_WAY, DeductionReason, PaymentState
from customers.models import Opening
from intake.freshness import ages, read_ages
from kelmu.dates import last_day, months_before, valid_on
from organisations.models import (
    CountyMembership,
    Municipality,
    Organisation,
    Payee,
    ServedMunicipality,
)
from payment_demands.distribution import Distribution, Payment, Standing, share_out
from payment_demands.models import Demand, Version
from payment_demands.reference import reference
from payment_demands.terms import Terms
from payment_demands.words import HOLDING, Ground, Recurrence, State

COMING = 3  # payments in a preview
RESTS_ON = (DataGroup.PENDENCY, DataGroup.DECISIONS, DataGroup.PAYMENTS)
THIS = "this"  # the key of the demand that is looked at


def demands_of(act: ActionAct) -> QuerySet[Demand]:
    """The acting organisation's demands on the act's customer, those in force first."""
    own = Demand.objects.filter(customer=act.customer, organisation=act.right.acting_for.id)
    order = Case(When(state__in=HOLDING, then=0), When(state=State.DRAFT, then=1), default=2)
    return own.select_related("payee", "municipality").order_by(order, F("period").desc())


def demand_of(act: ActionAct, demand_id: UUID) -> Demand:
    """One of them. Raises Refused for any other."""
    related = ("payee", "former_payee", "municipality", "organisation", "made_by")
    demand = demands_of(act).select_related(*related).filter(pk=demand_id).first()
    if demand is None:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return demand


def ground_of(opening: Opening, demand_id: UUID) -> Ground:
    """By which law a demand on the opened customer was made, for the row of the log before the
    demand is read. Raises Refused for any other."""
    found = Demand.objects.filter(customer=opening.customer_id, pk=demand_id)
    ground = found.values_list("ground", flat=True).first()
    if ground is None:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return Ground(ground)


def customer_of(right: Right, demand_id: UUID) -> UUID:
    """On whom a demand of the acting organisation is; for opening them, and nothing else. Raises
    Refused for any other."""
    own = Demand.objects.filter(pk=demand_id, organisation=right.acting_for.id)
    customer = own.values_list("customer", flat=True).first()
    if customer is None:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return customer


def first_version(demand_id: UUID) -> Version | None:
    """A demand as it was made, whatever has come since; None where there is none."""
    made = Version.objects.filter(demand=demand_id, number=1).select_related("demand")
    return made.first()


def versions_of(demand: Demand) -> list[Version]:
    """Its whole history, from the beginning."""
    return list(demand.versions.order_by("number"))


def municipalities_of(right: Right) -> list[Municipality]:
    """The municipalities for which the acting organisation may demand on the day, by name."""
    mine = Organisation.objects.filter(pk=right.acting_for.id)
    of_county = CountyMembership.objects.filter(
        valid_on(right.on), county__in=mine.values("county")
    )
    served = ServedMunicipality.objects.filter(valid_on(right.on), organisation__in=mine)
    rows = Municipality.objects.filter(
        Q(pk__in=mine.values("municipality"))
        | Q(pk__in=of_county.values("municipality"))
        | Q(pk__in=served.values("municipality"))
    )
    return sorted(rows, key=lambda one: one.name)


def to_be_paid(act: ActionAct) -> frozenset[str]:
    """The benefits that Kela pays the customer today, or has an application for."""
    mine = {"customer": act.customer}
    granted = Decision.objects.filter(
        **mine, kind__in=GIVING, replaced_on=None, validity__contains=act.right.on
    )
    pending = PendingMatter.objects.filter(**mine, state__in=UNDER_WAY)
    paid = granted.values_list("benefit", flat=True)
    return frozenset(paid).union(pending.values_list("benefit", flat=True))


def delivered() -> Delivered:
    """When Kela's systems made what demands rest on."""
    files = {group: GROUPS[group].file for group in RESTS_ON}
    by_file = read_ages(ages(files.values()).values_list("told", flat=True))
    return Delivered(
        made_at={group: by_file[file] for group, file in files.items() if file in by_file}
    )


def benefit_of(demand: Demand) -> BenefitFacts:
    """The benefit that is demanded."""
    return benefits()[demand.benefit_id]


# --- payments and who gets what of them ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shared:
    """A payment, and how it is shared out with the demand and without it."""

    payment: Payment
    together: Distribution
    without: Distribution

    @property
    def is_paid(self) -> bool:
        """Whether anything of the payment goes to this demand."""
        this = self.together.part(THIS)
        return this is not None and bool(this.paid)

    def paid(self, kind: str) -> Decimal:
        """What the own demands, or those of others, get of the payment beside this one."""
        parts = self.together.parts
        return sum((part.paid for part in parts if part.key.startswith(kind)), Decimal(0))


def preview(act: ActionAct, terms: Terms, demand: Demand | None = None) -> list[Shared]:
    """The next payments of the benefit that a demand can meet, as its terms are, and without it."""
    shared = [one for one in _shared(act, terms, demand) if one.payment.last >= terms.first]
    return [one for one in shared if one.payment.paid_on >= act.right.on][:COMING]


def coming(act: ActionAct, demand: Demand) -> list[Shared]:
    """The next payments, as long as the demand may hold for one."""
    if demand.state not in {State.DRAFT, *HOLDING}:
        return []
    return preview(act, Terms.of(demand), demand)


def past(act: ActionAct, demand: Demand) -> list[Shared]:
    """The payments until today that the demand met while it held, latest first."""
    if demand.registered_at is None:
        return []
    until = act.right.on if demand.state in HOLDING else demand.changed_on
    shared = _shared(act, Terms.of(demand), demand)
    made = [one for one in shared if one.payment.paid_on < until]
    return [one for one in reversed(made) if one.together.part(THIS)]


def account_of(demand: Demand, paid_on: date) -> Payee:
    """To which account a payment of the day goes. What was set before the demand was handed over
    goes to the former claimant's, and so does all as long as the claimant has none of its own."""
    since, former = demand.transferred_on, demand.former_payee
    if since and former and paid_on - reference().lead(paid_on) < since:
        return former
    return demand.payee


def former_account_until(demand: Demand, on: date) -> date | None:
    """The last day whose payments go to the former claimant's account although there is another
    one; None where there is no such day to come."""
    since = demand.transferred_on
    if since is None or account_of(demand, on) == demand.payee:
        return None
    return since + reference().lead(since) - timedelta(days=1)


def _shared(act: ActionAct, terms: Terms, demand: Demand | None) -> list[Shared]:
    others = list(_others(act, terms.benefit, terms.first, demand))
    registered = str(demand.registered_at) if demand and demand.registered_at else "9999"
    this = standing(THIS, terms, registered)
    since = min(one.first for one in [*others, this])
    payments = [one for one in _payments(act, terms.benefit, terms.first) if one.last >= since]
    both = zip(payments, share_out(payments, [*others, this]), strict=True)
    alone = share_out(payments, others)
    return [
        Shared(payment, together, without)
        for (payment, together), without in zip(both, alone, strict=True)
    ]


def standing(key: str, terms: Terms, since: str) -> Standing:
    """A demand as payments meet it."""
    told = reference()
    limit = terms.advance_total
    if terms.recurrence is Recurrence.ONCE and terms.amount is not None:
        limit = terms.amount if limit is None else min(limit, terms.amount)
    return Standing(
        key=key,
        rank=told.rank(terms.ground, terms.first),
        since=since,
        first=terms.first,
        last=last_day(terms.period.upper),
        recurrence=terms.recurrence,
        measure=terms.measure,
        amount=terms.amount,
        share=terms.share,
        left=limit,
        protected_percent=told.protected_percent(terms.ground, terms.benefit, terms.first),
    )


def _others(act: ActionAct, benefit: str, first: date, but: Demand | None) -> Iterator[Standing]:
    """Every other demand on the benefit: the own ones, and of others' what a payment must know."""
    own = demands_of(act).filter(benefit=benefit, state__in=HOLDING)
    for demand in own:
        if but is None or demand.pk != but.pk:
            yield standing(f"own {demand.pk}", Terms.of(demand), str(demand.registered_at))
    with connection.cursor() as cursor:
        cursor.callproc("payment_demands_of_others", [act.customer, benefit, first])
        for number, row in enumerate(cursor.fetchall()):
            yield _of_other(f"other {number}", benefit, *row)


def _of_other(key: str, benefit: str, *row: Any) -> Standing:
    ground, period, recurrence, measure, amount, share, advance_total, registered_at = row
    terms = Terms.read(
        {
            "ground": ground,
            "benefit": benefit,
            "municipality": "",
            "payee": 0,
            "period": period,
            "recurrence": recurrence,
            "measure": measure,
            "amount": amount,
            "share": share,
            "advance_total": advance_total,
            "contact_name": "",
            "contact_phone": "",
        }
    )
    return standing(key, terms, str(registered_at))


def _payments(act: ActionAct, benefit: str, first: date) -> list[Payment]:
    """What Kela has told of payments of the benefit, and what is to be expected: as many as a
    preview shows for a time that begins on the day."""
    mine = PaymentRow.objects.filter(
        customer=act.customer,
        benefit=benefit,
        state__in=[PaymentState.SCHEDULED, PaymentState.PAID],
    )
    taken = Case(
        When(deduction_reason=DeductionReason.PAYMENT_DEMAND, then=F("deductions")),
        default=Decimal(0),
    )
    rows = mine.values("paid_on", "period").annotate(whole=Sum(F("net") + taken))
    told = [
        Payment(row["paid_on"], row["period"].lower, _last(row["period"]), row["whole"])
        for row in rows.order_by("paid_on", "period")
    ]
    coming = [one for one in told if one.paid_on >= act.right.on and one.last >= first]
    missing = max(0, COMING - len(coming))
    return [*told, *_expected(act, told[-1], first, benefit, missing)] if told else []


def _expected(
    act: ActionAct, latest: Payment, first: date, benefit: str, count: int
) -> Iterator[Payment]:
    """The latest payment over again, month by month, as long as a decision is in force, until so
    many are for the time that begins on the day."""
    decisions = Decision.objects.filter(
        customer=act.customer, benefit=benefit, kind__in=GIVING, replaced_on=None
    )
    granted: list[DateRange] = list(decisions.values_list("validity", flat=True))
    months = 0
    while count:
        months += 1
        payment = _later(latest, months)
        if not any(payment.first in one for one in granted):
            return
        if payment.paid_on >= act.right.on:
            count -= payment.last >= first
            yield payment


def _later(payment: Payment, months: int) -> Payment:
    upper = months_before(payment.last + timedelta(days=1), -months)
    return Payment(
        months_before(payment.paid_on, -months),
        months_before(payment.first, -months),
        upper - timedelta(days=1),
        payment.net,
        estimated=True,
    )


def _last(period: DateRange) -> date:
    last: date = period.upper - timedelta(days=1)
    return last
