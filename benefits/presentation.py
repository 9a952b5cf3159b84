"""A customer's benefits as the page tells them: four answers, what has changed, a time line, then a
table for each group."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.door import Act
from authorizations.queries import spoken
from authorizations.rulebook import DataGroup
from benefits.changes import changes
from benefits.forms import FilterForm
from benefits.rows import CustomerBenefits, DecisionRow, Delivered, MatterRow, PaymentRow
from benefits.sections import sections
from benefits.tables import payee_of
from benefits.timeline import timeline
from benefits.words import Payee
from intake.freshness import is_late
from kelmu.formats import amount, day, moment

type Line = dict[str, str]


def context(
    found: CustomerBenefits, act: Act, form: FilterForm, previous: datetime | None
) -> dict[str, Any]:
    """What the tab shows beside what all pages of a customer show.

    `previous` is when the organisation opened the customer under the same purpose before.
    """
    form.offer_benefits(found.benefits)
    return {
        "answers": {
            "applied": [_applied(row) for row in found.applied],
            "decided": [_decided(found.decided)] if found.decided else [],
            "others": [_given(row, found.on) for row in found.others],
            "next_payments": [_next_payment(row) for row in found.next_payments],
        },
        "changes": changes(found, previous),
        "timeline": timeline(found),
        "form": form,
        "filters": form.filters,
        "narrowed": form.chosen() if form.filters.narrows else [],
        "groups": sections(found, act, form.filters, form.asked),
        "is_empty": found.is_empty,
        **about_data(found, act),
    }


def about_data(found: Delivered, act: Act) -> dict[str, Any]:
    """How old the data of a tab is, what of it is late, and how far back it reaches."""
    return about_age(found) | {
        "scope": _(
            "This purpose shows what is in force and what happened in the last %(months)s months."
        )
        % {"months": act.purpose.look_back_months},
    }


def about_age(found: Delivered) -> dict[str, Any]:
    """How old the data of a page is, and what of it is late."""
    return {
        "data_age": moment(found.oldest) if found.oldest else _("unknown"),
        "late": _late(found.made_at),
    }


def _late(made_at: Mapping[DataGroup, datetime]) -> list[str]:
    """The groups of which younger data should have come, by what they are of."""
    book, by_moment = rulebook.load(), defaultdict[str, list[str]](list)
    for group, made in made_at.items():
        if is_late(made):
            by_moment[moment(made)].append(spoken(book.name(group)))
    return [f"{when}: {', '.join(groups)}" for when, groups in by_moment.items()]


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


def _given(row: DecisionRow, on: date) -> Line:
    since = {"day": day(row.first)}
    detail = _("to come, from %(day)s") if row.is_coming_on(on) else _("from %(day)s")
    return {"title": row.benefit.title, "detail": detail % since}


def _next_payment(row: PaymentRow) -> Line:
    others = [] if row.payee is Payee.CUSTOMER else [payee_of(row)]
    detail = ", ".join([day(row.paid_on), *others])
    return {"title": row.benefit.title, "amount": amount(row.net), "detail": detail}
