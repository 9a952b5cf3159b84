"""Organisations as tables and facts of ready text."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from administration.agreements.queries import State
from kelmu.dates import last_day
from kelmu.formats import day, validity
from kelmu.tables import Column, Table, Text
from organisations.models import (
    FormerName,
    Municipality,
    Organisation,
    ServedMunicipality,
)

NOTHING = "–"


def link(page: str, label: str, *arguments: int) -> SafeString:
    """A way to another page."""
    return format_html('<a class="ds-link" href="{}">{}</a>', reverse(page, args=arguments), label)


def found(rows: Sequence[Any], on: date, *, start: int, of: int) -> Table:
    """A page of the organisations that were found. The rows come from `queries.found`."""
    return Table(
        caption=_("Organisations"),
        columns=[
            Column(_("Organisation")),
            Column(_("Business ID")),
            Column(_("Type")),
            Column(_("Serves")),
            Column(_("Agreement in force")),
        ],
        rows=[
            [
                link("kela_organisation", one.name, one.pk),
                one.business_id,
                one.get_type_display(),
                area(one),
                one.agreement or _("no agreement"),
            ]
            for one in rows
        ],
        marks=[ended(one, on) for one in rows],
        empty=_("No organisation is found so."),
        start=start,
        of=of,
    )


def area(organisation: Organisation) -> str:
    """The municipality or the county that it is."""
    one = organisation.municipality or organisation.county
    return f"{one.name} ({one.pk})" if one else NOTHING


def ended(organisation: Organisation, on: date) -> str:
    """When it ended, or will, and what it became; nothing where it goes on."""
    last = last_day(organisation.validity.upper)
    if last is None:
        return ""
    told = _("ended on %(day)s") if last < on else _("ends on %(day)s")
    told %= {"day": day(last)}
    if organisation.merged_into:
        into = _("merged into %(name)s") % {"name": organisation.merged_into.name}
        return f"{told}, {into}"
    return told


def facts(
    organisation: Organisation, merged: Iterable[Organisation], on: date
) -> list[tuple[str, Text]]:
    """What stands of an organisation, line by line."""
    merged_into = organisation.merged_into
    address = f"{organisation.street}, {organisation.postal_code} {organisation.post_office}"
    told: list[tuple[str, Text]] = [
        (_("Business ID"), organisation.business_id),
        (_("Name in Finnish"), organisation.name_fi),
        (_("Name in Swedish"), organisation.name_sv),
        (_("Type"), organisation.get_type_display()),
        (_("Address"), address.strip(", ") or NOTHING),
        (_("Serves"), area(organisation)),
        (_("Time"), validity(organisation.validity) or NOTHING),
    ]
    if merged_into:
        into = link("kela_organisation", merged_into.name, merged_into.pk)
        told.append((_("Merged into"), into))
    if took_in := _links(merged):
        told.append((_("Has taken in"), took_in))
    return told


def _links(organisations: Iterable[Organisation]) -> SafeString:
    pairs = ((reverse("kela_organisation", args=[one.pk]), one.name) for one in organisations)
    return format_html_join(", ", '<a class="ds-link" href="{}">{}</a>', pairs)


def former_names(rows: Iterable[FormerName]) -> Table:
    """The names that it had."""
    return Table(
        caption=_("Former names"),
        columns=[
            Column(_("Name in Finnish")),
            Column(_("Name in Swedish")),
            Column(_("Time")),
        ],
        rows=[[one.name_fi, one.name_sv, validity(one.validity)] for one in rows],
        empty="",
    )


def agreements(rows: Iterable[Any]) -> Table:
    """Its agreements, the newest first. They come from `administration.agreements.queries`."""
    return Table(
        caption=_("Agreements"),
        columns=[Column(_("Agreement")), Column(_("State")), Column(_("In force"))],
        rows=[
            [
                link("kela_agreement", one.number, one.pk),
                State(one.state).label,
                validity(one.validity) or NOTHING,
            ]
            for one in rows
        ],
        empty=_("Nothing has been agreed on."),
    )


def served(rows: Iterable[ServedMunicipality]) -> list[dict[str, Any]]:
    """The municipalities for which a joint or another authority acts."""
    return [
        {"id": one.pk, "name": str(one.municipality.name), "time": validity(one.validity)}
        for one in rows
    ]


def municipalities(rows: Iterable[Municipality]) -> str:
    """What a county serves, in one line."""
    return ", ".join(f"{one.name} ({one.code})" for one in rows)
