"""Basic social assistance as the page tells it: three answers, the months, and the tables."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from authorizations.door import Act
from authorizations.rulebook import DataGroup
from benefits.presentation import about_data
from benefits.rows import DecisionRow, PaymentRow
from benefits.social_assistance import tables
from benefits.social_assistance.bill import bill
from benefits.social_assistance.rows import ApplicationRow, CustomerAssistance, Month
from benefits.tables import payee_of
from kelmu.formats import amount, day, month, period

type Line = dict[str, str]


def context(found: CustomerAssistance, act: Act) -> dict[str, Any]:
    """What the tab shows beside what all pages of a customer show."""
    has_months = found.decisions is not None or found.payments is not None
    months = [_month(one, found, act) for one in found.months] if has_months else None
    groups = _groups(found, act)
    return {
        "answers": _answers(found, act),
        "months": months,
        "shows_calculations": found.decisions is not None,
        "groups": groups,
        "links": _links(months, groups),
        "is_empty": found.is_empty,
        **about_data(found, act),
    }


def _answers(found: CustomerAssistance, act: Act) -> list[dict[str, Any]]:
    """The questions that the purpose lets be answered."""
    application, decision = found.latest_application, found.in_force
    answers = {
        DataGroup.PENDENCY: (
            _("Latest application"),
            [_application(application)] if application else [],
            _("No applications."),
        ),
        DataGroup.DECISIONS: (
            _("Decision in force"),
            [_decision(decision)] if decision else [],
            _("No decision is in force."),
        ),
        DataGroup.PAYMENTS: (
            _("Next payment"),
            [_payment(row) for row in found.next_payments],
            _("No coming payments."),
        ),
    }
    return [
        {"question": question, "lines": lines, "empty": empty}
        for group, (question, lines, empty) in answers.items()
        if group in act.purpose.data_groups
    ]


def _application(row: ApplicationRow) -> Line:
    urgent = [_("urgent")] if row.is_urgent else []
    arrived = _("arrived %(day)s") % {"day": day(row.arrived_on)}
    detail = [arrived, _("for %(period)s") % {"period": period(row.first, row.last)}, *urgent]
    return {"title": capfirst(tables.state_of(row)), "detail": ", ".join(detail)}


def _decision(row: DecisionRow) -> Line:
    return {
        "title": capfirst(str(row.kind.label)),
        "amount": amount(row.amount) if row.amount is not None else "",
        "detail": _("a month, %(period)s, decided %(day)s")
        % {"period": period(row.first, row.last), "day": day(row.decided_on)},
    }


def _payment(row: PaymentRow) -> Line:
    return {"title": day(row.paid_on), "amount": amount(row.net), "detail": payee_of(row)}


def _month(one: Month, found: CustomerAssistance, act: Act) -> dict[str, Any]:
    payments = tables.payments(one.payments).without(act.purpose.withheld_fields)
    return {
        "slug": f"{one.first:%Y-%m}",
        "title": capfirst(month(one.first)),
        "result": amount(one.result) if one.calculations else "",
        "bills": [bill(calculation) for calculation in one.calculations],
        "payments": None if found.payments is None else payments,
    }


def _links(
    months: Sequence[Any] | None, groups: Sequence[dict[str, Any]]
) -> list[tuple[str, str, int]]:
    """Address on the page, title and number of rows of everything below the answers."""
    first = [] if months is None else [("months", _("Month by month"), len(months))]
    return first + [(one["slug"], one["title"], len(one["table"].rows)) for one in groups]


def _groups(found: CustomerAssistance, act: Act) -> list[dict[str, Any]]:
    """The tables below the months; one that the purpose does not open is not there."""
    decisions = None if found.decisions is None else [row.decision for row in found.decisions]
    rows_and_tables: dict[str, tuple[Sequence[Any] | None, Any]] = {
        "commitments": (found.commitments, tables.commitments),
        "applications": (found.applications, tables.applications),
        "calls": (found.calls, tables.calls),
        "decisions": (decisions, tables.decisions),
        "recovery": (found.recovery, tables.recovery),
    }
    made = {
        slug: table(rows).without(act.purpose.withheld_fields)
        for slug, (rows, table) in rows_and_tables.items()
        if rows is not None
    }
    return [{"slug": slug, "title": table.caption, "table": table} for slug, table in made.items()]
