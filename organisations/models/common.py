"""What rows of organisations and agreements share."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelmu.languages import national


def no_overlap(name: str, *keys: str, condition: Q | None = None) -> ExclusionConstraint:
    """At any time there is one valid row with the same keys."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((key, RangeOperators.EQUAL) for key in keys),
            ("validity", RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class Named(models.Model):
    """Has a name in Finnish and in Swedish, the national languages."""

    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_fi

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return national(self.name_fi, self.name_sv)


class Addressed(models.Model):
    """Has a postal address in Finland."""

    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{5}$", _("A postal code has five digits."))],
    )
    post_office = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class Proposed(models.Model):
    """A row that one person proposes for a time and another accepts or refuses.

    It holds nothing before it is accepted: until then its validity is empty. People stand here by
    the number that the log knows them by, and by the name that they had then.
    """

    class Decision(models.TextChoices):
        """What the second person said, empty as long as nobody did; or that whoever proposed it
        withdrew it."""

        ACCEPTED = "accepted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    # What will never hold.
    DROPPED: ClassVar = (Decision.REFUSED, Decision.WITHDRAWN)

    wanted = DateRangeField()
    validity = DateRangeField(null=True)
    proposed_by = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=9, choices=Decision, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision="accepted", validity__isnull=False)
                | (~Q(decision="accepted") & Q(validity__isnull=True)),
                name="%(class)s_holds_what_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="%(class)s_says_who_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(decision="withdrawn", decided_by=F("proposed_by"))
                | (~Q(decision="withdrawn") & ~Q(decided_by=F("proposed_by"))),
                name="%(class)s_takes_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(decision="withdrawn") | ~Q(decision_note=""),
                name="%(class)s_says_why_it_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(wanted__isempty=False), name="%(class)s_is_for_some_time"
            ),
        ]
