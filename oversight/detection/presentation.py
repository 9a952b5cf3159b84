"""Whether detection is on, and what it has looked at, in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kelmu.formats import day, month, number
from kelmu.tables import Column, Table
from oversight.log.presentation import NOTHING
from oversight.models import Switch


def state(switches: Sequence[Switch]) -> str:
    """How it is now; `switches` latest first."""
    latest = switches[0] if switches else None
    if latest is None or latest.held_on is None:
        return _("Off. Nobody’s acts are compared with anything.")
    return _("On. Acts since %(day)s are looked at, a month at a time, when it is over.") % {
        "day": day(latest.held_on)
    }


def history(switches: Sequence[Switch]) -> Table:
    """Everything that was recorded, latest first."""
    return Table(
        caption=_("What was recorded"),
        columns=[
            Column(_("Day")),
            Column(_("Detection")),
            Column(_("Procedure ended on")),
            Column(_("Note")),
            Column(_("Who recorded")),
        ],
        rows=[
            [
                day(one.on),
                _("on") if one.is_on else _("off"),
                day(one.held_on) if one.held_on else NOTHING,
                one.note,
                one.by_name,
            ]
            for one in switches
        ],
        empty=_("No co-operation procedure has been recorded."),
    )


def sweeps(rows: Iterable[Any]) -> Table:
    """The months that were looked at, each with how many acts were picked."""
    return Table(
        caption=_("Months that were looked at"),
        columns=[
            Column(_("Month")),
            Column(_("Acts compared"), numeric=True),
            Column(_("Acts picked"), numeric=True),
        ],
        rows=[[capfirst(month(one.month)), number(one.acts), number(one.picked)] for one in rows],
        empty=_("No month has been looked at yet."),
    )
