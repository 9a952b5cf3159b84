"""Reads what an act opens of a customer's benefits, in one statement.

Rows that the purpose does not open never leave the database: which groups, which benefits and how
far back is decided by the purpose of the act, and nothing tells whether there was more.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, QuerySet

from authorizations.door import Act
from authorizations.rulebook import DataGroup, OpenedPurpose
from benefits.groups import GROUPS, Scope
from benefits.reference import benefits
from benefits.rows import CustomerBenefits
from customers.models import Customer
from intake.models import Delivery
from kelmu.dates import months_before


def customer_benefits(act: Act) -> CustomerBenefits:
    """What the act's purpose opens of the act's customer, on the day of the act's right."""
    scope = scope_of(act.purpose, act.right.on)
    opened = {slug: GROUPS[slug] for slug in act.purpose.data_groups if slug in GROUPS}
    made_at, *rows = _customers(scope, tuple(opened)).get(pk=act.customer)
    return CustomerBenefits(
        on=scope.today,
        oldest=min(made_at, default=None),
        newest=max(made_at, default=None),
        **{
            slug: tuple(map(group.read, found))
            for (slug, group), found in zip(opened.items(), rows, strict=True)
        },
    )


@lru_cache  # building it costs ten times more than running it, and purposes are few
def _customers(scope: Scope, groups: tuple[DataGroup, ...]) -> QuerySet[Customer, tuple[Any, ...]]:
    """Every customer: when the files of the groups were made, and the rows of each group."""
    told = [GROUPS[group].told(group, scope) for group in groups]
    return Customer.objects.values_list(_made_at(groups), *told)


def scope_of(purpose: OpenedPurpose, today: date) -> Scope:
    """What a purpose opens of each group on a day."""
    months = purpose.look_back_months
    return Scope(
        today=today,
        since=date.min if months is None else months_before(today, months),
        slugs=tuple(slug for slug in benefits() if purpose.benefits.allows(slug)),
        withheld=purpose.withheld_fields,
    )


def _made_at(groups: Iterable[DataGroup]) -> ArraySubquery:
    """When the newest delivery of each group's file was made."""
    files = Delivery.objects.filter(file__in=[GROUPS[group].file for group in groups]).values(
        "file"
    )
    return ArraySubquery(files.annotate(made_at=Max("batch__made_at")).values("made_at"))
