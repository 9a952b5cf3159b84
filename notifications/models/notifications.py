"""Notifications as Kela forwards them, and how each of their receivers handles them."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from authorizations.rulebook import NotificationType
from customers.models import Customer, CustomerRow
from customers.words import ReductionGround
from intake.models import Fed
from kelmu.clock import HELSINKI
from kelmu.models import known
from notifications import words
from notifications.words import OPEN_STATES, Receiver, State
from organisations.models import Municipality, Organisation

TYPE_CHOICES = [(one, one) for one in words.TYPES]
AFTER_THE_DECISION = Q(type__in=["application", "reduced_basic_amount"], is_urgent=False)
MOST_BYTES = 10 * 1024 * 1024  # of one attachment


def _only_of(kind: NotificationType, given: Q, absent: Q, name: str) -> models.CheckConstraint:
    """What belongs to one type of notification stands in all of that type and in no other."""
    return models.CheckConstraint(
        condition=(Q(type=kind.value) & given) | (~Q(type=kind.value) & absent), name=name
    )


class Notification(CustomerRow):
    """What Kela forwards of a customer to those who act in a municipality."""

    arrived_at = models.DateTimeField()  # when Kela forwarded it
    decided_on = models.DateField(null=True)  # Kela's decision on basic social assistance
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    is_urgent = models.BooleanField()
    type = models.CharField(max_length=30, choices=TYPE_CHOICES)
    visible_on = models.DateField()
    text = models.TextField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    assistance = models.CharField(max_length=20, choices=words.Assistance, blank=True)
    applied_for = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    period = DateRangeField(null=True)
    reduction = models.PositiveSmallIntegerField(null=True)  # per cent of the basic amount
    reduction_ground = models.CharField(max_length=30, choices=ReductionGround, blank=True)
    needs = ArrayField(models.CharField(max_length=20, choices=words.Need), default=list)
    unit_name = models.CharField(max_length=120)  # Kela's, for questions
    unit_phone = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=words.TYPES), name="known_type_of_notification"
            ),
            _only_of(
                NotificationType.APPLICATION,
                Q(assistance__in=words.Assistance.values) & ~Q(applied_for=""),
                Q(assistance="", applied_for="", amount__isnull=True),
                "an_application_says_what_for",
            ),
            _only_of(
                NotificationType.REDUCED_BASIC_AMOUNT,
                Q(
                    reduction__in=[20, 40, 50],
                    reduction_ground__in=ReductionGround.values,
                    is_urgent=False,
                ),
                Q(reduction__isnull=True, reduction_ground=""),
                "a_reduction_says_how_much_and_why",
            ),
            _only_of(
                NotificationType.NEED_FOR_SOCIAL_WORK,
                Q(needs__len__gt=0),
                Q(needs=[]),
                "a_need_for_social_work_says_why",
            ),
            models.CheckConstraint(
                condition=Q(type__in=["application", "reduced_basic_amount"])
                | Q(decided_on__isnull=True),
                name="only_what_follows_a_decision_has_one",
            ),
            # At once, the same day, or the day after the decision, by type (domain.md 3.3).
            models.CheckConstraint(
                condition=Q(
                    AFTER_THE_DECISION,
                    decided_on__isnull=False,
                    visible_on=F("decided_on") + timedelta(days=1),
                )
                | (~AFTER_THE_DECISION & Q(visible_on=TruncDate("arrived_at", tzinfo=HELSINKI))),
                name="a_notification_becomes_visible_by_its_type",
            ),
        ]

    def __str__(self) -> str:
        return f"notification {self.id}"


class Attachment(Fed):
    """A document that came with a notification, under its own name.

    The content stands beside it in the database: it comes and goes in the same transaction, under
    the same rights and in the same backup as the notification.
    """

    id = models.BigIntegerField(primary_key=True)
    notification = models.ForeignKey(Notification, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=20, choices=words.FileType)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            known("attachment", "type", words.FileType),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_BYTES), name="an_attachment_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.id}"


class Handling(models.Model):
    """A notification at one of its receivers, in the municipality where it is now.

    What the queue filters and sorts by stands here, so that a page reads one table. One that was
    transferred keeps the day, the receiver and the reason, and nothing of the customer.
    """

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="handlings")
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, related_name="+", db_index=False
    )
    arrived_at = models.DateTimeField()  # at this receiver: by Kela, or by a transfer
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # handled, or transferred
    handler = models.UUIDField(null=True)  # an official, as audit.Subject
    forwarded_on = models.DateField()  # by Kela
    visible_on = models.DateField()
    version = models.PositiveIntegerField(default=1)  # grows with each change
    is_urgent = models.BooleanField()
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    receiver = models.CharField(max_length=20, choices=Receiver)
    type = models.CharField(max_length=30, choices=TYPE_CHOICES)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    handler_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    transferred_to = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", db_index=False
    )
    transfer_reason = models.CharField(max_length=500, blank=True)
    turn = models.BigIntegerField(null=True)  # in which systems read it: queue/turns.py

    class Meta:
        indexes = [
            models.Index(
                F("municipality"),
                F("receiver"),
                F("is_urgent").desc(),
                F("arrived_at"),
                F("id"),
                condition=Q(state__in=OPEN_STATES),
                name="open_ones_of_a_municipality",
            ),
            models.Index(
                F("municipality"),
                F("receiver"),
                F("arrived_at").desc(),
                F("id").desc(),
                name="queue_of_a_municipality",
            ),
            models.Index(
                fields=["municipality", "receiver", "turn"], name="turns_in_a_municipality"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "receiver", "municipality"],
                condition=~Q(state=State.TRANSFERRED),
                name="a_receiver_has_a_notification_once",
            ),
            known("handling", "receiver", Receiver),
            models.CheckConstraint(
                condition=Q(
                    state=State.NEW,
                    handler__isnull=True,
                    taken_at__isnull=True,
                    ended_at__isnull=True,
                )
                | Q(
                    state=State.IN_PROGRESS,
                    handler__isnull=False,
                    taken_at__isnull=False,
                    ended_at__isnull=True,
                )
                | Q(state=State.HANDLED, handler__isnull=False, ended_at__isnull=False)
                | Q(state=State.TRANSFERRED, ended_at__isnull=False, note=""),
                name="a_state_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=(Q(handler__isnull=True) & Q(handler_name=""))
                | (Q(handler__isnull=False) & ~Q(handler_name="")),
                name="a_handler_has_a_name",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.TRANSFERRED, transferred_to__isnull=False, customer__isnull=True)
                    & ~Q(transfer_reason="")
                )
                | (
                    ~Q(state=State.TRANSFERRED)
                    & Q(transferred_to__isnull=True, transfer_reason="", customer__isnull=False)
                ),
                name="what_was_transferred_keeps_no_customer",
            ),
        ]

    def __str__(self) -> str:
        return f"handling {self.id}"


class Event(models.Model):
    """Something that somebody did to a notification. It goes along when it is transferred."""

    handling = models.ForeignKey(Handling, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    actor = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=words.EventKind)
    actor_name = models.CharField(max_length=200)
    text = models.TextField(blank=True)  # a note, the name of a colleague, a reason
    came_from = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [known("event", "kind", words.EventKind)]

    def __str__(self) -> str:
        return f"{self.kind} of {self.handling_id}"


class Answer(models.Model):
    """What a receiver answers to Kela of a notification; sent back with `export_answers`."""

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    actor = models.UUIDField()
    answered_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=words.Outcome)
    line = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=Q(sent_at__isnull=True), name="answers_to_be_sent"
            )
        ]
        constraints = [known("answer", "outcome", words.Outcome)]

    def __str__(self) -> str:
        return f"answer {self.id}"
