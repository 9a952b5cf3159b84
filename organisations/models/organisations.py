"""The bodies that use Kelmu."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.fi import ytunnus

from kelmu.languages import national
from kelmu.models import Dated
from organisations.models.common import Addressed, Named, Proposed, no_overlap
from organisations.models.register import County, Municipality


def validate_business_id(value: str) -> None:
    """A business ID (Y-tunnus) has the form 1234567-8 and a right check digit."""
    if not ytunnus.is_valid(value) or ytunnus.format(value) != value:
        raise ValidationError(_("This is not a business ID: check the digits."))


def validate_iban(value: str) -> None:
    """A Finnish or foreign account number (IBAN) without blanks, its check digits right."""
    if not iban.is_valid(value) or iban.compact(value) != value:
        raise ValidationError(_("This is not an account number (IBAN): check the digits."))


class Organisation(Named, Addressed, Dated):
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
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    staff_instruction_fi = models.TextField(blank=True)
    staff_instruction_sv = models.TextField(blank=True)

    class Meta:
        ordering = ["name_fi"]
        constraints = [
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
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (Q(validity__upper_inf=False) & ~Q(merged_into=F("id"))),
                name="only_an_ended_organisation_is_merged",
            ),
        ]

    @property
    def staff_instruction(self) -> str:
        """How the organisation's staff ask for mandates, in the language of the page if there."""
        finnish, swedish = self.staff_instruction_fi, self.staff_instruction_sv
        return national(finnish, swedish) or finnish or swedish


class FormerName(Named, Dated):
    """A name that an organisation had, by which it is still looked for."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names")

    class Meta:
        constraints = [no_overlap("one_former_name_at_a_time", "organisation")]


class ServedMunicipality(Dated):
    """A municipality for which a joint authority, or another authority by agreement, acts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="serves")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")

    class Meta:
        constraints = [no_overlap("a_municipality_is_served_once", "organisation", "municipality")]

    def __str__(self) -> str:
        return f"{self.municipality_id} by {self.organisation_id}"


class Payee(Addressed, Proposed):
    """An account to which Kela pays what an organisation demands.

    The organisation proposes it and Kela accepts it. One that `replaces` another, or is given for
    one, is a change of account, and is checked by a second person before Kela accepts it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="payees")
    name = models.CharField(max_length=120)
    iban = models.CharField(max_length=34, validators=[validate_iban])
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    checked_by = models.UUIDField(null=True)
    checked_by_name = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)
    check_note = models.CharField(max_length=500, blank=True)

    class Meta(Proposed.Meta):
        ordering = ["name"]
        constraints = [
            *Proposed.Meta.constraints,
            no_overlap("one_row_of_an_account_at_a_time", "organisation", "iban"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | (
                    Q(checked_by__isnull=False, checked_at__isnull=False)
                    & ~Q(checked_by=F("proposed_by"))
                ),
                name="a_check_is_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True)
                | ~Q(decision="accepted")
                | (Q(checked_by__isnull=False) & ~Q(checked_by=F("decided_by"))),
                name="a_change_of_account_is_checked",
            ),
            models.CheckConstraint(
                condition=Q(validity__isnull=True) | Q(validity__contained_by=F("wanted")),
                name="an_account_holds_as_it_was_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.iban[-4:]}"


class Contact(Proposed):
    """A person whom an organisation names in a role, known by a name, and by a keyed pseudonym
    if they log in.

    The role holds while the contact does and an agreement is in force; one that is only under
    way opens the organisation's own pages alone. One that `replaces` another ends it on the day it
    begins.
    """

    class Role(models.TextChoices):
        SIGNATORY = "signatory", _("Signatory")
        DATA_PROTECTION = "data_protection", _("Responsible for data protection and security")
        DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
        AUTHORIZER = "authorizer", _("Authorizer")
        SUPERVISOR = "supervisor", _("Supervisor of use")
        TECHNICAL = "technical", _("Technical contact")
        BILLING = "billing", _("Billing contact")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=30, choices=Role)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    subject = models.ForeignKey("audit.Subject", models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")

    LOG_IN = (
        Role.SIGNATORY,
        Role.DATA_PROTECTION,
        Role.AUTHORIZER,
        Role.SUPERVISOR,
        Role.TECHNICAL,
    )

    class Meta(Proposed.Meta):
        ordering = ["role", "name"]
        constraints = [
            *Proposed.Meta.constraints,
            no_overlap(
                "a_person_holds_a_role_once",
                "organisation",
                "role",
                "subject",
                condition=Q(subject__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=False)
                | Q(role__in=["data_protection_officer", "billing"]),
                name="who_logs_in_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
