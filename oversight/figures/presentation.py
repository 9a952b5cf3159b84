"""Figures of use as drawings and tables: by month, by purpose, by person or organisation."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from audit.queries import Use
from authorizations import usage
from kelmu.charts import Figure, columns, lanes
from kelmu.dates import months_before
from kelmu.formats import month, number
from kelmu.tables import Column, Table
from oversight.figures.queries import Doer

MOST_DRAWN = 12


def by_month(uses: Sequence[Use], first: date, last: date) -> dict[str, Any]:
    """A column for each month of the time, and the table by month and purpose."""
    counted = _counted(uses, lambda use: use.month)
    figures = [
        Figure(Decimal(counted[one]), f"{month(one)}: {number(counted[one])}", f"{one.month}")
        for one in _months(first, last)
    ]
    drawn = columns(figures, number(max(counted.values(), default=0)))
    return {"drawing": drawn, "table": usage.by_month_and_purpose(uses)}


def by_purpose(uses: Sequence[Use]) -> dict[str, Any]:
    """A lane for each purpose, the most used first."""
    counted = _counted(uses, lambda use: usage.purpose_name(use.purpose))
    return _lanes(counted.most_common(), _("By purpose of use"), _("Purpose of use"))


def by_organisation(
    uses: Sequence[Use], organisations: Iterable[tuple[int, str]]
) -> dict[str, Any]:
    """A lane for each organisation, the one that used most first."""
    names = dict(organisations)
    counted = _counted(uses, lambda use: names.get(use.organisation_id, ""))
    drawn = _lanes(counted.most_common(), _("By organisation"), _("Organisation"))
    return drawn | {"table": usage.by_organisation(uses, list(names.items()))}


def by_person(doers: Sequence[Doer]) -> dict[str, Any]:
    """A lane for each person, who did most first; the table has all of them."""
    named = [(one.name or _("not known by name"), one) for one in doers]
    drawn = _lanes([(name, one.total) for name, one in named], "", "")
    return drawn | {"table": _people(named)}


def _people(named: Sequence[tuple[str, Doer]]) -> Table:
    labels = (
        _("Customers opened"),
        _("Later pages and prints"),
        _("Searches that found nobody"),
        _("Other acts"),
        _("Refusals"),
    )
    return Table(
        caption=_("By person"),
        columns=[Column(_("Person")), *(Column(label, numeric=True) for label in labels)],
        rows=[
            [name, *map(number, (one.opened, one.seen, one.missed, one.other, one.refused))]
            for name, one in named
        ],
        empty=_("Kelmu was not used in this time."),
    )


def _lanes(counted: Sequence[tuple[str, int]], caption: str, heading: str) -> dict[str, Any]:
    told = [(name, number(value), value) for name, value in counted]
    figures = [
        Figure(Decimal(value), f"{name}: {text}", f"{name} · {text}") for name, text, value in told
    ]
    return {
        "drawing": lanes(figures[:MOST_DRAWN]) if figures else None,
        "table": Table(
            caption=caption,
            columns=[Column(heading), Column(_("Acts"), numeric=True)],
            rows=[[name, text] for name, text, _value in told],
            empty=_("Kelmu was not used in this time."),
        ),
    }


def _counted[Key](uses: Iterable[Use], key: Callable[[Use], Key]) -> Counter[Key]:
    counted: Counter[Key] = Counter()
    for use in uses:
        counted[key(use)] += use.number
    return counted


def _months(first: date, last: date) -> list[date]:
    number_of_months = (last.year - first.year) * 12 + last.month - first.month + 1
    return [months_before(first, -place) for place in range(number_of_months)]
