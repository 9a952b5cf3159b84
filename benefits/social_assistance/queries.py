"""Reads what an act opens of a customer's basic social assistance, in one statement."""

from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from authorizations.door import Act
from authorizations.rulebook import DataGroup
from benefits.groups import Scope
from benefits.queries import scope_of
from benefits.social_assistance.groups import opened
from benefits.social_assistance.rows import CustomerAssistance
from customers.models import Customer
from intake.freshness import ages, read_ages


def customer_assistance(act: Act) -> CustomerAssistance:
    """What the act's purpose opens of the act's customer, on the day of the act's right."""
    scope, groups = scope_of(act.purpose, act.right.on), act.purpose.data_groups
    told, *found = _customers(scope, groups).get(pk=act.customer)
    return CustomerAssistance(
        on=scope.today,
        oldest=min(read_ages(told or ()).values(), default=None),  # of no files there is no list
        **{
            name: tuple(map(shown.read, rows))
            for (name, shown), rows in zip(opened(scope, groups).items(), found, strict=True)
        },
    )


@lru_cache  # building it costs ten times more than running it, and purposes are few
def _customers(scope: Scope, groups: tuple[DataGroup, ...]) -> QuerySet[Customer, tuple[Any, ...]]:
    """Every customer: when the files of what is shown were made, and the rows themselves."""
    shown = opened(scope, groups).values()
    files = ArraySubquery(ages(file for one in shown for file in one.files))
    return Customer.objects.values_list(files, *(one.told(scope) for one in shown))
