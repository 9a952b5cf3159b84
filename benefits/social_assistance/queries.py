"""Reads what an act opens of a customer's basic social assistance, in one statement."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from authorizations import door
from authorizations.door import Act
from authorizations.rulebook import DataGroup
from benefits.groups import Scope
from benefits.queries import scope_of
from benefits.social_assistance.groups import Shown, opened
from benefits.social_assistance.rows import CustomerAssistance
from customers.models import Customer
from intake.freshness import ages, read_ages


def customer_assistance(act: Act) -> CustomerAssistance:
    """What the act's purpose opens of the act's customer, on the day of the act's right."""
    scope, groups = scope_of(act.purpose, act.right.on), act.purpose.data_groups
    shown = opened(scope, groups)
    ages_told, *found = _customers(scope, groups).get(pk=act.customer)
    door.show(act, sum(map(len, found)), found)
    return CustomerAssistance(
        on=scope.today,
        made_at=_made_at(shown.values(), read_ages(ages_told or ())),  # of no files there is none
        **{
            name: tuple(map(one.read, rows))
            for (name, one), rows in zip(shown.items(), found, strict=True)
        },
    )


def _made_at(shown: Iterable[Shown], by_file: Mapping[str, datetime]) -> dict[DataGroup, datetime]:
    """How old each data group is: as the oldest of its files."""
    made_at: dict[DataGroup, datetime] = {}
    for one in shown:
        known = [by_file[file] for file in one.files if file in by_file]
        if known:
            made_at[one.opened_by] = min([*known, made_at.get(one.opened_by, known[0])])
    return made_at


@lru_cache  # building it costs ten times more than running it, and purposes are few
def _customers(scope: Scope, groups: tuple[DataGroup, ...]) -> QuerySet[Customer, tuple[Any, ...]]:
    """Every customer: when the files of what is shown were made, and the rows themselves."""
    shown = opened(scope, groups).values()
    files = ArraySubquery(ages(file for one in shown for file in one.files))
    return Customer.objects.values_list(files, *(one.told(scope) for one in shown))
