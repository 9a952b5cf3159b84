"""Sessions: who is logged in, and for whom they act."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from kelmu.models import Dated


class Session(AbstractBaseSession):
    """A login. Everything but the times follows from the encrypted data that the store keeps.

    The columns beside it are what one statement needs to judge a request, and what an authorizer
    or Kela needs to end a person's sessions. The key is a digest: a copy of this table logs
    nobody in.
    """

    session_key = models.CharField(primary_key=True, max_length=64)
    id = models.UUIDField(default=uuid.uuid4, unique=True)
    subject = models.UUIDField(null=True, db_index=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, null=True)
    mandates = ArrayField(models.CharField(max_length=60), default=list)
    mandates_read_at = models.DateTimeField(null=True)
    by_role = models.BooleanField(default=False)
    kela_groups = ArrayField(models.CharField(max_length=30), default=list)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(subject__isnull=False),
                name="only_a_known_person_acts",
            ),
            models.CheckConstraint(
                condition=Q(mandates=[])
                | Q(organisation__isnull=False, mandates_read_at__isnull=False),
                name="mandates_belong_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(kela_groups=[]) | Q(organisation__isnull=True),
                name="kela_acts_for_no_organisation",
            ),
        ]


class Official(models.Model):
    """Somebody who has acted for an organisation, by the name that Suomi.fi told of them.

    What they used and when is `audit.MandateUse`. A mark says that they have left or moved: it
    takes no right away, for the mandates stand in Suomi.fi.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    subject = models.UUIDField()
    # PostgreSQL's own: finds Ä by ä wherever the database was made
    name = models.CharField(max_length=200, db_collation="pg_unicode_fast")
    left_on = models.DateField(null=True)
    left_marked_at = models.DateTimeField(null=True)
    left_marked_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject"], name="one_row_of_an_official"
            ),
            models.CheckConstraint(
                condition=Q(
                    left_on__isnull=True, left_marked_at__isnull=True, left_marked_by__isnull=True
                )
                | Q(
                    left_on__isnull=False,
                    left_marked_at__isnull=False,
                    left_marked_by__isnull=False,
                ),
                name="a_mark_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} in {self.organisation_id}"


class RulebookMirror(models.Model):
    """A rulebook that this database has known, whole, so that old rows of the log can be read."""

    digest = models.CharField(primary_key=True, max_length=64)
    text = models.TextField()
    mirrored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class LawfulPurpose(Dated):
    """What an agreement with a type of organisation may cover by a law: the rulebook, for triggers.

    Each migration mirrors it anew.
    """

    organisation_type = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    law = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_type", "purpose", "law"], name="what_is_lawful")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} to {self.organisation_type} by {self.law}"
