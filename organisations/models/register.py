"""Municipalities and counties by date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelmu.models import Dated
from organisations.models.common import Named, no_overlap


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
        constraints = [no_overlap("one_county_at_a_time", "municipality")]

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.county_id}"
