"""Lists as Kela publishes them for a municipality, their rows, and who downloaded them.

A publication is visible when it is complete: all its rows are there, in number and sum as Kela
said, which the database checks (0004_listings.sql). From then on neither it nor a row changes. A
correction is a publication of its own with the next version; what it superseded loses its rows
after some time (listings/keeping.py).
"""

from uuid import uuid4

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

from authorizations.rulebook import Listing
from customers.models import Customer
from intake.models import Fed
from kelmu.models import known
from notifications.listings import words
from organisations.models import Municipality, Organisation

LISTINGS = [(one.value, one.value) for one in Listing]
SHA256 = r"^[0-9a-f]{64}$"


class Publication(Fed):
    """A list of persons that Kela published for a municipality and a period."""

    id = models.BigIntegerField(primary_key=True)
    published_on = models.DateField()
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    rows = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    is_complete = models.BooleanField(db_default=False)
    # What a correction changed, in persons. Known when there is an earlier version to compare with.
    added = models.PositiveIntegerField(null=True)
    left_out = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    listing = models.CharField(max_length=40, choices=LISTINGS)
    period = DateRangeField()
    total = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    checksum = models.CharField(
        max_length=64, blank=True, db_default=""
    )  # SHA-256 of what its rows say
    reason = models.CharField(max_length=200, blank=True)  # of the correction, as Kela puts it
    removed_on = models.DateField(null=True)  # its rows, some time after a correction

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("listing"),
                F("municipality"),
                F("period__startswith"),
                F("version"),
                name="a_version_of_a_list_is_published_once",
            ),
            models.CheckConstraint(
                condition=Q(listing__in=[one.value for one in words.PUBLISHED]),
                name="a_list_that_kela_publishes",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False)
                & Q(published_on__gte=F("period__startswith")),
                name="a_list_is_of_a_period_that_began",
            ),
            models.CheckConstraint(
                condition=Q(listing__in=[one.value for one in words.WITHOUT_AMOUNTS])
                ^ Q(total__isnull=False),
                name="a_list_of_amounts_has_a_total",
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="a_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(is_complete=False, checksum="")
                | Q(is_complete=True, checksum__regex=SHA256),
                name="a_complete_list_has_a_checksum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.id}"


class ListRow(Fed):
    """A row of a publication, about one customer, by its number there."""

    pk = models.CompositePrimaryKey("publication_id", "number")
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="%(class)ss", db_index=False
    )
    number = models.PositiveIntegerField()
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"row {self.number} of {self.publication_id}"


class InvoiceRow(ListRow):
    """Unemployment benefit of which the municipality pays a share. Returns are below zero."""

    paid_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    counted_days = models.PositiveIntegerField()  # paid until then, by which the share goes
    share = models.PositiveSmallIntegerField()  # the municipality's, per cent
    benefit = models.CharField(max_length=40, choices=words.UnemploymentBenefit)
    kind = models.CharField(max_length=20, choices=words.RowKind)
    period = DateRangeField()
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)  # the municipality's share

    class Meta:
        constraints = [
            known("invoice_row", "benefit", words.UnemploymentBenefit),
            known("invoice_row", "kind", words.RowKind),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False)
                & Q(days__gte=1, counted_days__gte=F("days")),
                name="an_invoiced_period_has_paid_days",
            ),
            models.CheckConstraint(
                condition=Q(
                    period__startswith__lt=words.LIABILITY_OF_2025,
                    share__in=words.SHARES_UNTIL_2024,
                    benefit=words.UnemploymentBenefit.LABOUR_MARKET_SUBSIDY,
                )
                | Q(
                    period__startswith__gte=words.LIABILITY_OF_2025,
                    share__in=words.SHARES_FROM_2025,
                ),
                name="a_share_as_the_law_of_the_time_says",
            ),
            models.CheckConstraint(
                condition=Q(amount=Round(F("gross") * F("share") / 100, 2)),
                name="the_municipality_pays_its_share",
            ),
            models.CheckConstraint(
                condition=Q(kind="payment", gross__gt=0)
                | Q(kind="return", gross__lt=0)
                | (Q(kind="correction") & ~Q(gross=0)),
                name="an_invoiced_amount_has_the_sign_of_its_kind",
            ),
        ]


