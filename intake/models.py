"""What was taken in from Kela's systems, when it was made, and which rows were not taken."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kelmu.clock import HELSINKI


class Batch(models.Model):
    """One delivery of Kela's systems, taken in whole or not at all."""

    source = models.CharField(max_length=60)
    made_at = models.DateTimeField()  # the age of the data
    began_at = models.DateTimeField(default=timezone.now)  # of the run that took it in
    loaded_at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of all that was delivered

    class Meta:
        ordering = ["-loaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_digest_is_a_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {timezone.localtime(self.made_at, HELSINKI):%Y-%m-%d %H:%M}"


class Delivery(models.Model):
    """One file of a batch: rows in = merged + unchanged + rejected.

    A row is merged when it changed something. Of rows that Kela takes back those are unchanged
    that were not there.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="deliveries")
    file = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    merged = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "file"], name="a_file_once_in_a_batch"),
            models.CheckConstraint(
                condition=Q(rows=models.F("merged") + models.F("unchanged") + models.F("rejected")),
                name="every_row_is_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} of {self.batch_id}"


class Reject(models.Model):
    """A row that was not taken: where it stands and why, never what it says."""

    class Reason(models.TextChoices):
        MISSING = "missing", _("a value is missing")
        FORM = "form", _("not in the form of the field")
        UNKNOWN_WORD = "unknown_word", _("a word that the format does not know")
        IDENTITY_CODE = "identity_code", _("not a personal identity code")
        SEVERAL_CUSTOMERS = "several_customers", _("the codes belong to several customers")
        UNKNOWN_CUSTOMER = "unknown_customer", _("no such customer")
        UNKNOWN_MUNICIPALITY = "unknown_municipality", _("no such municipality")
        UNKNOWN_BENEFIT = "unknown_benefit", _("no such benefit")
        UNKNOWN_DECISION = "unknown_decision", _("no such decision of this customer and benefit")
        UNKNOWN_ROW = "unknown_row", _("the row that it belongs to is not there")
        OTHER_FILE = "other_file", _("has a file of its own")
        DUPLICATE = "duplicate", _("stands twice in the file")
        OTHER_CUSTOMER = "other_customer", _("the number belongs to another customer's row")
        PERIOD = "period", _("the period ends before it begins")
        OVERLAP = "overlap", _("overlaps another row where there can be one")
        SUM = "sum", _("the amounts do not add up")
        STATE = "state", _("the fields contradict the state")
        NOT_IN_FORCE = "not_in_force", _("the benefit did not exist at that time")
        CONTENT_MISSING = "content_missing", _("the content is missing or is another")
        CONTENT_SIZE = "content_size", _("the content is empty or too large")
        CONTENT_TYPE = "content_type", _("of a type that is not allowed, or that its name denies")
        FUTURE = "future", _("said to have happened after the data was made")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rejects")
    file = models.CharField(max_length=60)
    line = models.PositiveIntegerField()  # of the file, the header being line 1
    field = models.CharField(max_length=40)
    reason = models.CharField(max_length=30, choices=Reason)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "file", "line"], name="a_line_is_rejected_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.field} {self.reason}"


class Fed(models.Model):
    """A row that was fed to us, with the batch that brought it."""

    # No constraint: the one batch of millions of rows need not be looked up for each of them.
    batch = models.ForeignKey(
        Batch, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True
