"""The rulebook's words and rows in the language of the page."""

from datetime import date
from enum import StrEnum
from typing import Any, cast

from django.utils.translation import gettext as _

from authorizations import queries, rulebook
from authorizations.explaining.things import Thing
from authorizations.rulebook import Law, Named
from kelmu.formats import day


def said(value: Any) -> str:
    """A word, a thing or a law as people say it; several joined by commas; a dash for nothing."""
    match value:
        case None | () | []:
            return "–"
        case tuple() | list():
            return ", ".join(said(one) for one in value)
        case Law():
            return queries.cited(value)
        case Thing():
            return said(value.word)
        case StrEnum():
            return queries.spoken(rulebook.load().name(cast("Named", value)))
    return str(value)


def when(not_yet_from: date | None, no_longer_since: date | None) -> str:
    """When what is closed will open, or since when it has been closed."""
    if not_yet_from:
        return _("not yet: opens on %(day)s") % {"day": day(not_yet_from)}
    if no_longer_since:
        return _("no longer: closed on %(day)s") % {"day": day(no_longer_since)}
    return _("no mandate opens it")
