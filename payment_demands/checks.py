"""What a demand is judged by before it is registered, in words that help.

The database refuses the same (models.py, migrations/0002_rules.sql): what stands here says it in
time and in words. Warnings do not block.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benefits.models import Decision
from benefits.models import Payment as PaymentRow
from benefits.reference import benefits
from benefits.words import GIVING, PaymentState
from kelmu.formats import amount, day, period
from payment_demands.reference import reference
from payment_demands.terms import Terms, last_of
from payment_demands.words import HOLDING, Ground, Measure, Recurrence


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which field of the form."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who demands, of whom, on which day; `demand` is the one that is changed, or made."""

    claimant: int
    customer: UUID
    on: date
    demand: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the database knows of a demand that is to be: one statement for all checks."""

    is_made: bool
    account_holds: bool
    is_served: bool
    is_payable: bool
    other: DateRange | None  # the time of another demand of the claimant that overlaps


type Check = Callable[[Terms, Found], Fault | None]


def faults(case: Case, terms: Terms) -> list[Fault]:
    """All that stands in the way of registering."""
    return faults_of(find(case, terms), terms)


def faults_of(found: Found, terms: Terms) -> list[Fault]:
    """The same, by what the database has told."""
    return [fault for check in CHECKS if (fault := check(terms, found))]


def find(case: Case, terms: Terms) -> Found:
    """What the checks ask the database."""
    asked = asdict(case) | terms.columns() | {"holding": list(HOLDING)}
    with connection.cursor() as cursor:
        cursor.execute(FIND, asked)
        return Found(*cursor.fetchone())


# By hand, since everybody who registers waits for it: to put together what the ORM would ask takes
# longer than the answer. The functions are those that the database's trigger asks, too.
FIND = """
    SELECT
        EXISTS (SELECT FROM payment_demands_demand WHERE id = %(demand)s),
        EXISTS (
            SELECT FROM organisations_payee
            WHERE id = %(payee_id)s AND organisation_id = %(claimant)s AND validity @> %(on)s
        ),
        payment_demands_serves(%(claimant)s, %(municipality_id)s, %(on)s),
        payment_demands_payable(%(customer)s, %(benefit_id)s, %(period)s),
        (
            SELECT period FROM payment_demands_demand
            WHERE organisation_id = %(claimant)s AND customer_id = %(customer)s
                AND benefit_id = %(benefit_id)s AND period && %(period)s
                AND state = ANY (%(holding)s) AND id IS DISTINCT FROM %(demand)s
            ORDER BY period LIMIT 1
        )
"""


def _matrix(terms: Terms, found: Found) -> Fault | None:
    allowed = reference().grounds_of(terms.benefit, terms.first)
    last = last_of(terms.period)
    if last:
        allowed &= reference().grounds_of(terms.benefit, last)
    if terms.ground in allowed:
        return None
    return Fault(
        "benefit",
        _("%(benefit)s cannot be demanded by this law at that time. Choose another benefit.")
        % {"benefit": benefits()[terms.benefit].title},
    )


def _how_much(terms: Terms, found: Found) -> Fault | None:
    if terms.measure is Measure.AMOUNT and not (terms.amount and terms.amount > 0):
        return Fault("amount", _("Type the amount in euros, more than nothing."))
    if terms.measure is Measure.SHARE and not (terms.share and 0 < terms.share <= 100):
        return Fault("share", _("Type the share in per cent, more than 0 and at most 100."))
    return None


def _once(terms: Terms, found: Found) -> Fault | None:
    if terms.recurrence is not Recurrence.ONCE:
        return None
    if terms.measure is not Measure.AMOUNT:
        return Fault("measure", _("A one-off demand is for an amount in euros."))
    if terms.period.upper is None:
        return Fault("last", _("A one-off demand needs the last day of its time."))
    return None


def _advance(terms: Terms, found: Found) -> Fault | None:
    if terms.ground is not Ground.SOCIAL_ASSISTANCE:
        return None
    months, total = terms.advance_period, terms.advance_total
    if months is None:
        return Fault(
            "advance_first", _("Tell for which months the assistance was paid in advance.")
        )
    if not total or total <= 0:
        return Fault("advance_total", _("Tell how much assistance was paid in advance, in euros."))
    if terms.first < months.lower or (terms.period.upper or date.max) > months.upper:
        return Fault(
            "first",
            _("The demand can only be for the months of the advance, %(period)s.")
            % {"period": period(months.lower, last_of(months))},
        )
    demanded = terms.sum_demanded
    if demanded is not None and demanded > total:
        return Fault(
            "amount",
            _("The demand comes to %(demanded)s, more than the %(total)s paid in advance.")
            % {"demanded": amount(demanded), "total": amount(total)},
        )
    return None


def _payee(terms: Terms, found: Found) -> Fault | None:
    if found.account_holds:
        return None
    return Fault("payee", _("This account is not valid today. Choose another."))


def _municipality(terms: Terms, found: Found) -> Fault | None:
    if found.is_served:
        return None
    return Fault("municipality", _("Your organisation does not act for this municipality today."))


def _payable(terms: Terms, found: Found) -> Fault | None:
    if found.is_payable:
        return None
    return Fault(
        "benefit",
        _(
            "Kela neither pays %(benefit)s at that time nor has an application for it. There is"
            " nothing to demand."
        )
        % {"benefit": benefits()[terms.benefit].name},
    )


def _overlap(terms: Terms, found: Found) -> Fault | None:
    if found.other is None:
        return None
    return Fault(
        "first",
        _("Your organisation already demands this benefit for %(period)s. Change that demand.")
        % {"period": period(found.other.lower, last_of(found.other))},
    )


CHECKS: tuple[Check, ...] = (
    _matrix,
    _how_much,
    _once,
    _advance,
    _payee,
    _municipality,
    _payable,
    _overlap,
)


def warnings(case: Case, terms: Terms) -> list[str]:
    """What the official should know, and may do all the same."""
    return [*_soon(case, terms), *_decided_before(case, terms)]


def _soon(case: Case, terms: Terms) -> Iterator[str]:
    lead = reference().lead(case.on)
    coming = PaymentRow.objects.filter(
        customer=case.customer,
        benefit=terms.benefit,
        state=PaymentState.SCHEDULED,
        paid_on__gte=case.on,
        paid_on__lt=case.on + lead,
        period__overlap=terms.period,
    )
    soonest = coming.order_by("paid_on").values_list("paid_on", flat=True).first()
    if soonest:
        yield _(
            "The next payment is on %(day)s, in less than %(days)s days. Kela may not have time to"
            " take the demand into account in it."
        ) % {"day": day(soonest), "days": lead.days}


def _decided_before(case: Case, terms: Terms) -> Iterator[str]:
    if terms.ground is not Ground.SOCIAL_ASSISTANCE or terms.advance_period is None:
        return
    decisions = Decision.objects.filter(
        customer=case.customer,
        benefit=terms.benefit,
        kind__in=GIVING,
        replaced_on=None,
        validity__overlap=terms.period,
        decided_on__lt=terms.advance_period.upper,
    )
    decided_on = decisions.order_by("decided_on").values_list("decided_on", flat=True).first()
    if decided_on:
        yield _(
            "Kela decided on the benefit on %(day)s. Assistance that was granted after that is not"
            " an advance."
        ) % {"day": day(decided_on)}
