"""What Kela's admins keep that belongs to no organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """What somebody wrote of Kelmu: the text, the language of the page and the day. Not who."""

    sent_on = models.DateField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class BulkRun(models.Model):
    """A step taken with many agreements at once: what, by whom, and how far it has come."""

    class What(models.TextChoices):
        """What is done with each."""

        DRAFT = "draft", _("Create drafts, or renewals of what is in force")
        APPROVE = "approve", _("Approve the versions that wait")
        SEND = "send", _("Send to the organisations")
        DEADLINE = "deadline", _("Set a deadline")

    what = models.CharField(max_length=10, choices=What)
    day = models.DateField(null=True)  # of effect, or the deadline
    awaited = models.CharField(max_length=30, blank=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"


class BulkItem(models.Model):
    """One organisation of a run."""

    class State(models.TextChoices):
        """Whether its turn has come."""

        WAITING = "waiting", _("waits its turn")
        DONE = "done", _("done")
        LEFT_OUT = "left_out", _("left out")

    run = models.ForeignKey(BulkRun, models.PROTECT, related_name="items")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        "organisations.Agreement", models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    message = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["organisation__name_fi", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "organisation"], name="an_organisation_is_in_a_run_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(message=""), name="what_is_left_out_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.run_id}"
