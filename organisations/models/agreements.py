"""What Kela and an organisation agree on, from the first question to the last day."""

from datetime import date
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelmu.models import Dated
from organisations.models.common import Proposed, no_overlap
from organisations.models.organisations import Organisation

DOCUMENTS_KEPT_DAYS = 90  # an assumption; what is agreed otherwise stands in the version
KEPT_DAYS = (14, 730)  # the least and the most that may be agreed


class Enquiry(models.Model):
    """The first question: may the organisation get data from Kela electronically?

    Its two questions are those of Kela's instructions: which organisation, and by which law.
    """

    class Channel(models.TextChoices):
        FORM = "form", _("Form")
        EMAIL = "email", _("E-mail")

    class Answer(models.TextChoices):
        """Whether the law gives a right to get data electronically; empty until it is examined."""

        RIGHT = "right", _("Statutory right")
        NO_RIGHT = "no_right", _("No statutory electronic right")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="enquiries"
    )
    organisation_name = models.CharField(max_length=120)
    business_id = models.CharField(max_length=9, blank=True)
    legislation = models.TextField(max_length=2000)
    contact_name = models.CharField(max_length=120)
    contact_email = models.EmailField()
    contact_phone = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=5, choices=Channel)
    language = models.CharField(max_length=2)
    received_on = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answer_text = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True)
                | (
                    ~Q(answer="")
                    & ~Q(answer_text="")
                    & Q(answered_on__isnull=False, answered_by__isnull=False)
                ),
                name="an_answer_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(answer="right") | Q(organisation__isnull=False),
                name="a_right_belongs_to_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name}, {self.received_on}"


class Standing(StrEnum):
    """How an agreement stands on a day, once it has been signed by both."""

    UNDER_WAY = "under_way"
    COMING = "coming"
    IN_FORCE = "in_force"
    RENEWED = "renewed"
    ENDED = "ended"
    LAPSED = "lapsed"
    GIVEN_UP = "given_up"


class Agreement(models.Model):
    """An agreement. It is in force from the day of use on: until that is set, validity is empty."""

    class Step(models.TextChoices):
        """How far it has come, in this order; the last one instead of a day of use."""

        RIGHT_EXAMINED = "right_examined", _("Right examined")
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent to the organisation")
        SIGNED_BY_ORGANISATION = "signed_by_organisation", _("Signed by the organisation")
        SIGNED_BY_KELA = "signed_by_kela", _("Signed by Kela")
        GIVEN_UP = "given_up", _("Given up")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="agreements")
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    number = models.CharField(max_length=20, unique=True)
    step = models.CharField(max_length=30, choices=Step, default=Step.RIGHT_EXAMINED)
    signed_on = models.DateField(null=True)
    validity = DateRangeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            no_overlap("one_agreement_at_a_time", "organisation"),
            models.CheckConstraint(
                condition=Q(validity__isnull=True)
                | Q(step="signed_by_kela", signed_on__isnull=False),
                name="only_what_both_signed_is_in_force",
            ),
            models.CheckConstraint(
                condition=Q(end_reason="")
                | Q(validity__isnull=False, validity__upper_inf=False)
                | Q(step="given_up"),
                name="an_end_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(step="given_up") | ~Q(end_reason=""), name="a_giving_up_says_why"
            ),
            models.UniqueConstraint(
                fields=["renews"], condition=~Q(step="given_up"), name="one_renewal_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def renewed_by(self) -> "Agreement | None":
        """The agreement that takes its place, or is to."""
        kept = (one for one in self.renewals.all() if one.step != self.Step.GIVEN_UP)
        return next(kept, None)

    def standing(self, on: date) -> Standing:
        """How it stands on a day."""
        if self.validity is None:
            given_up = self.step == self.Step.GIVEN_UP
            return Standing.GIVEN_UP if given_up else Standing.UNDER_WAY
        if self.validity.lower > on:
            return Standing.COMING
        if self.validity.upper is None or self.validity.upper > on:
            return Standing.IN_FORCE
        renewal = self.renewed_by
        if renewal is not None and renewal.validity is not None:
            return Standing.RENEWED
        return Standing.ENDED if self.end_reason else Standing.LAPSED


class AgreementEvent(models.Model):
    """A step that an agreement took: when, by whom, and what was noted."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="events")
    step = models.CharField(max_length=30)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.step}"


class Deadline(models.Model):
    """By when an agreement is to reach a step, or its organisation to give what Kela waits for."""

    class Awaited(models.TextChoices):
        """Steps of the agreement, and the data of payees beside them."""

        SENT = "sent", _("Sending to the organisation")
        SIGNED_BY_ORGANISATION = "signed_by_organisation", _("The organisation’s signature")
        SIGNED_BY_KELA = "signed_by_kela", _("Kela’s signature")
        PAYEES = "payees", _("Payee data")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="deadlines")
    awaited = models.CharField(max_length=30, choices=Awaited)
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "awaited"], name="one_deadline_a_thing")
        ]

    def __str__(self) -> str:
        return f"{self.awaited} by {self.due_on}"


class AgreementVersion(Proposed):
    """The content of an agreement from a day on: one person prepares it, another approves it.

    What was approved does not change; a change is a version of its own.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by_user_interface = models.BooleanField(default=True)
    by_technical_interface = models.BooleanField(default=False)
    requires_case_reference = models.BooleanField(default=False)
    # How long contents of documents stay after Kela's acknowledgement (documents.keeping).
    documents_kept_days = models.PositiveSmallIntegerField(default=DOCUMENTS_KEPT_DAYS)
    terms_fi = models.TextField(blank=True)
    terms_sv = models.TextField(blank=True)

    class Meta(Proposed.Meta):
        ordering = ["agreement", "number"]
        constraints = [
            *Proposed.Meta.constraints,
            models.UniqueConstraint(fields=["agreement", "number"], name="one_version_of_a_number"),
            no_overlap("one_version_at_a_time", "agreement"),
            models.CheckConstraint(
                condition=Q(by_user_interface=True) | Q(by_technical_interface=True),
                name="an_agreement_names_a_way_of_use",
            ),
            models.CheckConstraint(
                condition=Q(documents_kept_days__range=KEPT_DAYS),
                name="documents_are_kept_for_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.number}"


class AgreedPurpose(Dated):
    """A purpose of use that a version covers, with the laws that it names as its ground."""

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="purposes")
    purpose = models.CharField(max_length=40)
    laws = ArrayField(models.CharField(max_length=120))
    # What the agreement leaves out, in the rulebook's words; a limit in months if it has its own.
    withheld_groups = ArrayField(models.CharField(max_length=40), default=list)
    withheld_benefits = ArrayField(models.CharField(max_length=40), default=list)
    withheld_fields = ArrayField(models.CharField(max_length=60), default=list)
    look_back_months = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            no_overlap("one_row_of_a_purpose_at_a_time", "version", "purpose"),
            models.CheckConstraint(
                condition=Q(laws__len__gt=0), name="an_agreed_purpose_names_its_law"
            ),
            models.CheckConstraint(
                condition=Q(look_back_months__isnull=True) | Q(look_back_months__gt=0),
                name="an_agreed_look_back_is_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} in {self.version_id}"
