"""What waits for Kela, as tables of ready text."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from administration.contacts import presentation as of_contacts
from administration.payees import presentation as of_payees
from administration.proposing import history
from kelmu.tables import Column, Table


def contacts(rows: Iterable[Any]) -> Table:
    """Contacts that wait: whom, instead of whom, and who proposed it."""
    return Table(
        caption=_("Contacts"),
        columns=[
            Column(_("Proposed")),
            Column(_("Organisation")),
            Column(_("Role")),
            Column(_("Now")),
            Column(_("Time")),
            Column(_("By whom")),
        ],
        rows=[
            [
                _link("kela_contact", one, one.name),
                one.organisation.name,
                one.get_role_display(),
                of_contacts.now(one),
                of_contacts.time(one),
                history(one)[0],
            ]
            for one in rows
        ],
        empty=_("No contact waits."),
    )


def payees(rows: Iterable[Any]) -> Table:
    """Accounts that wait: which, instead of which, who proposed it, and what is next."""
    return Table(
        caption=_("Payees"),
        columns=[
            Column(_("Proposed")),
            Column(_("Organisation")),
            Column(_("Account")),
            Column(_("Now")),
            Column(_("Time")),
            Column(_("By whom")),
            Column(_("Next")),
        ],
        rows=[
            [
                _link("kela_payee", one, one.name),
                one.organisation.name,
                of_payees.account(one),
                of_payees.now(one),
                of_payees.time(one),
                history(one)[0],
                _next(one),
            ]
            for one in rows
        ],
        empty=_("No account waits."),
    )


def _next(payee: Any) -> str:
    is_change = bool(payee.replaces_id or payee.now)
    if is_change and not payee.checked_at:
        return _("a call back")
    return _("a decision")


def _link(page: str, one: Any, label: str) -> SafeString:
    address = reverse(page, args=[one.organisation_id, one.pk])
    return format_html('<a class="ds-link" href="{}">{}</a>', address, label)
