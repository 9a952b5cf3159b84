"""Documents that officials send to Kela, how each sending went, and what waits to be delivered."""

from uuid import uuid4

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from customers.models import Customer
from documents import words
from kelmu.models import known
from organisations.models import Organisation


class Sending(models.Model):
    """Documents of one kind that an official sends to Kela at the customer's request.

    Its id is what Kela tells repeats by. A draft may be incomplete and is removed after a day; of
    everything else each step is an `Event`, which a trigger writes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    case_reference = models.CharField(max_length=60, blank=True)
    sender = models.UUIDField()
    sender_name = models.CharField(max_length=200)
    # The sending to which this one answers: Kela asked for more.
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="answered_by", db_column="answers"
    )
    kind = models.CharField(max_length=20, choices=words.Kind, blank=True)
    # Kela's number of the application, and what people know it by; no foreign key, for Kela takes
    # rows back. Of any other matter, what the sender calls it.
    application = models.BigIntegerField(null=True)
    application_arrived_on = models.DateField(null=True)
    application_period = DateRangeField(null=True)
    matter = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    asked_by_customer = models.BooleanField(default=False)

    state = models.CharField(max_length=12, choices=words.State)
    version = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=10, choices=words.Step, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # what Kela or the scan says
    began_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    changed_on = models.DateField()  # the day that rules went by
    changed_by = models.UUIDField(null=True)  # none: Kela's systems, or the service itself
    changed_by_name = models.CharField(max_length=200, blank=True)
    acknowledged_on = models.DateField(null=True)
    turn = models.BigIntegerField(null=True)  # in which systems read it: 0003_turns.sql

    class Meta:
        indexes = [
            models.Index(fields=["customer", "organisation"], name="sendings_of_a_customer"),
            models.Index(fields=["organisation", "-sent_at"], name="sendings_of_a_sender"),
            models.Index(fields=["organisation", "turn"], name="turns_of_a_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", version=0, step="", sent_at=None)
                | (
                    Q(version__gt=0, sent_at__isnull=False, asked_by_customer=True)
                    & ~Q(state="draft")
                    & ~Q(kind="")
                    & ~Q(step="")
                ),
                name="what_is_sent_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(application_arrived_on=None, application_period=None)
                | Q(
                    application__isnull=False,
                    application_arrived_on__isnull=False,
                    application_period__isnull=False,
                    matter="",
                ),
                name="an_application_is_told_by_its_facts",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=words.WITH_REASON) | ~Q(reason=""),
                name="asking_returning_and_refusing_have_a_reason",
            ),
            models.UniqueConstraint(
                fields=["answers"], condition=~Q(state="draft"), name="one_answer_to_a_question"
            ),
            models.CheckConstraint(
                condition=Q(answers=None) | ~Q(answers=F("id")), name="no_sending_answers_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=words.Kind.values), name="known_kind_of_sending"
            ),
            known("sending", "state", words.State),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Document(models.Model):
    """One file of a sending. Its content lies encrypted in the storage, under the id.

    `key` is the key of its own, wrapped by that of the settings. When its time is over the content
    is removed; the row with the checksum stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sending = models.ForeignKey(Sending, models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=20, choices=words.FileType)
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    key = models.BinaryField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sending", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sending", "number"], name="one_document_a_number"),
            models.UniqueConstraint(fields=["sending", "sha256"], name="a_content_once"),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 32), name="a_checksum_has_32_bytes"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_document_is_not_empty"),
            known("document", "type", words.FileType),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Event(models.Model):
    """One step of a sending: who, when, what, why. Written by the database alone."""

    sending = models.ForeignKey(Sending, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=words.Step)
    state = models.CharField(max_length=12, choices=words.State)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["sending", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sending", "number"], name="one_event_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.sending_id}/{self.number}"


class Errand(models.Model):
    """That a sending is to be scanned and delivered: the outbox. It names no person.

    The database makes it with the sending and takes it away when that has been delivered.
    """

    sending = models.OneToOneField(Sending, models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)  # of the last attempt
    dead_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(dead_at=None), name="errands_in_turn")
        ]

    def __str__(self) -> str:
        return str(self.sending_id)


class Way(models.Model):
    """A row of the table of states; mirrors states.py."""

    step = models.CharField(max_length=10)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    by = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "before"], name="one_way_of_it")]

    def __str__(self) -> str:
        return f"{self.step}: {self.before} to {self.after}"
