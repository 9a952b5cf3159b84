"""What Kela tells of a customer's benefits: groups of rows, each fed from its own file.

Column order: fixed widths first, the tables grow to tens of millions of rows.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q

from benefits import words
from benefits.models.common import WHOLE_VALIDITY, Benefit
from customers.models import Customer, CustomerRow
from intake.models import Fed
from kelmu.models import Dated, known


class PendingMatter(CustomerRow):
    """An application under way (vireillä olo)."""

    arrived_on = models.DateField()
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+", db_index=False)
    applied_for = models.CharField(max_length=20, choices=words.Application)
    state = models.CharField(max_length=20, choices=words.MatterState)
    awaited = models.CharField(max_length=30, choices=words.Awaited, blank=True)
    awaited_from = models.CharField(max_length=30, choices=words.AwaitedFrom, blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="matters_of_a_customer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=words.MatterState.AWAITING,
                    awaited__in=words.Awaited.values,
                    awaited_from__in=words.AwaitedFrom.values,
                )
                | (~Q(state=words.MatterState.AWAITING) & Q(awaited="", awaited_from="")),
                name="what_is_awaited_is_told",
            ),
            known("matter", "applied_for", words.Application),
            known("matter", "state", words.MatterState),
        ]

    def __str__(self) -> str:
        return f"matter {self.id}"


class Decision(CustomerRow):
    """A decision on a benefit (etuusratkaisu); `validity` is the time that it concerns."""

    decided_on = models.DateField()
    replaced_on = models.DateField(null=True)  # from when a later decision holds instead
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+", db_index=False)
    validity = DateRangeField()
    kind = models.CharField(max_length=20, choices=words.DecisionKind)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    amount_unit = models.CharField(max_length=10, choices=words.AmountUnit, blank=True)
    grounds = models.CharField(max_length=30, choices=words.Grounds)
    law = models.CharField(max_length=60)  # act and section: 568/2007 12 §

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "id"], name="decisions_of_a_customer"),
            ExclusionConstraint(
                name="one_decision_in_force_at_a_time",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("benefit", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                condition=Q(kind__in=words.GIVING, replaced_on__isnull=True),
                deferrable=Deferrable.DEFERRED,  # one decision may take the time of another
            ),
            models.CheckConstraint(condition=WHOLE_VALIDITY, name="a_decision_concerns_a_time"),
            models.CheckConstraint(
                condition=Q(kind__in=words.REFUSING, amount__isnull=True, amount_unit="")
                | Q(
                    kind__in=[*words.GIVING, words.DecisionKind.RECOVERY],
                    amount__isnull=False,  # a condition that is NULL would let the row in
                    amount__gte=0,
                    amount_unit__in=words.AmountUnit.values,
                ),
                name="an_amount_as_the_kind_of_decision_says",
            ),
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True)
                | Q(kind__in=words.GIVING, replaced_on__gte=F("validity__startswith")),
                name="only_a_decision_that_gives_is_replaced",
            ),
            known("decision", "grounds", words.Grounds),
        ]

    def __str__(self) -> str:
        return f"decision {self.id}"


class Payment(CustomerRow):
    """A payment made, or to come (maksu).

    The table is partitioned by the month of `paid_on`, so its primary key is (id, paid_on); that a
    number is one row is the intake's to keep, which alone writes here.
    """

    # Migration 0001 declares the key: a decision of the same customer.
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    paid_on = models.DateField()
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+", db_index=False)
    period = DateRangeField()
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    tax = models.DecimalField(max_digits=12, decimal_places=2)
    deductions = models.DecimalField(max_digits=12, decimal_places=2)
    net = models.DecimalField(max_digits=12, decimal_places=2)
    state = models.CharField(max_length=10, choices=words.PaymentState)
    payee_kind = models.CharField(max_length=10, choices=words.Payee)
    payee_name = models.CharField(max_length=120, blank=True)
    account_last4 = models.CharField(max_length=4)
    deduction_reason = models.CharField(max_length=20, choices=words.DeductionReason, blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "paid_on"], name="payments_of_a_customer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
                name="a_payment_is_for_a_period",
            ),
            models.CheckConstraint(
                condition=Q(gross__gte=0, tax__gte=0, deductions__gte=0, net__gte=0),
                name="no_negative_payment",
            ),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("tax") - F("deductions")), name="net_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(payee_kind=words.Payee.CUSTOMER, payee_name="")
                | (~Q(payee_kind=words.Payee.CUSTOMER) & Q(payee_name__gt="")),
                name="another_payee_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(deductions=0, deduction_reason="")
                | Q(deductions__gt=0, deduction_reason__in=words.DeductionReason.values),
                name="a_deduction_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(account_last4__regex="^[0-9]{4}$"), name="last_digits_of_an_account"
            ),
            known("payment", "state", words.PaymentState),
            known("payment", "payee_kind", words.Payee),
        ]

    def __str__(self) -> str:
        return f"payment {self.id}"


class Insurance(CustomerRow, Dated):
    """A time of being covered by Finnish social security, or by another country's."""

    covered = models.BooleanField()
    country = models.CharField(max_length=2)  # whose social security, ISO 3166-1 alpha-2
    kind = models.CharField(max_length=20, choices=words.InsuranceKind)
    basis = models.CharField(max_length=20, choices=words.InsuranceBasis)

    class Meta:
        constraints = [
            ExclusionConstraint(  # its index also finds the rows of a customer
                name="insured_in_one_way_at_a_time",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=WHOLE_VALIDITY, name="an_insurance_has_a_beginning"),
            models.CheckConstraint(
                condition=Q(covered=True, country="FI") | (Q(covered=False) & ~Q(country="FI")),
                name="covered_means_by_finland",
            ),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="a_country_has_two_letters"
            ),
            known("insurance", "kind", words.InsuranceKind),
            known("insurance", "basis", words.InsuranceBasis),
        ]

    def __str__(self) -> str:
        return f"insurance {self.id}"


