"""Reads what an act opens of a customer's basic social assistance, in one statement."""

from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from authorizations.door import Act
from authorizations.rulebook import DataGroup
from benefits.groups import Scope
from benefits.queries import made_at, scope_of
from benefits.social_assistance.groups import Shown, shown
from benefits.social_assistance.rows import CustomerAssistance
from customers.models import Customer


def customer_assistance(act: Act) -> CustomerAssistance:
    """What the act's purpose opens of the act's customer, on the day of the act's right."""
    scope = scope_of(act)
    opened = _opened(scope, act.purpose.data_groups)
    made, *found = _customers(scope, act.purpose.data_groups).get(pk=act.customer)
    return CustomerAssistance(
        on=scope.today,
        oldest=min(made, default=None),
        **{
            name: tuple(map(one.group.read, rows))
            for (name, one), rows in zip(opened.items(), found, strict=True)
        },
    )


@lru_cache
def _opened(scope: Scope, groups: tuple[DataGroup, ...]) -> dict[str, Shown]:
    return {name: one for name, one in shown(scope).items() if one.opened_by in groups}


@lru_cache  # as in benefits.queries
def _customers(scope: Scope, groups: tuple[DataGroup, ...]) -> QuerySet[Customer, tuple[Any, ...]]:
    """Every customer: when the files of what is shown were made, and the rows themselves."""
    opened = _opened(scope, groups).values()
    files = [file for one in opened for file in one.files]
    told = [one.group.told(one.opened_by, scope) for one in opened]
    return Customer.objects.values_list(made_at(files), *told)
