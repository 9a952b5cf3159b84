"""What dated rows of all applications share."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q


class Dated(models.Model):
    """A row that holds from a day (included) to a day (excluded), or until further notice."""

    validity = DateRangeField()

    class Meta:
        abstract = True


def known(row: str, field: str, words_of_it: type[models.TextChoices]) -> models.CheckConstraint:
    """Only words that the vocabulary has."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": words_of_it.values}), name=f"known_{field}_of_{row}"
    )
