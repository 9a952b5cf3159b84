"""Keys of the technical interface in words."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from administration.keys.queries import State, state
from administration.organisations.presentation import link
from audit.models import Entry
from kelmu.clock import HELSINKI
from kelmu.formats import day, moment
from kelmu.tables import Column, Table
from organisations.models import InterfaceKey
from organisations.models.keys import Fault

STATES: dict[State, str | Promise] = {
    State.WAITS: gettext_lazy("waits for Kela"),
    State.HOLDS: gettext_lazy("holds"),
    State.EXPIRED: pgettext_lazy("a key", "expired"),
    State.REVOKED: pgettext_lazy("a key", "revoked"),
}


def table(keys: Iterable[InterfaceKey], on: date, address: Callable[[InterfaceKey], str]) -> Table:
    """All keys, with where each is told more of."""
    return Table(
        caption=_("Keys of the technical interface"),
        columns=[
            Column(pgettext_lazy("of a key", "Name")),  # type: ignore[arg-type]
            Column(_("State")),
            Column(_("Registered")),
            Column(_("Last day")),
            Column(_("Last used")),
        ],
        rows=[
            [
                format_html('<a class="ds-link" href="{}">{}</a>', address(one), one.label),
                STATES[state(one, on)],
                day(one.registered_on),
                day(one.expires_on - timedelta(days=1)),
                _used(one),
            ]
            for one in keys
        ],
        empty=_("No key has been registered."),
    )


def waiting(some: Any) -> Table:
    """Those that wait for Kela."""
    return Table(
        caption=_("Keys of the technical interface"),
        columns=[Column(_("Registered")), Column(_("Organisation")), Column(_("By whom"))],
        rows=[
            [
                link("kela_key", one.label, one.organisation_id, one.pk),
                one.organisation.name,
                registered(one),
            ]
            for one in some.rows
        ],
        empty=_("No key waits."),
        of=some.of,
    )


def facts(key: InterfaceKey, on: date) -> list[tuple[str, str]]:
    """What is known of a key."""
    return [
        (_("State"), str(STATES[state(key, on)])),
        (_("Name for the system (kid)"), key.kid),
        (_("Algorithm"), key.algorithm),
        (_("Last day"), day(key.expires_on - timedelta(days=1))),
        (_("Last used"), _used(key)),
    ]


def history(key: InterfaceKey) -> list[str]:
    """Who did what with a key, in the order of time."""
    told = [registered(key)]
    if key.approved_by and key.approved_at:
        told.append(
            _("Approved by %(name)s of Kela on %(day)s.")
            % {"name": key.approved_by_name, "day": _day(key.approved_at)}
        )
    elif key.approved_at:
        told.append(_("Held at once, beside a key that Kela had approved."))
    if key.ended_at:
        told.append(
            _("Revoked by %(name)s on %(day)s.")
            % {"name": key.ended_by_name, "day": _day(key.ended_at)}
        )
    return told


def refused(entries: Iterable[Entry]) -> Table:
    """When a system got no token by a key, and why."""
    return Table(
        caption=_("Log-ins that were refused in the last seven days"),
        columns=[Column(_("When")), Column(_("Why"))],
        rows=[
            [moment(one.at.astimezone(HELSINKI)), str(Fault(one.details["reason"]).label)]
            for one in entries
        ],
        empty=_("No system that named this key was refused in the last seven days."),
    )


def registered(key: InterfaceKey) -> str:
    return _("Registered by %(name)s on %(day)s.") % {
        "name": key.registered_by_name,
        "day": _day(key.registered_at),
    }


def _used(key: InterfaceKey) -> str:
    return moment(key.last_used_at.astimezone(HELSINKI)) if key.last_used_at else _("never")


def _day(at: Any) -> str:
    return day(at.astimezone(HELSINKI).date())
