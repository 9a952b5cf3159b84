"""What waits for Kela, as tables of ready text; of many the oldest, with the number of all."""

from typing import Any

from django.utils.translation import gettext as _

from administration.contacts import presentation as of_contacts
from administration.lists import Some
from administration.organisations.presentation import link
from administration.payees import presentation as of_payees
from administration.proposing import history
from kelmu.formats import validity
from kelmu.tables import Column, Table


def contacts(some: Some) -> Table:
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
                link("kela_contact", one.name, one.organisation_id, one.pk),
                one.organisation.name,
                one.get_role_display(),
                of_contacts.now(one),
                of_contacts.time(one),
                history(one)[0],
            ]
            for one in some.rows
        ],
        empty=_("No contact waits."),
        of=some.of,
    )


def payees(some: Some) -> Table:
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
                link("kela_payee", one.name, one.organisation_id, one.pk),
                one.organisation.name,
                of_payees.account(one),
                of_payees.now(one),
                of_payees.time(one),
                history(one)[0],
                _next(one),
            ]
            for one in some.rows
        ],
        empty=_("No account waits."),
        of=some.of,
    )


def versions(some: Some) -> Table:
    """Versions of agreements that wait; their own pages tell what each would change."""
    return Table(
        caption=_("Versions of agreements"),
        columns=[
            Column(_("Proposed")),
            Column(_("Organisation")),
            Column(_("Time")),
            Column(_("By whom")),
        ],
        rows=[
            [
                link("kela_version", f"{one.agreement.number}/{one.number}", one.pk),
                one.agreement.organisation.name,
                validity(one.wanted),
                history(one)[0],
            ]
            for one in some.rows
        ],
        empty=_("No version of an agreement waits."),
        of=some.of,
    )


def _next(payee: Any) -> str:
    is_change = bool(payee.replaces_id or payee.now)
    if is_change and not payee.checked_at:
        return _("a call back")
    return _("a decision")
