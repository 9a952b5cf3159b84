"""Sendings as ready text."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.words import MatterState
from documents.models import Document, Event, Sending
from documents.queries import Matter, asked_by_kela, kept_until
from documents.words import ENDINGS, FileType, Kind, State, Step
from kelmu import clock
from kelmu.dates import last_day
from kelmu.formats import day, moment, number, period

MEGABYTE = 1024 * 1024
NOTHING = "–"
OTHER_ENDINGS = {"jpg": ("jpeg",), "tif": ("tiff",)}


def limits() -> list[str]:
    """What a sending may hold, told beforehand."""
    told = {
        "largest": number(settings.DOCUMENT_LARGEST // MEGABYTE),
        "files": number(settings.DOCUMENTS_IN_A_SENDING),
        "size": number(settings.DOCUMENTS_SIZE_OF_A_SENDING // MEGABYTE),
        "day": number(settings.DOCUMENTS_IN_A_DAY),
    }
    return [
        _("PDF, JPEG, PNG or TIFF; a file at most %(largest)s MB.") % told,
        _("At most %(files)s files and %(size)s MB at once, and %(day)s files a day.") % told,
        _("No passwords, scripts or attached files inside: they are not taken."),
    ]


def size(of: int) -> str:
    """1,2 MB; what is smaller than a tenth in kilobytes."""
    if of < MEGABYTE // 10:
        return _("%(size)s kB") % {"size": number(max(1, round(of / 1024)))}
    return _("%(size)s MB") % {"size": number_format(of / MEGABYTE, 1)}


def file_row(one: Document) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "type": one.get_type_display(),
        "size": size(one.size),
        "sha256": f"SHA-256 {bytes(one.sha256).hex()}",
        "removed": moment(one.removed_at) if one.removed_at else "",
        "is_there": one.removed_at is None and one.sending.state != State.REFUSED,
    }


def saved_as(one: Document) -> str:
    """The name under which a file is saved: it ends as its content says, whatever it was called."""
    ending = ENDINGS[FileType(one.type)]
    path = PurePath(one.name)
    known = path.suffix.lower().lstrip(".") in {ending, *OTHER_ENDINGS.get(ending, ())}
    return one.name if known else f"{one.name}.{ending}"


def application(arrived_on: date, time: DateRange) -> str:
    """What an application is called, in the language of the page."""
    told = {"day": day(arrived_on), "period": period(time.lower, last_day(time.upper))}
    return _("Application that arrived %(day)s, for %(period)s") % told


def choices(applications: Iterable[Matter]) -> list[tuple[str, str]]:
    """Applications to choose from, each with how it stands."""
    return [
        (
            str(one.number),
            f"{application(one.arrived_on, one.period)}: {MatterState(one.state).label}",
        )
        for one in applications
    ]


def matter_of(one: Sending) -> str:
    """The application or matter to which a sending belongs."""
    if one.application_arrived_on and one.application_period:
        return application(one.application_arrived_on, one.application_period)
    return one.matter or NOTHING


def asked(one: Sending) -> dict[str, str]:
    """What Kela asks of a sending that is to be answered."""
    return {"kind": kind_of(one), "matter": matter_of(one), "reason": one.reason}


def state_of(one: Sending) -> str:
    """The state in words, with the time of the last step."""
    told = {"state": capfirst(str(State(one.state).label)), "moment": moment(one.changed_at)}
    return _("%(state)s, %(moment)s") % told


def kind_of(one: Sending) -> str:
    return capfirst(str(Kind(one.kind).label))


def line(one: Sending) -> dict[str, Any]:
    """A sending in a list. `files` is what the query has counted."""
    files: int = one.files  # type: ignore[attr-defined]  # annotated by the query
    return {
        "id": one.pk,
        "kind": kind_of(one),
        "files": ngettext("%(number)s file", "%(number)s files", files) % {"number": files},
        "matter": matter_of(one),
        "sent": moment(one.sent_at) if one.sent_at else NOTHING,
        "sender": one.sender_name,
        "state": state_of(one),
        "reason": one.reason,
        "asks": one.state == State.ASKED,
    }


def facts(one: Sending) -> list[tuple[str, str]]:
    """What was sent, to which matter, by whom."""
    told = [
        (_("What was sent"), kind_of(one)),
        (_("Matter"), matter_of(one)),
        (_("To Kela"), one.text or NOTHING),
        (_("Sent"), moment(one.sent_at) if one.sent_at else NOTHING),
        (_("Sent by"), one.sender_name),
    ]
    if asked_of_it := asked_by_kela(one):
        told.append((_("Answers what Kela asked"), asked_of_it))
    if one.case_reference:
        told.append((_("Case reference"), one.case_reference))
    if last := kept_until(one, clock.shown_day()):
        told.append((_("The files are kept"), _("until %(day)s") % {"day": day(last)}))
    return told


def history(events: Iterable[Event]) -> list[dict[str, str]]:
    """Each step: when, what, who, why."""
    return [
        {
            "at": moment(one.at),
            "step": capfirst(str(Step(one.step).label)),
            "who": one.by_name,
            "reason": one.reason,
        }
        for one in events
    ]


def links(one: Sending, opening_id: Any) -> list[tuple[str, str]]:
    """The sending that this one answers, and the one that answers it."""
    told = []
    if one.answers_id:
        address = reverse("sending", args=[opening_id, one.answers_id])
        told.append((address, _("Answers what Kela asked of this sending")))
    for answer in one.answered_by.exclude(state=State.DRAFT):
        address = reverse("sending", args=[opening_id, answer.pk])
        told.append((address, _("Answered with this sending")))
    return told
