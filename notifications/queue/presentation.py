"""The queue and its notifications as ready text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from authorizations import rulebook
from authorizations.queries import cited, spoken
from authorizations.rulebook import NotificationType
from intake.freshness import ages, is_late, read_ages
from kelmu import clock
from kelmu.clock import HELSINKI
from kelmu.dates import last_day
from kelmu.formats import amount, day, moment, number, period
from kelmu.tables import Column
from notifications.choosing import menu
from notifications.models import Attachment, Event, Handling, Notification
from notifications.queue.filters import PAGE_SIZE, QueueForm, Sort
from notifications.queue.queries import Desk, Opened, QueuePage, Shown
from notifications.queue.scope import MOST_COUNTED, oldest
from notifications.words import OPEN_STATES, EventKind, Need, Outcome, State

NOTHING = "–"
FILE = "notifications.csv"


@dataclass(frozen=True, slots=True)
class Where:
    """The queue that a page belongs to and, in its query, the place in it, which is kept."""

    desk: Desk
    query: dict[str, str]

    def url(self, name: str = "queue", *more: object, **changed: str) -> str:
        """An address of the queue or of one of its notifications, with the place kept."""
        arguments = [self.desk.purpose.purpose.value, self.desk.place.code, *more]
        query = {key: value for key, value in (self.query | changed).items() if value}
        return reverse(name, args=arguments) + (f"?{urlencode(query)}" if query else "")


def desk(at: Desk) -> dict[str, Any]:
    """What stands above the queue and above each notification."""
    told = ages([FILE]).values_list("told", flat=True)
    made_at = read_ages(told).get(FILE)
    return {
        "purpose": {
            "slug": at.purpose.purpose.value,
            "name": spoken(at.purpose.name),
            "laws": [cited(law) for law in at.purpose.law],
        },
        "place": at.place,
        "data_age": moment(made_at) if made_at else _("unknown"),
        "is_late": made_at is not None and is_late(made_at),
    }


def queue(found: QueuePage, at: Desk, form: QueueForm) -> dict[str, Any]:
    """The page of the queue."""
    where = Where(at, found.narrowing.told)
    return desk(at) | {
        "form": form,
        "rows": [row(one, found.customers, where) for one in found.handlings],
        "columns": _columns(found.narrowing.sort, where),
        "count": _count(found),
        "narrowed": bool(found.narrowing.told.keys() - {"sort", "page"}),
        "pages": _pages(found, where),
        "many_url": where.url("queue_many"),
        "municipalities": menu.menu(at.right, at.purpose).municipalities,
        "type": found.narrowing.told.get("type", menu.ALL_TYPES),
        "since": _since(at),
        "printed_by": printed_by(at),
    }


def _since(at: Desk) -> str:
    """From when on notifications are shown; empty where there is no limit."""
    first = oldest(at.right, at.purpose)
    if first == date.min:
        return ""
    return _("Notifications forwarded since %(day)s are shown.") % {"day": day(first)}


def row(handling: Handling, customers: dict[Any, Shown], where: Where) -> dict[str, Any]:
    """A notification as the queue shows it. One that was transferred, and one about oneself, opens
    nowhere and says why."""
    right = where.desk.right
    shown = customers.get(handling.customer_id)
    told = {
        "id": handling.pk,
        "value": f"{handling.pk}.{handling.version}",
        "arrived": moment(handling.arrived_at),
        "state": handling.get_state_display(),
        "handler": handling.handler_name,
        "type": type_name(handling.type),
        "urgent": handling.is_urgent,
        "waited": _waited(handling),
    }
    if handling.state == State.TRANSFERRED:
        return told | {"closed": transferred(handling), "urgent": False}
    if handling.customer_id == right.subject:
        closed = _("Concerns yourself: give it to a colleague through your supervisor.")
        return told | {"closed": closed, "type": NOTHING, "urgent": False, "waited": ""}
    return told | {
        "customer": shown.name if shown else "",
        "protected": shown.protected if shown else False,
        "url": where.url("notification", handling.pk),
    }


def notification(found: Opened, at: Desk, where: Where) -> dict[str, Any]:
    """One notification with its history and its attachments."""
    handling, told = found.handling, found.notification
    shown = {found.act.customer: Shown(found.customer.name, found.customer.protected)}
    return desk(at) | {
        "row": row(handling, shown, where),
        "columns": _columns(Sort.URGENT, where),
        "customer": found.customer,
        "handling": handling,
        "is_open": handling.state in OPEN_STATES,
        "is_mine": handling.handler == at.right.subject,
        "state": _state(handling),
        "waited": _waited(handling),
        "facts": list(_facts(told, found.customer.protected)),
        "text": told.text,
        "unit": f"{told.unit_name}, {told.unit_phone}",
        "attachments": [_attachment(one, handling, where) for one in found.attachments],
        "zip_url": where.url("attachments", handling.pk),
        "events": [event(one) for one in found.events],
        "back_url": where.url(),
        "urls": {
            name: where.url(f"notification_{name}", handling.pk)
            for name in ("change", "transfer", "answer", "customer")
        },
        "printed_by": printed_by(at),
    }


def type_name(slug: str) -> str:
    return spoken(rulebook.load().name(NotificationType(slug)))


def event(one: Event) -> str:
    """A line of the history: 28.11.2026 at 9:12, Aino Virkailija, Pirkanmaa: handled."""
    return _("%(moment)s, %(name)s, %(organisation)s: %(what)s") % {
        "moment": moment(one.at),
        "name": one.actor_name,
        "organisation": one.organisation.name,
        "what": _what(one),
    }


def printed_by(at: Desk) -> str:
    """Who, for whom and when, for the foot of a printed page."""
    return ", ".join([at.right.user_name, at.right.organisation_name, moment(clock.shown_moment())])


def _what(one: Event) -> str:
    label = str(EventKind(one.kind).label)
    if one.kind == EventKind.TRANSFERRED and one.came_from:
        told = {"what": label, "from": one.came_from.name, "reason": one.text}
        return _("%(what)s, from %(from)s: %(reason)s") % told
    if one.kind == EventKind.ANSWERED:
        outcome, _blank, line = one.text.partition(" ")
        return ". ".join(filter(None, [f"{label}: {Outcome(outcome).label}", line]))
    return f"{label}: {one.text}" if one.text else label


def _state(handling: Handling) -> str:
    label = str(State(handling.state).label)
    when = handling.ended_at if handling.state == State.HANDLED else handling.taken_at
    if not handling.handler or not when:
        return label
    return f"{label}, {handling.handler_name}, {moment(when)}"


def _waited(handling: Handling) -> str:
    """How long an open one has waited, if that is too long."""
    days = (clock.shown_day() - handling.arrived_at.astimezone(HELSINKI).date()).days
    urgent, other = settings.NOTIFICATION_WAITS
    if handling.state not in OPEN_STATES or days <= (urgent if handling.is_urgent else other):
        return ""
    return ngettext("has waited %(days)s day", "has waited %(days)s days", days) % {"days": days}


def transferred(handling: Handling) -> str:
    to = handling.transferred_to
    told = {
        "municipality": to.name if to else "",
        "day": day((handling.ended_at or handling.arrived_at).astimezone(HELSINKI).date()),
        "reason": handling.transfer_reason,
    }
    return _("Transferred to %(municipality)s on %(day)s: %(reason)s") % told


def _facts(told: Notification, protected: bool) -> Iterable[tuple[str, str]]:
    """What Kela tells, by name; nothing of where somebody under non-disclosure is reached."""
    yield _("Forwarded"), moment(told.arrived_at)
    if told.assistance:
        yield _("Applied for"), str(told.get_assistance_display())
        yield _("What for"), told.applied_for
    if told.amount is not None:
        yield _("Amount"), amount(told.amount)
    if told.reduction is not None:
        yield _("Reduction of the basic amount"), f"{told.reduction} %"
        yield _("Ground"), str(told.get_reduction_ground_display())
    if told.period:
        yield _("Period"), period(told.period.lower, last_day(told.period.upper))
    if told.decided_on:
        yield _("Kela’s decision"), day(told.decided_on)
    if told.needs:
        yield _("Why"), ", ".join(str(Need(need).label) for need in told.needs)
    if told.phone and not protected:
        yield _("Customer’s phone"), told.phone


def _attachment(one: Attachment, handling: Handling, where: Where) -> dict[str, str]:
    address = where.desk.purpose.purpose.value, where.desk.place.code, handling.pk, one.pk
    url = reverse("attachment", args=address)
    kilobytes = number(max(1, one.size // 1024))
    return {
        "name": one.name,
        "size": f"{one.get_type_display()}, {kilobytes} kB",
        "url": url,
        "save_url": f"{url}?save=1",
    }


def _columns(sort: Sort, where: Where) -> list[Column]:
    return [
        Column(_("Customer")),
        _sorted(_("Arrived"), sort, where, Sort.ARRIVED, Sort.NEWEST),
        _sorted(_("Type"), sort, where, Sort.TYPE),
        _sorted(_("Urgency"), sort, where, Sort.URGENT),
        Column(_("State")),
        _sorted(_("Handler"), sort, where, Sort.HANDLER),
    ]


def _sorted(label: str, current: Sort, where: Where, up: Sort, down: Sort | None = None) -> Column:
    """A heading that sorts by its column, the other way round where it does already."""
    following = down if down and current is up else up
    order = {up: "ascending", down: "descending"}.get(current, "")
    return Column(label, url=where.url(sort=following.value, page=""), order=order)


def _count(found: QueuePage) -> str:
    start = (found.narrowing.page - 1) * PAGE_SIZE
    over = found.found >= MOST_COUNTED
    total = _("over %(number)s") % {"number": number(MOST_COUNTED - 1)} if over else found.found
    return f"{start + 1}–{start + len(found.handlings)} / {total}" if found.handlings else ""


def _pages(found: QueuePage, where: Where) -> dict[str, str]:
    page = found.narrowing.page
    before = where.url(page=str(page - 1) if page > 2 else "") if page > 1 else ""
    after = where.url(page=str(page + 1)) if found.has_next else ""
    return {"number": str(page), "before": before, "after": after}