class Recovery(CustomerRow):
    """Kela's claim for what was paid without ground (takaisinperintä)."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="+", db_index=False
    )
    claimed_on = models.DateField()
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+", db_index=False)
    original_amount = models.DecimalField(max_digits=12, decimal_places=2)
    open_amount = models.DecimalField(max_digits=12, decimal_places=2)
    instalment = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # a month
    state = models.CharField(max_length=10, choices=words.RecoveryState)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="recoveries_of_a_customer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    original_amount__gt=0, open_amount__gte=0, open_amount__lte=F("original_amount")
                ),
                name="no_more_is_open_than_was_claimed",
            ),
            models.CheckConstraint(
                condition=Q(instalment__isnull=True) | Q(instalment__gt=0),
                name="an_instalment_is_more_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=words.OPEN_RECOVERY, open_amount__gt=0)
                | Q(state__in=words.CLOSED_RECOVERY, open_amount=0),
                name="a_claim_is_open_while_something_is",
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.id}"


class MedicineCap(Fed):
    """How far a customer is from the year's limit of own medicine costs (lääkekatto)."""

    pk = models.CompositePrimaryKey("customer_id", "year")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False)
    reached_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField()
    accrued = models.DecimalField(max_digits=12, decimal_places=2)
    annual_limit = models.DecimalField(max_digits=12, decimal_places=2)
    initial_deductible = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accrued__gte=0, annual_limit__gt=0, initial_deductible__gte=0),
                name="no_negative_medicine_cap",
            ),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True, accrued__lt=F("annual_limit"))
                | Q(
                    reached_on__isnull=False,
                    accrued__gte=F("annual_limit"),
                    reached_on__year=F("year"),
                ),
                name="the_cap_is_reached_when_enough_accrued",
            ),
        ]

    def __str__(self) -> str:
        return f"medicine cap of {self.customer_id}, {self.year}"
