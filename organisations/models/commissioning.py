"""What is recorded of the way from an agreement to its day of use.

Rows are added and never changed: the newest one of a step, or of a point, says how it stands.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelmu.models import known
from organisations.models.agreements import Agreement
from organisations.models.organisations import Organisation


class Recorded(models.Model):
    """What somebody said of something on a day."""

    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class RecordedStep(models.TextChoices):
    """The steps of commissioning that no other data tells of."""

    IMPLEMENTED = "implemented", _("Kela has implemented the changes")
    NEW_MANDATE = "new_mandate", _("New mandate asked from DVV, if needed")
    MANDATE_RIGHTS = "mandate_rights", _("Right to grant mandates applied for from DVV")
    EMPLOYEES_TOLD = "employees_told", _("Employees told how and from whom to get mandates")
    ACCESS_ATTESTED = "access_attested", _("Access rights of the own system attested")


class StepState(models.TextChoices):
    """How such a step stands."""

    OPEN = "open", _("not done")
    ASKED = "asked", _("asked for")
    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("not needed")


class CommissioningRecord(Recorded):
    """How a step of commissioning stands that no other data tells of."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="commissioning_records")
    step = models.CharField(max_length=20, choices=RecordedStep)
    state = models.CharField(max_length=10, choices=StepState)
    people = ArrayField(models.CharField(max_length=120), default=list)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            known("a_commissioning_record", "step", RecordedStep),
            known("a_commissioning_record", "state", StepState),
            models.CheckConstraint(
                condition=~Q(state="not_needed") | Q(step="new_mandate"),
                name="only_a_new_mandate_may_not_be_needed",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(step__in=["new_mandate", "mandate_rights"]),
                name="only_dvv_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(people__len=0) | Q(step="mandate_rights"),
                name="only_authorizers_are_named",
            ),
            models.CheckConstraint(
                condition=~Q(step="mandate_rights", state__in=["asked", "done"])
                | Q(people__len__gt=0),
                name="a_right_to_grant_names_its_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.agreement_id}: {self.state}"


class SecurityPoint(models.TextChoices):
    """The points of Kela's instructions to organisations (29.5.2024), in their order."""

    RESPONSIBLE = "responsible", _("Responsible person")
    INSTRUCTIONS = "instructions", _("Instructions on data security")
    ACCESS = "access", _("Access rights")
    MONITORING = "monitoring", _("Monitoring of use")
    SAFEGUARDS = "safeguards", _("Confidentiality, integrity and availability")
    CUSTOMERS_TOLD = "customers_told", _("Telling customers")
    MISUSE = "misuse", _("Consequences of misuse")


class SecurityState(models.TextChoices):
    """How a point of data security stands."""

    IN_ORDER = "in_order", _("in order")
    UNDER_WAY = "under_way", _("under way")
    NOT_IN_ORDER = "not_in_order", _("not in order")


class SecurityAssessment(Recorded):
    """How an organisation itself judges one of the seven points of data security."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="security_assessments"
    )
    point = models.CharField(max_length=20, choices=SecurityPoint)
    state = models.CharField(max_length=12, choices=SecurityState)
    responsible = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            known("a_security_assessment", "point", SecurityPoint),
            known("a_security_assessment", "state", SecurityState),
            models.CheckConstraint(
                condition=~Q(responsible=""), name="a_security_point_has_somebody_responsible"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "point", "-at"], name="newest_security_assessment")
        ]

    def __str__(self) -> str:
        return f"{self.point} of {self.organisation_id}: {self.state}"
