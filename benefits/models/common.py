"""The benefits, and what every row of a customer has. Amounts are euros."""

from django.db import models
from django.db.models import Q

from benefits import words
from customers.models import Customer
from intake.models import Fed
from kelmu.models import Dated

WHOLE_VALIDITY = Q(validity__isempty=False, validity__lower_inf=False)


def known(row: str, field: str, words_of_it: type[models.TextChoices]) -> models.CheckConstraint:
    """Only words that the vocabulary has."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": words_of_it.values}), name=f"known_{field}_of_{row}"
    )


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


class CustomerRow(Fed):
    """A row of one customer. Its id is Kela's own number: a row told again replaces itself."""

    id = models.BigIntegerField(primary_key=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
