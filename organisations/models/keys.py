"""The keys by which the systems of organisations prove who they are at the technical interface."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.models.organisations import Organisation

LONGEST = timedelta(days=731)  # two years, as the Incomes Register gives its certificates


class Fault(models.TextChoices):
    """Why a JWT by which a system asks for a token proves nothing. Whoever asks is not told, the
    organisation is: in its log, and on the page of the key that the JWT names."""

    FORM = "form", _("it is no JWT that can be read")
    UNKNOWN_KEY = "unknown_key", _("kid names no key that is registered")
    ENDED_KEY = "ended_key", _("the key has expired or was revoked")
    UNAPPROVED_KEY = "unapproved_key", _("Kela has not approved the key yet")
    ALGORITHM = "algorithm", _("alg is not the algorithm of the key")
    SIGNATURE = "signature", _("the signature is not made by the private key of this key")
    CLIENT = "client", _("iss or sub is not the business ID")
    AUDIENCE = "audience", _("aud is not exactly the address of the token endpoint")
    LIFETIME = "lifetime", _("iat and exp are not within five minutes from now: check the clock")
    JTI = "jti", _("jti is missing or too long")
    USED = "used", _("jti was used before: it must be new each time")


class InterfaceKey(models.Model):
    """A public key, registered by the organisation's technical contact.

    It holds from `approved_at` on: the first one since Kela has approved it, another one beside a
    key that holds at once (then nobody of Kela is named). An organisation has two places for keys,
    so that one can follow the other. What a key is never changes, and one that has ended stays so.
    """

    class Algorithm(models.TextChoices):
        RS256 = "RS256"
        ES256 = "ES256"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="interface_keys")
    kid = models.CharField(max_length=43, unique=True)  # the thumbprint of RFC 7638
    label = models.CharField(max_length=60)
    algorithm = models.CharField(max_length=5, choices=Algorithm)
    public_key = models.TextField()  # PEM
    place = models.PositiveSmallIntegerField()
    registered_on = models.DateField()
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()
    registered_by_name = models.CharField(max_length=200)
    expires_on = models.DateField()  # the first day on which it holds no more
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-registered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "place"],
                condition=Q(ended_at__isnull=True),
                name="one_key_in_a_place",
            ),
            models.CheckConstraint(condition=Q(place__in=[1, 2]), name="two_places_for_keys"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("registered_on"))
                & Q(expires_on__lte=F("registered_on") + LONGEST),
                name="a_key_expires_within_two_years",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (Q(approved_at__isnull=False) & ~Q(approved_by=F("registered_by"))),
                name="a_key_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_key_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.kid
