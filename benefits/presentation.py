"""A customer's benefits as the page tells them: four answers, then a table for each group."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.door import Act
from authorizations.queries import spoken
from authorizations.rulebook import DataGroup
from benefits import tables
from benefits.rows import CustomerBenefits, DecisionRow, MatterRow, PaymentRow
from kelmu.formats import amount, day, moment

type Line = dict[str, str]


def context(found: CustomerBenefits, act: Act) -> dict[str, Any]:
    """What the tab shows beside what all pages of a customer show."""
    return {
        "answers": {
            "applied": [_applied(row) for row in found.applied],
            "decided": [_decided(found.decided)] if found.decided else [],
            "others": [_in_force(row) for row in found.others],
            "next_payments": [_next_payment(row) for row in found.next_payments],
        },
        "groups": _groups(found, act),
        "is_empty": found.is_empty,
        "data_age": moment(found.oldest) if found.oldest else _("unknown"),
        "scope": _scope(act),
    }


def _applied(row: MatterRow) -> Line:
    detail = _("arrived %(day)s, %(state)s") % {
        "day": day(row.arrived_on),
        "state": row.state.label,
    }
    return {"title": row.benefit.title, "detail": detail}


def _decided(row: DecisionRow) -> Line:
    detail = _("%(kind)s from %(first)s, decided %(day)s") % {
        "kind": row.kind.label,
        "first": day(row.first),
        "day": day(row.decided_on),
    }
    return {"title": row.benefit.title, "detail": detail}


def _in_force(row: DecisionRow) -> Line:
    return {"title": row.benefit.title, "detail": _("from %(day)s") % {"day": day(row.first)}}


def _next_payment(row: PaymentRow) -> Line:
    return {"title": row.benefit.title, "amount": amount(row.net), "detail": day(row.paid_on)}


def _groups(found: CustomerBenefits, act: Act) -> list[dict[str, Any]]:
    """The groups that the purpose opens, in the rulebook's order."""
    rows_and_tables: dict[DataGroup, tuple[Sequence[Any] | None, Any]] = {
        DataGroup.PENDENCY: (found.pendency, tables.pendency),
        DataGroup.DECISIONS: (found.decisions, tables.decisions),
        DataGroup.PAYMENTS: (found.payments, tables.payments),
        DataGroup.INSURANCE: (found.insurance, tables.insurance),
        DataGroup.RECOVERY: (found.recovery, tables.recovery),
        DataGroup.MEDICINE_CAP: (found.medicine_cap, tables.medicine_cap),
        DataGroup.DATA_FROM_OTHERS: (found.data_from_others, tables.data_from_others),
    }
    book = rulebook.load()
    return [
        {
            "slug": group.value,
            "title": capfirst(spoken(book.name(group))),
            "table": table(rows).without(act.purpose.withheld_fields),
            "share": tables.share_left(rows) if group is DataGroup.MEDICINE_CAP else None,
        }
        for group, (rows, table) in rows_and_tables.items()
        if rows is not None
    ]


def _scope(act: Act) -> str:
    return _(
        "This purpose shows what is in force and what happened in the last %(months)s months."
    ) % {"months": act.purpose.look_back_months}
