"""Payment demands and their history, and what the database judges them by. Amounts are euros."""

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from benefits.models import Benefit
from customers.models import Customer
from kelmu.models import Dated, known
from organisations.models import Municipality, Organisation, Payee
from payment_demands import words

ADVANCE = words.Ground.SOCIAL_ASSISTANCE


class Demand(models.Model):
    """A demand that Kela pays a customer's benefit, or a part of it, to the claimant.

    The row is as the demand stands now; each change is a `Version`, which a trigger writes. People
    stand here by the number that the log knows them by, and by the name that they had then.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="demands")
    made_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # before transfers
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=words.Ground)
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+")
    period = DateRangeField()
    recurrence = models.CharField(max_length=10, choices=words.Recurrence)
    measure = models.CharField(max_length=10, choices=words.Measure)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # a month, or once
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # in hundredths
    # For which months, and how much in all, social assistance was paid in advance.
    advance_period = DateRangeField(null=True)
    advance_total = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reference = models.CharField(max_length=60, blank=True)
    contact_name = models.CharField(max_length=120)
    contact_phone = models.CharField(max_length=30)
    statement = models.TextField(max_length=2000, blank=True)

    state = models.CharField(max_length=10, choices=words.State)
    version = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=words.Step)
    reason = models.CharField(max_length=500, blank=True)
    registered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    changed_on = models.DateField()  # the day that rules went by
    changed_by = models.UUIDField(null=True)  # none: Kela's systems
    changed_by_name = models.CharField(max_length=200)
    handler = models.UUIDField(null=True)  # the last of the claimant's people
    handler_name = models.CharField(max_length=200)
    has_new_answer = models.BooleanField(default=False)
    # Who claimed before, and what was set for payment by that day goes to the former account.
    former_payee = models.ForeignKey(Payee, models.PROTECT, null=True, related_name="+")
    transferred_on = models.DateField(null=True)
    turn = models.BigIntegerField(null=True)  # in which systems read it: 0003_turns.sql

    class Meta:
        indexes = [
            models.Index(fields=["customer", "benefit"], name="demands_on_a_benefit"),
            models.Index(fields=["organisation", "state"], name="demands_of_a_claimant"),
            models.Index(fields=["organisation", "turn"], name="turns_of_a_claimant"),
        ]
        constraints = [
            ExclusionConstraint(
                name="no_overlap_of_own_demands",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("made_by", RangeOperators.EQUAL),
                    ("customer", RangeOperators.EQUAL),
                    ("benefit", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=words.HOLDING),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False),
                name="a_demand_begins_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(measure="amount", amount__isnull=False, amount__gt=0, share=None)
                | Q(measure="share", share__isnull=False, share__gt=0, share__lte=100, amount=None)
                | Q(measure="whole", amount=None, share=None),
                name="a_demand_says_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(recurrence="once") | Q(measure="amount", period__upper_inf=False),
                name="what_is_paid_once_is_an_amount_in_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    ground=ADVANCE,
                    advance_period__isnull=False,
                    advance_period__lower_inf=False,
                    advance_period__upper_inf=False,
                    advance_total__isnull=False,
                    advance_total__gt=0,
                )
                | (~Q(ground=ADVANCE) & Q(advance_period=None, advance_total=None)),
                name="an_advance_has_months_and_a_sum",
            ),
            models.CheckConstraint(
                condition=Q(advance_period=None) | Q(period__contained_by=F("advance_period")),
                name="a_demand_stays_in_the_months_of_its_advance",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=words.WITH_REASON) | ~Q(reason=""),
                name="ending_and_refusing_have_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "voided"]) | Q(registered_at__isnull=False),
                name="what_is_registered_says_when",
            ),
            models.CheckConstraint(
                condition=Q(former_payee=None, transferred_on=None)
                | Q(former_payee__isnull=False, transferred_on__isnull=False),
                name="a_transfer_has_its_day",
            ),
            known("demand", "ground", words.Ground),
            known("demand", "recurrence", words.Recurrence),
            known("demand", "measure", words.Measure),
            known("demand", "state", words.State),
            known("demand", "step", words.Step),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Version(models.Model):
    """A demand as it stood after one step: who, when, what. Written by the database alone."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=words.Step)
    state = models.CharField(max_length=10, choices=words.State)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    content = models.JSONField()  # columns of the demand by their names

    class Meta:
        ordering = ["demand", "number"]
        constraints = [
            models.UniqueConstraint(fields=["demand", "number"], name="one_row_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.demand_id}/{self.number}"


class Demandable(Dated):
    """A benefit that can be demanded by a ground; mirrors data/payment_demands.toml."""

    ground = models.CharField(max_length=20)
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="demandable_once_at_a_time",
                expressions=[
                    ("ground", RangeOperators.EQUAL),
                    ("benefit", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.benefit_id} by {self.ground}"


class Rank(Dated):
    """At which place demands by a ground are paid; mirrors the same file."""

    ground = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_rank_at_a_time",
                expressions=[
                    ("ground", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.ground}: {self.rank}"


class Protection(Dated):
    """What the customer keeps of a payment from demands by a ground; mirrors the same file."""

    ground = models.CharField(max_length=20)
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="a_protected_part"
            ),
            ExclusionConstraint(
                name="protected_once_at_a_time",
                expressions=[
                    ("ground", RangeOperators.EQUAL),
                    ("benefit", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} of {self.benefit_id}"


class Transition(models.Model):
    """A row of the table of states; mirrors states.py."""

    step = models.CharField(max_length=10)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    by = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "before"], name="one_way_of_a_step")]

    def __str__(self) -> str:
        return f"{self.step}: {self.before} to {self.after}"
