"""A customer that is opened, and what an act then reads."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from authorizations.door import Act
from benefits.forms import FilterForm
from benefits.queries import customer_benefits
from benefits.rows import CustomerBenefits
from tests.acting import PIRKANMAA, official, right_of


def act_of(customer: UUID, purpose: str = "other_benefits", business_id: str = PIRKANMAA) -> Act:
    """An act on a customer by an official of an organisation."""
    right = right_of(official(business_id))
    return Act(uuid4(), right, right.purpose(purpose), customer)


def form_of(act: Act, *, whole: bool = False, **asked: Any) -> FilterForm:
    """The form with what the address of the page asks for."""
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in asked.items()})
    return FilterForm(act.purpose, query, whole=whole)


def narrowed(
    customer: UUID, *, whole: bool = False, previous: datetime | None = None, **asked: Any
) -> CustomerBenefits:
    """What the page shows that is asked for so."""
    act = act_of(customer)
    return customer_benefits(act, form_of(act, whole=whole, **asked).filters, previous)
