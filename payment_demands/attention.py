"""Which of an organisation's demands need attention, and why; narrowed and added up."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.functions import Right as Ending
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.models import ActKind
from audit.shown import note
from authorizations import door
from authorizations.rights import Right
from authorizations.rulebook import Action
from benefits.models import Decision, PendingMatter
from benefits.models import Payment as PaymentRow
from benefits.words import GIVING, UNDER_WAY, DeductionReason, Payee, PaymentState
from payment_demands.models import Demand
from payment_demands.words import OPEN, Measure, Recurrence, State

SOON = timedelta(days=30)
LATELY = timedelta(days=40)  # a monthly payment lies within it
QUIET = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list is narrowed to; empty: to nothing."""

    state: str = ""
    benefit: str = ""
    ground: str = ""
    since: date | None = None
    until: date | None = None
    handler: str = ""
    payee: str = ""
    only_attention: bool = False

    @property
    def told(self) -> dict[str, str]:
        """The same for the log, where names are not."""
        words = asdict(self) | {"handler": "…" if self.handler else ""}
        return {name: str(value) for name, value in words.items() if value}


def demands(right: Right, filters: Filters) -> QuerySet[Demand]:
    """The organisation's demands, what needs attention first, then what was changed last."""
    rows = Demand.objects.filter(_narrowed(filters), organisation=right.acting_for.id)
    told = rows.annotate(**_signs(right.on)).annotate(urgency=_URGENCY)
    if filters.only_attention:
        told = told.exclude(urgency=QUIET)
    ordered = told.order_by("urgency", "-changed_at", "pk")
    return ordered.select_related("customer", "payee", "municipality")


def _narrowed(filters: Filters) -> Q:
    asked = {
        "state": filters.state,
        "benefit": filters.benefit,
        "ground": filters.ground,
        "handler_name__icontains": filters.handler,
        "payee": filters.payee,
        "period__endswith__gt": filters.since,
        "period__startswith__lte": filters.until,
    }
    narrowed = Q()
    for name, value in asked.items():
        if value:
            one = Q(**{name: value})
            narrowed &= one | Q(period__upper_inf=True) if name == "period__endswith__gt" else one
    return narrowed


def _signs(on: date) -> dict[str, Any]:
    """What can be said of a demand on a day, by columns of its own, each by those before it."""
    mine = {"customer": OuterRef("customer"), "benefit": OuterRef("benefit")}
    lately = PaymentRow.objects.filter(
        **mine,
        state=PaymentState.PAID,
        paid_on__range=(on - LATELY, on),
        period__overlap=OuterRef("period"),
    )
    granted = Decision.objects.filter(
        **mine, kind__in=GIVING, replaced_on=None, validity__contains=on
    )
    pending = PendingMatter.objects.filter(**mine, state__in=UNDER_WAY)
    is_open = Q(state__in=OPEN, period__contains=on)
    is_paid = Q(state=State.ACCEPTED, last_paid_on__isnull=False)
    return {
        "last_paid_on": Subquery(lately.order_by("-paid_on").values("paid_on")[:1]),
        "last_share": _share_of(lately.filter(paid_on=OuterRef("last_paid_on"))),
        "not_in_last_payment": _when(is_paid & Q(last_share=0)),
        "partly_in_last_payment": _when(
            is_paid & Q(last_share__gt=0, last_share__lt=F("amount"), advance_total=None)
        ),
        "benefit_ended": _when(is_open & ~Q(Exists(granted)) & ~Q(Exists(pending))),
        "ends_soon": _when(
            Q(state__in=OPEN, period__endswith__gt=on, period__endswith__lte=on + SOON)
        ),
        "awaits_payee": _when(is_open & ~Q(payee__organisation=F("organisation"))),
    }


def _share_of(payments: QuerySet[PaymentRow]) -> Any:
    """What of payments went to the demand: to its account, or to demands that are not named."""
    accounts = [Ending(OuterRef(f"{payee}__iban"), 4) for payee in ("payee", "former_payee")]
    to_it = Q(payee_kind=Payee.AUTHORITY, account_last4__in=accounts)
    to_some = Q(deduction_reason=DeductionReason.PAYMENT_DEMAND)
    share = Case(
        When(to_it, then=F("net")), When(to_some, then=F("deductions")), default=Decimal(0)
    )
    told = payments.order_by().values("customer").annotate(share=Sum(share)).values("share")
    return Coalesce(Subquery(told), Decimal(0))


def _when(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


_URGENCY = Case(
    When(has_new_answer=True, state=State.REJECTED, then=0),
    When(awaits_payee=True, then=1),
    When(not_in_last_payment=True, then=2),
    When(partly_in_last_payment=True, then=3),
    When(benefit_ended=True, then=4),
    When(ends_soon=True, then=5),
    When(has_new_answer=True, then=6),
    default=Value(QUIET),
    output_field=IntegerField(),
)


class Sign(TextChoices):
    """Why a demand of the list needs attention, by the columns that say so."""

    HAS_NEW_ANSWER = "has_new_answer", _("Kela has answered")
    AWAITS_PAYEE = (
        "awaits_payee",
        _("no account of your own yet: the money goes to the former account"),
    )
    NOT_IN_LAST_PAYMENT = (
        "not_in_last_payment",
        _("nothing of the last payment came to your account"),
    )
    PARTLY_IN_LAST_PAYMENT = "partly_in_last_payment", _("the last payment covered it in part")
    BENEFIT_ENDED = "benefit_ended", _("the customer’s benefit has ended")
    ENDS_SOON = "ends_soon", _("ends within 30 days")


def signs_of(demand: Demand) -> list[Sign]:
    """Those of a demand of the list."""
    return [sign for sign in Sign if getattr(demand, sign.value)]


def look(right: Right, kind: ActKind, shown: Collection[Demand], filters: Filters) -> None:
    """Writes that somebody sees these of the list; the people on it stand in the log, each."""
    persons = {one.customer_id for one in shown}
    action = right.action(Action.PAYMENT_DEMANDS)
    entry = door.write_action_list(kind, right, action, persons, filters=filters.told)
    if right.preview is None:
        note(entry, len(shown), [[one, one.customer] for one in shown])


def sums(rows: QuerySet[Demand]) -> list[tuple[str, Decimal]]:
    """What is demanded a month, and once, by those that are registered, received or accepted."""
    told = rows.filter(state__in=OPEN, measure=Measure.AMOUNT).order_by()
    a_month = told.filter(recurrence=Recurrence.RECURRENT).aggregate(euros=Sum("amount"))["euros"]
    once = told.filter(recurrence=Recurrence.ONCE).aggregate(euros=Sum("amount"))["euros"]
    return [
        (gettext("demanded a month, in euros"), a_month or Decimal(0)),
        (gettext("demanded once"), once or Decimal(0)),
    ]
