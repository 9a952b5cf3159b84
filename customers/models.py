"""Kela's customers. The only place where a plain HETU stands."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.models import Fed
from organisations.models import Municipality

HETU_FORM = r"^[0-3][0-9][01][0-9]{3}[-+YXWVUABCDEF][0-9]{3}[0-9A-FHJKLMNPR-Y]$"


class Customer(Fed):
    """A person of whom Kela has something to tell."""

    class Language(models.TextChoices):
        """In which Kela writes to the customer."""

        FINNISH = "fi", _("Finnish")
        SWEDISH = "sv", _("Swedish")

    id = models.UUIDField(primary_key=True, editable=False)  # the person's audit.Subject
    birth_date = models.DateField()
    died_on = models.DateField(null=True)
    abroad_since = models.DateField(null=True)  # lives in `country` since then
    protected = models.BooleanField(default=False)  # turvakielto, spärrmarkering
    home_municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", db_index=False
    )
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2; empty: Finland
    language = models.CharField(max_length=2, choices=Language)
    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_names="") & ~Q(family_name=""), name="a_customer_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["fi", "sv"]), name="a_language_that_kela_writes"
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("birth_date")),
                name="nobody_dies_before_birth",
            ),
            models.CheckConstraint(
                condition=Q(country="", abroad_since__isnull=True)
                | (Q(country__regex="^[A-Z]{2}$", abroad_since__isnull=False) & ~Q(country="FI")),
                name="abroad_means_a_country_since_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class IdentityCode(Fed):
    """A HETU that the customer has, or had before it was changed."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="identity_codes")
    is_current = models.BooleanField()
    code = models.CharField(primary_key=True, max_length=11)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(is_current=True), name="one_current_code"
            ),
            models.CheckConstraint(condition=Q(code__regex=HETU_FORM), name="form_of_a_hetu"),
        ]

    def __str__(self) -> str:
        return f"identity code of {self.customer_id}"


class CustomerRow(Fed):
    """A row of one customer. Its id is Kela's own number: a row told again replaces itself."""

    id = models.BigIntegerField(primary_key=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Opening(models.Model):
    """A customer opened by one search. Its id is the address of the customer's pages, for the
    session, person, organisation and purpose that opened it and for nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    session_id = models.UUIDField()
    subject = models.UUIDField()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    purpose = models.CharField(max_length=40)
    case_reference = models.CharField(max_length=60, blank=True)
    by_past_code = models.BooleanField(default=False)  # the customer has another code by now
    opened_at = models.DateTimeField()
    entry_id = models.UUIDField()  # its row in the access log
    first_page_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # When the organisation had last opened the customer under the same purpose.
    previous_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_page_at__isnull=True) | Q(first_page_at__gte=F("opened_at")),
                name="a_page_follows_its_opening",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
