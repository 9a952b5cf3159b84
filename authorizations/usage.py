"""Usage figures as pages and files show them: how much Kelmu is used. No person is in them."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from audit import words
from audit.models import ActKind, Channel
from audit.queries import Use
from authorizations import rulebook
from authorizations.queries import spoken
from authorizations.rulebook import Purpose
from kelmu.formats import month, number
from kelmu.spreadsheets import BYTE_ORDER_MARK, SEPARATOR, harmless
from kelmu.tables import Column, Table

COLUMN_OF = {  # what is neither of these stands under the last column
    ActKind.OPEN: "opened",
    ActKind.SEARCH: "missed",
    ActKind.VIEW: "seen",
    ActKind.PRINT: "seen",
}

type Counted = Counter[str]


def by_month_and_purpose(uses: Iterable[Use]) -> Table:
    """A row for each month and purpose, newest first."""

    def key(use: Use) -> tuple[date, str]:
        return use.month, use.purpose

    counted = _counted(uses, key)
    newest_first = sorted(counted, key=lambda row: (-row[0].toordinal(), row[1]))
    return Table(
        caption=_("By month and purpose of use"),
        columns=[Column(_("Month")), Column(_("Purpose of use")), *_columns()],
        rows=[
            [month(first), purpose_name(purpose), *_figures(counted[first, purpose])]
            for first, purpose in newest_first
        ],
        empty=_("Kelmu was not used in this time."),
    )


def by_organisation(uses: Iterable[Use], names: Sequence[tuple[int, str]]) -> Table:
    """A row for each organisation that used Kelmu, in the order of `names`."""
    counted = _counted(uses, lambda use: use.organisation_id)
    return Table(
        caption=_("By organisation"),
        columns=[Column(_("Organisation")), *_columns()],
        rows=[[name, *_figures(counted[one])] for one, name in names if one in counted],
        empty=_("Kelmu was not used in this time."),
    )


def as_csv(uses: Iterable[Use], names: Sequence[tuple[int, str]]) -> str:
    """A row for each organisation, month, purpose, way of use and act."""
    name_of = dict(names)
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=SEPARATOR)
    writer.writerow(
        [_("Organisation"), _("Month"), _("Purpose of use"), _("Way of use"), _("Act"), _("Times")]
    )
    writer.writerows(
        [
            harmless(name_of.get(use.organisation_id, "")),
            f"{use.month:%Y-%m}",
            purpose_name(use.purpose),
            words.said(Channel, words.CHANNELS, use.channel),
            words.said(ActKind, words.ACTS, use.act),
            use.number,
        ]
        for use in uses
    )
    return file.getvalue()


def purpose_name(slug: str) -> str:
    """The name of a purpose; payment demands are made without choosing one."""
    return spoken(rulebook.load().name(Purpose(slug))) if slug else _("Without a purpose of use")


def _counted[Key](uses: Iterable[Use], key: Callable[[Use], Key]) -> dict[Key, Counted]:
    counted: dict[Key, Counted] = {}
    for use in uses:
        figures = counted.setdefault(key(use), Counter())
        figures[COLUMN_OF.get(ActKind(use.act), "other")] += use.number
        figures[use.channel] += use.number
    return counted


def _columns() -> list[Column]:
    labels = (
        _("Customers opened"),
        _("Later pages and prints"),
        _("Searches that found nobody"),
        _("Other acts"),
        _("Of all, by the technical interface"),
    )
    return [Column(label, numeric=True) for label in labels]


def _figures(counted: Counted) -> list[str]:
    shown = ("opened", "seen", "missed", "other", Channel.INTERFACE)
    return [number(counted[one]) for one in shown]
