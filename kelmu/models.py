"""What dated rows of all applications share."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models


class Dated(models.Model):
    """A row that holds from a day (included) to a day (excluded), or until further notice."""

    validity = DateRangeField()

    class Meta:
        abstract = True
