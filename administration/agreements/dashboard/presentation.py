"""The start page of Kela's admins as ready text."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.agreements.dashboard.queries import Counted
from administration.agreements.enquiries import presentation as enquiries
from administration.agreements.presentation import lateness
from administration.agreements.queries import State
from administration.commissioning.presentation import waiting as in_commissioning
from administration.lists import Some
from administration.organisations.presentation import link
from audit import state
from intake.freshness import is_late
from intake.models import Delivery
from kelmu.dates import last_day
from kelmu.formats import day, moment, number
from kelmu.models import Announcement
from kelmu.tables import Column, Table, Text
from organisations.models import Organisation

NOTHING = "–"
KINDS = Organisation.Type


def states(counted: Counted, without: Mapping[str, int]) -> Table:
    """How many agreements stand where, by type of organisation; each number leads to them."""
    rows: list[list[Text]] = [
        [state.label, *(_cell(state, kind, counted.get((state, kind), 0)) for kind in KINDS)]
        for state in State
        if any(counted.get((state, kind)) for kind in KINDS)
    ]
    rows.append(
        [_("No agreement"), *(_number(without.get(kind, 0)) for kind in KINDS)],
    )
    return Table(
        caption=_("Agreements by state"),
        columns=[Column(_("State")), *(Column(str(kind.label), numeric=True) for kind in KINDS)],
        rows=rows,
        empty="",
    )


def _cell(state: State, kind: Organisation.Type, found: int) -> Text:
    if not found:
        return NOTHING
    address = reverse("kela_agreements", query={"state": state.value, "kind": kind.value})
    return _to(address, number(found))


def _number(found: int) -> str:
    return number(found) if found else NOTHING


def _to(address: str, label: str) -> SafeString:
    return format_html('<a class="ds-link" href="{}">{}</a>', address, label)


def late(some: Some, on: date) -> Table:
    """Who is late with what."""
    return Table(
        caption=_("Late"),
        columns=[
            Column(_("Organisation")),
            Column(_("Agreement")),
            Column(_("What is awaited")),
            Column(_("At the latest on")),
        ],
        rows=[
            [
                one.agreement.organisation.name,
                link("kela_agreement", one.agreement.number, one.agreement.pk),
                one.get_awaited_display(),
                day(one.due_on),
            ]
            for one in some.rows
        ],
        empty=_("Nothing is late."),
        marks=[lateness(one.due_on, on) for one in some.rows],
        of=some.of,
    )


def waiting(some: Some) -> Table:
    """Versions that another person is to approve."""
    return Table(
        caption=_("Versions that wait for approval"),
        columns=[
            Column(_("Organisation")),
            Column(_("Version")),
            Column(_("Day of effect")),
            Column(_("Prepared by")),
        ],
        rows=[
            [
                one.agreement.organisation.name,
                link("kela_version", f"{one.agreement.number}/{one.number}", one.pk),
                day(one.wanted.lower),
                one.proposed_by_name,
            ]
            for one in some.rows
        ],
        empty=_("No version waits for approval."),
        of=some.of,
    )


def lapsing(some: Some) -> Table:
    """Agreements that lapse unless they are renewed."""
    return Table(
        caption=_("Lapse soon unless they are renewed"),
        columns=[
            Column(_("Organisation")),
            Column(_("Agreement")),
            Column(_("Last day")),
            Column(_("Renewal")),
        ],
        rows=[
            [
                one.organisation.name,
                link("kela_agreement", one.number, one.pk),
                day(last_day(one.validity.upper) or one.validity.upper),
                one.renewal or _("not begun"),
            ]
            for one in some.rows
        ],
        empty=_("No agreement lapses soon."),
        of=some.of,
    )


def commissioning(some: Some, on: date) -> Table:
    """Who must act before the next days of use, and since when."""
    return in_commissioning(some.rows, on, start=1, of=some.of)


def unanswered(some: Some) -> Table:
    """Enquiries that wait for an answer."""
    return enquiries.table(some.rows, of=some.of, empty=_("No enquiry waits for an answer."))


ALARMS: Mapping[str, Text] = {
    state.ANCHORS_LATE: gettext_lazy(
        "The seals of the access log have not been put in safe keeping in time."
    ),
    state.ALTERED: gettext_lazy(
        "The access log is not as it was sealed. Follow the operations guide."
    ),
    state.NOT_VERIFIED: gettext_lazy("The access log has not been verified in time."),
}


def alarms(told: list[str], *, oversees: bool) -> list[Text]:
    """What somebody must act on at once; who oversees the log is led to what was found."""
    found = _to(reverse("log_findings"), _("What was found"))
    return [
        format_html("{} {}", ALARMS[one], found)
        if oversees and one == state.ALTERED
        else ALARMS[one]
        for one in told
    ]


def service(
    deliveries: Mapping[str, Delivery | None], breaks: list[Announcement]
) -> list[tuple[str, Text]]:
    """How the service is: the age of its data, and the breaks that come."""
    made = [one.batch.made_at for one in deliveries.values() if one]
    behind = [file for file, one in deliveries.items() if one is None or is_late(one.batch.made_at)]
    oldest = _("oldest data of %(moment)s") % {"moment": moment(min(made))} if made else ""
    state = _("late: %(files)s") % {"files": ", ".join(behind)} if behind else _("all in time")
    planned = "; ".join(one.when for one in breaks) or _("none planned")
    return [
        (_("Deliveries"), format_html("{} {}", _to(reverse("kela_feeds"), state), oldest)),
        (_("Service break"), _to(reverse("announcements"), planned)),
    ]
