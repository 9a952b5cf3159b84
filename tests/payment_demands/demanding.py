"""What tests of payment demands begin with: a customer with benefits, an opening, terms."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from authorizations.rights import Right
from authorizations.rulebook import Action
from authorizations.session_store import SessionStore
from benefits.models import Decision, Payment, PendingMatter
from customers.models import Opening
from customers.services import open_for_action
from intake.models import Batch
from organisations.models import Payee
from payment_demands import services
from payment_demands.models import Demand
from payment_demands.terms import Terms
from payment_demands.words import Ground, Measure, Recurrence
from tests.acting import CUSTOMER, PIRKANMAA, official, organisation, owning, right_of

PENSION, HOUSING = "national_pension", "general_housing_allowance"
_numbers = iter(range(7_000_000, 8_000_000))


def pays(customer: UUID, benefit: str = PENSION, since: date = date(2020, 2, 1)) -> int:
    """Kela has granted the benefit since the day."""
    with owning():
        decision = Decision.objects.using("owner").create(
            id=next(_numbers),
            customer_id=customer,
            batch=_batch(),
            decided_on=since,
            benefit_id=benefit,
            validity=DateRange(since, None),
            kind="granted",
            amount="784.52",
            amount_unit="month",
            grounds="conditions_met",
            law="568/2007 12 §",
        )
    return decision.pk


def is_asked_for(customer: UUID, benefit: str) -> None:
    """Somebody has applied for the benefit, and Kela has not decided."""
    with owning():
        PendingMatter.objects.using("owner").create(
            id=next(_numbers),
            customer_id=customer,
            batch=_batch(),
            arrived_on=date(2026, 11, 3),
            benefit_id=benefit,
            applied_for="first",
            state="in_process",
        )


def payment(customer: UUID, paid_on: date, net: str = "784.52", **fields: Any) -> None:
    """Kela pays the pension of the month."""
    month = DateRange(paid_on.replace(day=1), _next_month(paid_on))
    told: dict[str, Any] = {
        "benefit_id": PENSION,
        "period": month,
        "gross": net,
        "tax": "0",
        "deductions": "0",
        "net": net,
        "state": "scheduled",
        "payee_kind": "customer",
        "account_last4": "1234",
    }
    with owning():
        Payment.objects.using("owner").create(
            id=next(_numbers),
            customer_id=customer,
            batch=_batch(),
            paid_on=paid_on,
            **told | fields,
        )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _batch() -> Batch:
    return Batch.objects.using("owner").latest("pk")


def payee(business_id: str = PIRKANMAA) -> Payee:
    """The first account of an organisation."""
    return Payee.objects.filter(organisation__business_id=business_id).order_by("pk")[0]


def terms(**fields: Any) -> Terms:
    """Institutional care: 300 euros a month of the pension, from the beginning of December."""
    told: dict[str, Any] = {
        "ground": Ground.CLIENT_FEES,
        "benefit": PENSION,
        "municipality": "837",
        "payee": payee().pk,
        "period": DateRange(date(2026, 12, 1), None),
        "recurrence": Recurrence.RECURRENT,
        "measure": Measure.AMOUNT,
        "amount": Decimal("300.00"),
        "reference": "K-1",
        "contact_name": "Aino Virkailija",
        "contact_phone": "03 123 456",
        "statement": "Laitoshoito.",
    }
    return Terms(**told | fields)


def advance(**fields: Any) -> Terms:
    """Assistance of 600 euros, paid in advance for December and January."""
    months = DateRange(date(2026, 12, 1), date(2027, 2, 1))
    told: dict[str, Any] = {
        "ground": Ground.SOCIAL_ASSISTANCE,
        "period": months,
        "advance_period": months,
        "advance_total": Decimal("600.00"),
    }
    return terms(**told | fields)


def opened(right: Right, code: str = CUSTOMER) -> Opening:
    """The customer, opened for payment demands."""
    opening = open_for_action(right, Action.PAYMENT_DEMANDS, code)
    assert opening is not None
    return opening


def registered(
    of: Terms | None = None, store: SessionStore | None = None, token: UUID | None = None
) -> Demand:
    """A demand that the organisation of a session has registered."""
    right = right_of(store or official())
    return services.add(right, opened(right), of or terms(), token=token or uuid4())


def act_as(business_id: str) -> None:
    """Let the transaction see what an organisation sees."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kelmu.organisation', %s, true)", [str(organisation(business_id).pk)]
        )