class RiskRow(ListRow):
    """Somebody whose unemployment risks being prolonged."""

    last_paid_on = models.DateField()
    counted_days = models.PositiveIntegerField()
    benefit = models.CharField(max_length=40, choices=words.UnemploymentBenefit)
    ground = models.CharField(max_length=40, choices=words.RiskGround)

    class Meta:
        constraints = [
            known("risk_row", "benefit", words.UnemploymentBenefit),
            known("risk_row", "ground", words.RiskGround),
            models.CheckConstraint(
                condition=~Q(ground="paid_200_days") | Q(counted_days__gte=words.AT_RISK),
                name="paid_200_days_are_200",
            ),
        ]


class CareRow(ListRow):
    """Child care allowance paid to a parent, item by item. Returns are below zero."""

    paid_on = models.DateField()
    children = models.PositiveSmallIntegerField()
    benefit = models.CharField(max_length=40, choices=words.CareBenefit)
    kind = models.CharField(max_length=20, choices=words.RowKind)
    period = DateRangeField()
    allowance = models.DecimalField(max_digits=12, decimal_places=2)
    supplement = models.DecimalField(max_digits=12, decimal_places=2)  # by income
    municipal_supplement = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            known("care_row", "benefit", words.CareBenefit),
            known("care_row", "kind", words.RowKind),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False)
                & Q(children__gte=1),
                name="care_of_children_in_a_period",
            ),
            models.CheckConstraint(
                condition=Q(amount=F("allowance") + F("supplement") + F("municipal_supplement")),
                name="the_items_of_care_add_up",
            ),
            models.CheckConstraint(
                condition=Q(kind="payment", amount__gt=0)
                | Q(kind="return", amount__lt=0)
                | (Q(kind="correction") & ~Q(amount=0)),
                name="an_amount_of_care_has_the_sign_of_its_kind",
            ),
        ]


class VeteranRow(ListRow):
    """Somebody who is paid front-veteran's supplement, and how much of it a month."""

    since = models.DateField()
    supplement = models.DecimalField(max_digits=12, decimal_places=2)
    additional = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=F("supplement") + F("additional"), supplement__gt=0)
                & Q(additional__gte=0),
                name="the_supplements_of_a_veteran_add_up",
            ),
        ]


class TreatmentRow(ListRow):
    """What Kela reimbursed of care that somebody sought abroad, for the county to pay."""

    paid_on = models.DateField()
    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2
    treatment = models.CharField(max_length=20, choices=words.Treatment)
    period = DateRangeField()
    cost = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            known("treatment_row", "treatment", words.Treatment),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$") & ~Q(country="FI"),
                name="care_abroad_is_in_another_country",
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
                name="care_abroad_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=F("cost")),
                name="no_more_than_the_cost_is_reimbursed",
            ),
        ]


class Download(models.Model):
    """A list that somebody of an organisation fetched, and the receipt of it.

    `finished_at`, `sha256` and `size` are there when the file went out whole.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    entry_id = models.UUIDField()  # its row in the access log
    subject = models.UUIDField()  # who
    session_id = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)  # the file was first handed out
    finished_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(null=True)
    rows = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField()
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    listing = models.CharField(max_length=40, choices=LISTINGS)
    format = models.CharField(max_length=10, choices=words.Format)
    language = models.CharField(max_length=2)
    purpose = models.CharField(max_length=40)
    user_name = models.CharField(max_length=200)
    period = DateRangeField()
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(
                "organisation",
                "listing",
                "municipality",
                F("asked_at").desc(),
                name="downloads_of_a_list",
            )
        ]
        constraints = [
            known("download", "format", words.Format),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, size__isnull=True, sha256="")
                | Q(
                    begun_at__isnull=False,
                    finished_at__isnull=False,
                    size__isnull=False,
                    sha256__regex=SHA256,
                ),
                name="a_finished_download_says_what_went_out",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
