"""What Kela tells of basic social assistance beyond decisions, payments and recovery."""

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

from benefits import words
from benefits.models.common import WHOLE_VALIDITY, Benefit
from benefits.models.groups import Decision
from benefits.social_assistance import words as own_words
from benefits.social_assistance.words import ITEMS, CallKind, Part, Role
from customers.models import CustomerRow
from customers.words import ReductionGround
from intake.models import Fed
from kelmu.models import Dated, known

CALLS_BEGIN = date(2026, 2, 1)
# What each ground takes off at most, act 1412/1997 10 §; the last one since the reform of 2026.
ALLOWED = (
    Q(reduction_ground=ReductionGround.REFUSED_WORK, reduction__in=(20, 40))
    | Q(reduction_ground=ReductionGround.EMPLOYMENT_POLICY, reduction__in=(20, 40))
    | Q(reduction_ground=ReductionGround.INTEGRATION_PLAN, reduction=20)
    | Q(
        reduction_ground=ReductionGround.CALL_TO_ACT,
        reduction=50,
        month__gte=date(2026, 3, 1),
    )
)


class AssistanceApplication(CustomerRow):
    """An application for basic social assistance, decided or not."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="+", db_index=False
    )
    arrived_on = models.DateField()
    is_urgent = models.BooleanField()
    period = DateRangeField()
    state = models.CharField(max_length=20, choices=words.MatterState)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="applications_of_a_customer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
                name="an_application_is_for_a_period",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(state=words.MatterState.DECIDED),
                name="only_what_is_decided_has_a_decision",
            ),
            known("application", "state", words.MatterState),
        ]

    def __str__(self) -> str:
        return f"application {self.id}"


class Attachment(Fed):
    """What an application needs beside it; not received yet when `received_on` is not known."""

    id = models.BigIntegerField(primary_key=True)
    application = models.ForeignKey(
        AssistanceApplication, models.PROTECT, related_name="attachments"
    )
    received_on = models.DateField(null=True)
    kind = models.CharField(max_length=20, choices=own_words.AttachmentKind)

    class Meta:
        constraints = [known("attachment", "kind", own_words.AttachmentKind)]

    def __str__(self) -> str:
        return f"attachment {self.id}"


class HouseholdMember(Fed):
    """A member of the family that a decision is about. Nobody but the customer is named."""

    pk = models.CompositePrimaryKey("decision_id", "number")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="household", db_index=False)
    number = models.PositiveSmallIntegerField()  # 1 is the applicant
    role = models.CharField(max_length=10, choices=own_words.Role)
    age_group = models.CharField(max_length=10, choices=own_words.AgeGroup)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, role=Role.APPLICANT)
                | (Q(number__gt=1) & ~Q(role=Role.APPLICANT)),
                name="the_applicant_is_the_first_member",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.CHILD, age_group__in=("10_to_17", "under_10"))
                | (~Q(role=Role.CHILD) & Q(age_group="adult")),
                name="a_child_is_a_minor",
            ),
            known("member", "role", own_words.Role),
        ]

    def __str__(self) -> str:
        return f"member {self.number} of decision {self.decision_id}"


def _reduced(stated: F, per_cent: F) -> models.Expression:
    """A basic amount less its reduction, to the cent."""
    euros = models.DecimalField(max_digits=12, decimal_places=2)
    cut = models.ExpressionWrapper(stated * per_cent / 100, output_field=euros)
    return models.ExpressionWrapper(stated - Round(cut, precision=2), output_field=euros)


class CalculationLine(Fed):
    """A line of the calculation (laskelma) of a month: what was stated and what of it counts.

    Stated is the year's basic amount, the cost that was applied for, the income that there is.
    The lines of a month, income off, are the amount of the decision, or nothing: a trigger of
    migration 0002 sees to it.
    """

    pk = models.CompositePrimaryKey("decision_id", "month", "number")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines", db_index=False)
    month = models.DateField()  # its first day
    number = models.PositiveSmallIntegerField()
    member = models.PositiveSmallIntegerField(null=True)  # number of a member of the household
    reduction = models.PositiveSmallIntegerField(null=True)  # per cent
    stated = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    part = models.CharField(max_length=20, choices=own_words.Part)
    item = models.CharField(max_length=20)
    reduction_ground = models.CharField(max_length=20, choices=ReductionGround, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(
                    *[Q(part=part, item__in=items.values) for part, items in ITEMS.items()],
                    _connector=Q.OR,
                ),
                name="an_item_belongs_to_its_part",
            ),
            models.CheckConstraint(
                condition=~Q(part=Part.BASIC_AMOUNT) | Q(member__isnull=False),
                name="a_basic_amount_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(part=Part.BASIC_AMOUNT, reduction__isnull=True, amount=F("stated"))
                | Q(
                    part=Part.BASIC_AMOUNT,
                    reduction__isnull=False,
                    amount=_reduced(F("stated"), F("reduction")),
                )
                | (~Q(part=Part.BASIC_AMOUNT) & Q(amount__lte=F("stated"))),
                name="no_more_counts_than_was_stated",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="no_negative_line"),
            models.CheckConstraint(
                condition=Q(reduction__isnull=True, reduction_ground="")
                | (Q(reduction__isnull=False, item__in=own_words.ADULTS_AMOUNTS) & ALLOWED),
                name="a_reduction_is_as_its_ground_allows",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.number} of {self.month}, decision {self.decision_id}"


class PaymentCommitment(CustomerRow, Dated):
    """Kela's promise to pay a provider (maksusitoumus), `at_most` so much if that is said."""

    given_on = models.DateField()
    at_most = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    kind = models.CharField(max_length=20, choices=own_words.CommitmentKind)
    provider = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="commitments_of_a_customer")]
        constraints = [
            models.CheckConstraint(
                condition=WHOLE_VALIDITY & Q(validity__upper_inf=False),
                name="a_commitment_holds_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(at_most__isnull=True) | Q(at_most__gt=0),
                name="a_limit_is_more_than_nothing",
            ),
            known("commitment", "kind", own_words.CommitmentKind),
        ]

    def __str__(self) -> str:
        return f"commitment {self.id}"


class CallToAct(CustomerRow):
    """A call (kehotus) to apply for a primary benefit or to register as a jobseeker."""

    given_on = models.DateField()
    due_on = models.DateField()
    benefit = models.ForeignKey(
        Benefit, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=30, choices=own_words.CallKind)
    state = models.CharField(max_length=10, choices=own_words.CallState)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="calls_of_a_customer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_on__gte=CALLS_BEGIN), name="calls_begin_with_their_law"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("given_on")), name="a_call_leaves_time_to_act"
            ),
            models.CheckConstraint(
                condition=Q(kind=CallKind.APPLY_FOR_BENEFIT, benefit__isnull=False)
                | Q(kind=CallKind.REGISTER_AS_JOBSEEKER, benefit__isnull=True),
                name="a_call_to_apply_names_the_benefit",
            ),
            known("call", "state", own_words.CallState),
        ]

    def __str__(self) -> str:
        return f"call {self.id}"
