"""What others than Kela pay to a customer and have passed on to Kela."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, Q

from benefits import words
from benefits.models.common import WHOLE_VALIDITY
from customers.models import CustomerRow
from kelmu.models import Dated, known


class DataFromOthers(CustomerRow, Dated):
    """A statutory pension that another pays: so much a month from a day on."""

    gross = models.DecimalField(max_digits=12, decimal_places=2)  # a month
    kind = models.CharField(max_length=30, choices=words.PensionOfOthers)
    payer = models.CharField(max_length=120)

    class Meta:
        constraints = [
            ExclusionConstraint(  # its index also finds the rows of a customer
                name="one_amount_of_a_payer_at_a_time",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("payer", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=WHOLE_VALIDITY, name="others_pay_since_a_day"),
            models.CheckConstraint(
                condition=Q(gross__gt=0) & ~Q(payer=""), name="somebody_pays_something"
            ),
            known("data_from_others", "kind", words.PensionOfOthers),
        ]

    def __str__(self) -> str:
        return f"data from others {self.id}"
