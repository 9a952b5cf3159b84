"""The review in words: as the page shows it, and as a file."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.access_review.judging import Reviewed, ReviewedMandate
from authorizations.queries import spoken
from kelmu.formats import day
from kelmu.spreadsheets import BYTE_ORDER_MARK, SEPARATOR, harmless


def person(one: Reviewed) -> dict[str, Any]:
    """A person as the page shows them."""
    return {
        "id": one.id,
        "name": one.name,
        "mandates": [
            {"name": _name(mandate), "use": _use(mandate), "marks": _marks(mandate)}
            for mandate in one.mandates
        ],
        "opens": [spoken(opened.name) for opened in one.opens],
        "first": day(one.first_on) if one.first_on else "",
        "last": day(one.last_on) if one.last_on else "",
        "left": day(one.left_on) if one.left_on else "",
        "seen_since_mark": one.seen_since_mark,
        "sessions": one.sessions,
    }


def as_csv(people: Iterable[Reviewed]) -> str:
    """A row for each mandate of each person, for a spreadsheet: semicolons, and no formulas."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=SEPARATOR)
    writer.writerow(_columns())
    for one in people:
        writer.writerows(map(harmless, row) for row in _rows(one))
    return file.getvalue()


def _columns() -> list[str]:
    return [
        _("Name"),
        _("Mandate"),
        _("First seen with it"),
        _("Last used"),
        _("To be looked at"),
        _("The mandates open together"),
        _("First seen"),
        _("Last seen"),
        _("Marked as left or moved"),
    ]


def _rows(one: Reviewed) -> list[list[str]]:
    shown = person(one)
    last = [", ".join(shown["opens"]), shown["first"], shown["last"], shown["left"]]
    if not one.mandates:
        return [[one.name, "", "", "", "", *last]]
    return [
        [
            one.name,
            _name(mandate),
            day(mandate.first_on),
            day(mandate.used_on) if mandate.used_on else "",
            ", ".join(_marks(mandate)),
            *last,
        ]
        for mandate in one.mandates
    ]


def _name(mandate: ReviewedMandate) -> str:
    return spoken(rulebook.load().name(mandate.mandate))


def _use(mandate: ReviewedMandate) -> str:
    if mandate.used_on:
        return _("last used on %(day)s") % {"day": day(mandate.used_on)}
    return _("never used, first seen on %(day)s") % {"day": day(mandate.first_on)}


def _marks(mandate: ReviewedMandate) -> list[str]:
    unused = _("unused for %(days)s days") % {"days": settings.MANDATE_UNUSED_DAYS}
    marks = {
        _("not told at the latest login"): not mandate.is_held,
        unused: mandate.is_unused,
        _("opens nothing here today"): mandate.is_superfluous,
    }
    return [text for text, applies in marks.items() if applies]
