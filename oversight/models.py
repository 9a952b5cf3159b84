"""Who looks into the log and why, and the review of acts that chance or detection has picked.

A sample and its reviews are written by a function of the database alone (0002_reading.sql), what
detection picks by another one (0003_detection.sql), so nobody chooses what is reviewed; what was
found is added and never changed.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from kelmu.models import known
from organisations.models import Organisation
from oversight.words import Conclusion


class Inquiry(models.Model):
    """What somebody looks for in the log. Its id is the address of what they see, for the session
    that asked and for no other: neither a HETU nor a reason stands in an address.

    Of one organisation or, for Kela, of all; of one customer or of everybody. Kela's people tell
    the reason, which each row of the log repeats.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session_id = models.UUIDField()
    subject = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    customer = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(reason=""),
                name="only_with_a_reason_beyond_one_organisation",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Sample(models.Model):
    """The acts of a month that chance picked for review; `seed` makes it repeatable.

    The seed is a digest of all acts of the month: known to nobody before the month is over, and
    the same for whoever draws again from the same log.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    month = models.DateField()
    size = models.PositiveIntegerField()  # how many were to be drawn
    acts = models.PositiveIntegerField()  # out of how many
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="one_sample_of_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_sample_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"sample of {self.month:%Y-%m} in {self.organisation_id}"


class Review(models.Model):
    """An act that is to be checked: a row of the log, which is found by its time and id.

    It belongs to the month's sample: picked by chance, or beyond `sample.size` by detection, which
    then has a `Flag` on it. What both picked is reviewed once.
    """

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="reviews")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # in the order of the draw
    entry_id = models.UUIDField()
    at = models.DateTimeField()
    actor = models.UUIDField()
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "entry_id"], name="an_act_is_reviewed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.entry_id}"


class Finding(models.Model):
    """What somebody found when checking an act. The latest one counts, all of them stay."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    conclusion = models.CharField(max_length=20, choices=Conclusion)
    note = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            known("finding", "conclusion", Conclusion),
            models.CheckConstraint(
                condition=Q(conclusion=Conclusion.IN_ORDER) | ~Q(note=""),
                name="what_is_not_in_order_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conclusion} of {self.review_id}"


class Switch(models.Model):
    """Detection is switched on in an organisation, or off. The latest one counts, all stay.

    On only once its co-operation procedure with staff has been held: no act from before `held_on`
    is looked at, and none counts as a habit.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    held_on = models.DateField(null=True)  # when the procedure ended
    note = models.CharField(max_length=500)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False, held_on=None)
                | Q(is_on=True, held_on__isnull=False, held_on__lte=F("on")),
                name="on_after_the_procedure_with_staff",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="a_switch_says_why"),
        ]

    def __str__(self) -> str:
        return f"detection in {self.organisation_id}: {'on' if self.is_on else 'off'}"


class Sweep(models.Model):
    """Detection has looked at the acts of a month, from a day on: once, as long as it was on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    month = models.DateField()
    since = models.DateField()
    acts = models.PositiveIntegerField()
    swept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="one_sweep_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"sweep of {self.month:%Y-%m} in {self.organisation_id}"


class Flag(models.Model):
    """An act stands out, and by what: an invitation to look, never a verdict.

    `signs` hold kinds and numbers (oversight/detection/signs.py), nothing about the customer.
    `acts`: how many acts of the person on the customer in the month are looked at as one.
    """

    review = models.OneToOneField(Review, models.PROTECT, related_name="flag")
    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="flags")
    rank = models.PositiveIntegerField()
    acts = models.PositiveIntegerField()
    points = models.FloatField()
    signs = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sweep", "rank"], name="one_flag_of_a_rank"),
            models.CheckConstraint(condition=~Q(signs=[]), name="a_flag_says_why"),
        ]

    def __str__(self) -> str:
        return f"flag on {self.review_id}"
