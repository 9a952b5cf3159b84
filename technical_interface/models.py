"""What the technical interface keeps of the systems that come in."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from organisations.models import InterfaceKey

TOKEN_LIFETIME = timedelta(minutes=10)
ASSERTION_LIFETIME = timedelta(minutes=5)


class AccessToken(models.Model):
    """An access token, known by its digest alone: a copy of this table opens nothing.

    Its id is what the session of a person is: openings belong to it, and the log names it.
    `scopes` are the purposes and actions asked for; none means everything that is agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    key = models.ForeignKey(InterfaceKey, models.PROTECT, related_name="+")
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at"))
                & Q(expires_at__lte=F("issued_at") + TOKEN_LIFETIME),
                name="a_token_is_short_lived",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class UsedAssertion(models.Model):
    """The `jti` of an assertion that has been used, until it would have ended anyway."""

    key = models.ForeignKey(InterfaceKey, models.PROTECT, related_name="+", db_index=False)
    jti = models.BinaryField(max_length=32)  # its digest: whatever was sent has one length
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "jti"], name="an_assertion_is_used_once"),
        ]

    def __str__(self) -> str:
        return f"assertion by {self.key_id}"
