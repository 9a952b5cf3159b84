"""Enquiries as ready text."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from administration.organisations.presentation import link
from kelmu.formats import day
from kelmu.tables import Column, Table, Text
from organisations.models import Enquiry

NOTHING = "–"


def table(
    rows: Iterable[Enquiry], *, start: int = 1, of: int | None = None, empty: str = ""
) -> Table:
    """Enquiries, the unanswered first."""
    return Table(
        caption=_("Enquiries"),
        columns=[
            Column(_("Organisation")),
            Column(_("Received on")),
            Column(_("Channel")),
            Column(_("Answer")),
        ],
        rows=[
            [
                link("kela_enquiry", one.organisation_name, one.pk),
                day(one.received_on),
                one.get_channel_display(),
                one.get_answer_display() if one.answer else _("waits for an answer"),
            ]
            for one in rows
        ],
        empty=empty or _("No enquiry has come."),
        start=start,
        of=of,
    )


def facts(one: Enquiry) -> list[tuple[str, Text]]:
    """What was asked, line by line."""
    contact = (one.contact_name, one.contact_email, one.contact_phone)
    return [
        (_("Organisation"), one.organisation_name),
        (_("Business ID"), one.business_id or NOTHING),
        (_("Legislation"), one.legislation),
        (_("Contact"), ", ".join(filter(None, contact))),
        (_("Received on"), f"{day(one.received_on)}, {one.get_channel_display()}"),
    ]


def answered(one: Enquiry) -> dict[str, Any]:
    """What was answered, by whom and when."""
    return {
        "answer": one.get_answer_display(),
        "text": one.answer_text,
        "by": f"{one.answered_by_name}, {day(one.answered_on)}" if one.answered_on else "",
    }
