"""The benefits. Amounts are euros."""

from django.db import models
from django.db.models import Q

from benefits import words
from kelmu.models import Dated

WHOLE_VALIDITY = Q(validity__isempty=False, validity__lower_inf=False)


class Benefit(Dated):
    """A benefit of Kela, or one that Kela tells of. Its file: benefits/data/benefits.toml."""

    slug = models.CharField(primary_key=True, max_length=40)
    order = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=30, choices=words.BenefitGroup)
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.slug
