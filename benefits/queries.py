"""Reads what an act opens of a customer's benefits, in one statement.

Rows that the purpose does not open never leave the database: which groups, which benefits and how
far back is decided by the purpose of the act, and nothing tells whether there was more.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from django.db import connection

from audit import shown
from authorizations.door import Act
from authorizations.rulebook import DataGroup, OpenedPurpose
from benefits.filters import PAGE_SIZE, Filters
from benefits.groups import GROUPS, Scope, groups_of
from benefits.reading import Told
from benefits.reference import benefits, slugs_by_title
from benefits.rows import CustomerBenefits, MonthOfPayments, Page, Sums
from benefits.statement import noted, statement
from benefits.words import PaymentState
from customers.queries import read_person
from intake.freshness import read_ages
from kelmu.dates import months_before

NEVER = datetime.max.replace(tzinfo=UTC)


def customer_benefits(
    act: Act, filters: Filters | None = None, previous: datetime | None = None
) -> CustomerBenefits:
    """What the act's purpose opens of the act's customer, on the day of the act's right.

    The groups are narrowed by `filters`. What Kela has told since `previous`, the last time that
    somebody looked, counts as changed. The same statement notes it as shown, but in a preview.
    """
    filters = filters or Filters()
    scope, groups = scope_of(act.purpose, act.right.on), groups_of(act.purpose)
    making = statement if act.right.preview else noted
    sql = making(scope, groups, tuple(filters.sorts.items()))
    told = _run(
        sql,
        filters.parameters(groups)
        | shown.parameters(act.id)
        | {
            "customer": act.customer,
            "previous": previous or NEVER,
            "today": scope.today,
            "by_title": slugs_by_title(),
        },
    )
    return _read(told, groups, filters, scope)


def scope_of(purpose: OpenedPurpose, today: date) -> Scope:
    """What a purpose opens of each group on a day."""
    months = purpose.look_back_months
    return Scope(
        today=today,
        since=date.min if months is None else months_before(today, months),
        slugs=tuple(slug for slug in benefits() if purpose.benefits.allows(slug)),
        withheld=purpose.withheld_fields,
    )


def _run(sql: str, parameters: Mapping[str, Any]) -> Told:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        answer, *_nothing = cursor.fetchone()
    told: Told = json.loads(answer, parse_float=Decimal)
    return told


def _read(
    told: Told, groups: tuple[DataGroup, ...], filters: Filters, scope: Scope
) -> CustomerBenefits:
    by_file = read_ages(told["made_at"])
    return CustomerBenefits(
        on=scope.today,
        since=scope.since,
        person=read_person(told["person"], scope.today),
        made_at={
            group: by_file[GROUPS[group].file] for group in groups if GROUPS[group].file in by_file
        },
        pages={group: _page(group, told[group], filters) for group in groups},
        matters=_rows(DataGroup.PENDENCY, told.get("matters")),
        all_decisions=_rows(DataGroup.DECISIONS, told.get("all_decisions")),
        coming=_rows(DataGroup.PAYMENTS, told.get("coming")),
        months=tuple(_month(month) for month in told.get("months") or ()),
        sums=tuple(_sums(month) for month in told.get("sums") or ()),
        benefits=tuple(benefits()[slug] for slug in told["benefits"]),
    )


def _page(group: DataGroup, told: Told, filters: Filters) -> Page:
    rows = told["rows"] or ()
    pages = 1 if filters.whole else max(1, ceil(told["found"] / PAGE_SIZE))
    return Page(
        rows=_rows(group, rows),
        changed=tuple(row["changed"] for row in rows),
        number=min(filters.pages.get(group, 1), pages),
        pages=pages,
        found=told["found"],
        total=told["total"],
        changed_rows=told["changed"],
    )


def _rows(group: DataGroup, told: Iterable[Told] | None) -> tuple[Any, ...]:
    return tuple(map(GROUPS[group].read, told or ()))


def _month(told: Told) -> MonthOfPayments:
    return MonthOfPayments(
        benefit=benefits()[told["benefit"]],
        state=PaymentState(told["state"]),
        month=date.fromisoformat(told["month"]),
        payments=told["payments"],
        net=Decimal(told["net"]),
    )


def _sums(told: Told) -> Sums:
    return Sums(**dict(told) | {"month": date.fromisoformat(told["month"])})
