"""Municipalities and counties by date, organisations, what was agreed with them, and with whom."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.fi import ytunnus

from kelmu.languages import national
from kelmu.models import Dated


def _no_overlap(name: str, *keys: str, condition: Q | None = None) -> ExclusionConstraint:
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


class County(Named):
    """A wellbeing services county, or Helsinki or Åland, which stand in no county."""

    code = models.CharField(primary_key=True, max_length=2)
    name_en = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]


class Municipality(Named, Dated):
    """A municipality; after a merger its successor sees what was its."""

    class Language(models.TextChoices):
        FINNISH = "fi", _("Finnish")
        FINNISH_MAJORITY = "fi_sv", _("bilingual, Finnish majority")
        SWEDISH_MAJORITY = "sv_fi", _("bilingual, Swedish majority")
        SWEDISH = "sv", _("Swedish")

    code = models.CharField(primary_key=True, max_length=3)
    language = models.CharField(max_length=5, choices=Language)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(validity__upper_inf=False),
                name="only_an_ended_municipality_has_a_successor",
            ),
        ]


class CountyMembership(Dated):
    """Which county serves a municipality, and when."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="memberships")
    county = models.ForeignKey(County, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [_no_overlap("one_county_at_a_time", "municipality")]

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.county_id}"


def validate_business_id(value: str) -> None:
    """A business ID (Y-tunnus) has the form 1234567-8 and a right check digit."""
    if not ytunnus.is_valid(value) or ytunnus.format(value) != value:
        raise ValidationError(_("This is not a business ID: check the digits."))


class Organisation(Named, Dated):
    """A body that uses Kelmu, known by its business ID."""

    class Type(models.TextChoices):
        WELLBEING_COUNTY = "wellbeing_county", _("Wellbeing services county")
        MUNICIPALITY = "municipality", _("Municipality")
        HELSINKI = "helsinki", _("City of Helsinki")
        JOINT_AUTHORITY = "joint_authority", _("Joint municipal authority")
        OTHER_AUTHORITY = "other_authority", _("Other authority")

    business_id = models.CharField(max_length=9, unique=True, validators=[validate_business_id])
    type = models.CharField(max_length=20, choices=Type)
    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["name_fi"]
        constraints = [
            models.CheckConstraint(
                condition=Q(business_id__regex=r"^[0-9]{7}-[0-9]$"), name="form_of_a_business_id"
            ),
            models.CheckConstraint(
                condition=(
                    Q(type="wellbeing_county", county__isnull=False, municipality__isnull=True)
                    | Q(
                        type__in=["municipality", "helsinki"],
                        county__isnull=True,
                        municipality__isnull=False,
                    )
                    | Q(
                        type__in=["joint_authority", "other_authority"],
                        county__isnull=True,
                        municipality__isnull=True,
                    )
                ),
                name="an_organisation_serves_what_its_type_says",
            ),
        ]


class ServedMunicipality(Dated):
    """A municipality for which a joint authority, or another authority by agreement, acts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="serves")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")

    class Meta:
        constraints = [_no_overlap("a_municipality_is_served_once", "organisation", "municipality")]

    def __str__(self) -> str:
        return f"{self.municipality_id} by {self.organisation_id}"


class Agreement(Dated):
    """What Kela and an organisation agreed: which law, which purposes, which way of use, when."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    number = models.CharField(max_length=20, unique=True)
    signed_on = models.DateField()
    by_user_interface = models.BooleanField(default=True)
    by_technical_interface = models.BooleanField(default=False)
    requires_case_reference = models.BooleanField(default=False)
    staff_instruction_fi = models.TextField(blank=True)
    staff_instruction_sv = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [_no_overlap("one_agreement_at_a_time", "organisation")]

    def __str__(self) -> str:
        return self.number

    @property
    def staff_instruction(self) -> str:
        """How the organisation's staff ask for mandates, in the language of the page if there."""
        finnish, swedish = self.staff_instruction_fi, self.staff_instruction_sv
        return national(finnish, swedish) or finnish or swedish


class AgreedPurpose(Dated):
    """A purpose of use that an agreement covers, with the laws that it names as its ground."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="purposes")
    purpose = models.CharField(max_length=40)
    laws = ArrayField(models.CharField(max_length=120))
    # What the agreement leaves out, in the rulebook's words; a limit in months if it has its own.
    withheld_groups = ArrayField(models.CharField(max_length=40), default=list)
    withheld_benefits = ArrayField(models.CharField(max_length=40), default=list)
    withheld_fields = ArrayField(models.CharField(max_length=60), default=list)
    look_back_months = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            _no_overlap("one_row_of_a_purpose_at_a_time", "agreement", "purpose"),
            models.CheckConstraint(
                condition=Q(laws__len__gt=0), name="an_agreed_purpose_names_its_law"
            ),
            models.CheckConstraint(
                condition=Q(look_back_months__isnull=True) | Q(look_back_months__gt=0),
                name="an_agreed_look_back_is_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} in {self.agreement_id}"


class Contact(Dated):
    """A person named in an agreement, known to us by a keyed pseudonym and a name."""

    class Role(models.TextChoices):
        SIGNATORY = "signatory", _("Signatory")
        DATA_PROTECTION = "data_protection", _("Responsible for data protection and security")
        DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
        AUTHORIZER = "authorizer", _("Authorizer")
        SUPERVISOR = "supervisor", _("Supervisor of use")
        TECHNICAL = "technical", _("Technical contact")
        BILLING = "billing", _("Billing contact")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=30, choices=Role)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    subject = models.ForeignKey("audit.Subject", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["role", "name"]
        constraints = [
            _no_overlap(
                "a_person_holds_a_role_once",
                "agreement",
                "role",
                "subject",
                condition=Q(subject__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
