"""The answers of the public pages as the pages show them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authorizations import rulebook
from authorizations.explaining.answers import Answer, Cell, Closed, Way
from authorizations.explaining.differences import Difference, Kind
from authorizations.explaining.speech import said, when
from authorizations.queries import purpose_rows, spoken
from authorizations.rulebook import Mandate, OpenedAction, OpenedPurpose, OrganisationType
from kelmu.formats import day
from kelmu.tables import Column, Table

type Context = dict[str, Any]

PARTS = {
    "tabs": gettext_lazy("Tabs"),
    "data_groups": gettext_lazy("Data groups"),
    "withheld_fields": gettext_lazy("Not shown"),
    "look_back_months": gettext_lazy("How far back (months)"),
    "notification_types": gettext_lazy("Types of notification"),
    "listings": gettext_lazy("Lists"),
    "actions": gettext_lazy("Actions"),
    "law": gettext_lazy("Law"),
}

KINDS = {
    Kind.ADDED: gettext_lazy("added"),
    Kind.REMOVED: gettext_lazy("removed"),
    Kind.CHANGED: gettext_lazy("changed"),
}


def matrix(answer: Answer) -> Context:
    on = answer["on"]
    rows = [
        [said(row["mandate"]), *(_cell(cell, row["mandate"], on) for cell in row["cells"])]
        for row in answer["rows"]
    ]
    return {
        "table": Table(
            caption=_("Mandates on %(day)s") % {"day": day(on)},
            columns=[
                Column(_("Mandate")),
                *(Column(said(kind)) for kind in answer["organisation_types"]),
            ],
            rows=rows,
            empty="",
        )
    }


def _cell(cell: Cell, mandate: Mandate, on: date) -> str:
    if not (cell.purposes or cell.actions):
        return "–"
    words = said([*cell.purposes, *cell.actions])
    link = _link_to_opened(cell.organisation_type, mandate, on, words)
    if not cell.by_agreement_only:
        return link
    return format_html("{} <em>({})</em>", link, _("only if the agreement names it"))


def _link_to_opened(
    organisation_type: OrganisationType, mandate: Mandate, on: date, words: str
) -> str:
    query = urlencode(
        {"organisation_type": organisation_type, "mandate": mandate, "on": on.isoformat()}
    )
    return format_html(
        '<a class="ds-link" href="{}?{}">{}</a>', reverse("granting_opened"), query, words
    )


def opened(answer: Answer) -> Context:
    return {
        "heading": _of_type_on(answer),
        "mandates": [said(mandate) for mandate in answer["mandates"]],
        "purpose_names": [spoken(one.name) for one in answer["purposes"]],
        "action_names": said(answer["actions"]),
        "purposes": purpose_rows(answer["purposes"]),
        "actions": action_rows(answer["general_actions"]),
        "closed": [f"{said(row.thing)}: {_when(row)}" for row in answer["closed"]],
    }


def action_rows(actions: tuple[OpenedAction, ...]) -> list[dict[str, Any]]:
    """Actions that need no purpose, as the pages about rights tell them."""
    return [
        {
            "name": said(one.action),
            "laws": [said(law) for law in one.law],
            "mandates": [said(mandate) for mandate in one.mandates],
            "by_agreement_only": one.by_agreement_only,
            "assumptions": [spoken(text) for text in one.basis.assumptions],
            "sources": one.basis.sources,
        }
        for one in actions
    ]


def compared(answer: Answer) -> Context:
    days = answer["before"], answer["after"]
    labels = [_("Organisation"), _("Mandate"), _("What"), _("Change"), *map(day, days)]
    return {
        "days_of_change": [_days_around(one) for one in rulebook.load().days_of_change],
        "table": Table(
            caption=_("%(before)s and %(after)s side by side")
            % {"before": day(days[0]), "after": day(days[1])},
            columns=[Column(label) for label in labels],
            rows=[_difference(row) for row in answer["rows"]],
            empty=_("Nothing changes between these days."),
        ),
    }


def _days_around(changed: date) -> dict[str, str]:
    before = (changed - timedelta(days=1)).isoformat()
    query = urlencode({"before": before, "after": changed.isoformat()})
    return {"label": day(changed), "url": f"{reverse('granting_compared')}?{query}"}


def _difference(row: Difference) -> list[Any]:
    what = said(row.what)
    return [
        said(row.organisation_type),
        said(row.mandate),
        f"{what}: {PARTS[row.part]}" if row.part else what,
        KINDS[row.kind],
        _side(row.before),
        _side(row.after),
    ]


def _side(value: Any) -> str:
    match value:
        case OpenedPurpose():
            return said([*value.tabs, *value.notification_types, *value.listings, *value.actions])
        case OpenedAction():
            return said(value.law)
    return said(value)


def needed(answer: Answer) -> Context:
    on = answer["on"]
    labels = [_("Who gives the mandate"), _("Mandate"), _("Purpose of use to choose")]
    return {
        "heading": f"{said(answer['see'])}, {day(on)}",
        "table": Table(
            caption=_("Each of these mandates is enough"),
            columns=[Column(label) for label in labels],
            rows=[_way(way, on) for way in answer["ways"]],
            empty=_("No mandate opens this on this day."),
        ),
        "closed": [f"{said(row.organisation_type)}: {_when(row)}" for row in answer["closed"]],
    }


def _way(way: Way, on: date) -> list[str]:
    link = _link_to_opened(way.organisation_type, way.mandate, on, said(way.mandate))
    return [said(way.organisation_type), link, said(way.purposes)]


def _when(row: Closed) -> str:
    return when(row.not_yet_from, row.no_longer_since)


def grounds(answer: Answer) -> Context:
    labels = [_("Law"), _("Purposes of use"), _("Actions"), _("Mandate")]
    return {
        "heading": _of_type_on(answer),
        "table": Table(
            caption=_("Laws that give a right to Kela’s data"),
            columns=[Column(label) for label in labels],
            rows=[
                [said(row.law), said(row.purposes), said(row.actions), said(row.mandates)]
                for row in answer["laws"]
            ],
            empty=_("No law opens Kelmu to this type of organisation on this day."),
        ),
    }


def _of_type_on(answer: Answer) -> str:
    return f"{said(answer['organisation_type'])}, {day(answer['on'])}"
