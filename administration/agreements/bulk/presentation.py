"""Steps with many as ready text."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from administration.agreements.bulk.planning import Planned
from administration.models import BulkItem, BulkRun
from administration.organisations.presentation import link
from kelmu.formats import day, moment
from kelmu.tables import Column, Table, Text
from organisations.models import Deadline

NOTHING = "–"


def planned(told: Iterable[Planned]) -> list[dict[str, Any]]:
    """What would happen to each, or why nothing."""
    return [
        {
            "id": one.organisation.pk,
            "name": one.organisation.name,
            "outcome": one.outcome,
            "hindrance": one.hindrance,
        }
        for one in told
    ]


def facts(run: BulkRun) -> list[tuple[str, Text]]:
    """What is done, by whom and when."""
    awaited = [Deadline.Awaited(run.awaited).label] if run.awaited else []
    days = [day(run.day)] if run.day else []
    return [
        (_("Step"), ", ".join([run.get_what_display(), *map(str, awaited), *days])),
        (_("Started by"), f"{run.by_name}, {moment(run.at)}"),
    ]


def items(rows: Sequence[BulkItem]) -> Table:
    """What came of each row."""
    return Table(
        caption=_("Organisations"),
        columns=[
            Column(_("Organisation")),
            Column(_("State")),
            Column(_("Agreement")),
            Column(_("Reason")),
        ],
        rows=[
            [
                one.organisation.name,
                one.get_state_display(),
                link("kela_agreement", one.agreement.number, one.agreement.pk)
                if one.agreement
                else NOTHING,
                one.message or NOTHING,
            ]
            for one in rows
        ],
        empty="",
    )
