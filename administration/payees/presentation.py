"""Accounts as tables and facts of ready text."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from stdnum import iban

from administration import pages, proposing
from administration.proposing import State
from kelmu.formats import UNBROKEN, validity
from kelmu.tables import Column, Table
from organisations.models import Payee, Proposed

NOTHING = "–"
type Address = Callable[[Payee], str]


def table(payees: Iterable[Payee], on: date, address: Address) -> Table:
    """The accounts of an organisation: those that hold, those proposed and those that were."""
    return Table(
        caption=_("Payees"),
        columns=[
            Column(_("Payee")),
            Column(_("Account")),
            Column(_("Address")),
            Column(_("Time")),
            Column(_("State")),
        ],
        rows=[
            [
                format_html('<a class="ds-link" href="{}">{}</a>', address(one), one.name),
                account(one),
                postal_address(one),
                time(one),
                proposing.state_in_words(one, on),
            ]
            for one in payees
        ],
        empty=_("No account is known: Kela has nowhere to pay to."),
    )


def account(payee: Payee) -> str:
    """The account number in groups of four."""
    return grouped(payee.iban)


def grouped(number: str) -> str:
    """The same of a number alone; it does not break over two lines."""
    return str(iban.format(number, separator=UNBROKEN))


def postal_address(payee: Payee) -> str:
    """Street, postal code and post office in one line."""
    return f"{payee.street}, {payee.postal_code} {payee.post_office}".strip(", ") or NOTHING


def time(payee: Payee) -> str:
    """The days on which the account holds, or is proposed to."""
    return validity(payee.wanted if payee.validity is None else payee.validity) or NOTHING


def facts(payee: Payee) -> list[tuple[str, str]]:
    """An account, line by line."""
    return [
        (_("Payee"), payee.name),
        (_("Account number (IBAN)"), account(payee)),
        (_("Address"), postal_address(payee)),
        (_("Time"), time(payee)),
    ]


def now_and_then(payee: Any) -> Table:
    """What holds now beside what is proposed. `payee` comes from `queries.beside_now`."""
    replaced: Payee | None = payee.replaces
    before = facts(replaced) if replaced else _nothing(payee)
    return pages.now_and_then(before, facts(payee))


def _nothing(payee: Any) -> list[tuple[str, str]]:
    """Which accounts there are now, and stay."""
    number = facts(payee)[1][0]
    return [(label, now(payee) if label == number else NOTHING) for label, _value in facts(payee)]


def now(payee: Any) -> str:
    """Which account it replaces, or which there are besides. It comes from `queries.beside_now`."""
    if payee.replaces:
        return account(payee.replaces)
    others = ", ".join(grouped(one) for one in payee.now)
    return _("%(accounts)s, which stay") % {"accounts": others} if others else _("no account")


def is_current(payee: Payee, on: date) -> bool:
    """Whether it can be ended."""
    return proposing.state(payee, on) in {State.HOLDS, State.COMING}


def how_it_goes() -> str:
    """Who does what before an account holds."""
    return _(
        "One person proposes an account and another, of Kela, accepts it. Where the organisation "
        "has an account already, money would go elsewhere: then a third person first calls the "
        "organisation at a number known from before, and writes down what was said."
    )


def steps(payee: Payee, *, is_change: bool) -> list[tuple[str, str]]:
    """The way of an account to its acceptance, each step with who took it."""
    check = [(_("Checked by calling the organisation back"), _checked(payee))] if is_change else []
    told = proposing.history(payee)
    decided = " ".join(told[1:])
    if payee.decision == Proposed.Decision.WITHDRAWN:
        return [(_("Proposed"), told[0]), (_("Withdrawn"), decided)]
    return [
        (_("Proposed"), told[0]),
        *check,
        (_("Decided by Kela"), decided or _("waits: another person than the others decides")),
    ]


def _checked(payee: Payee) -> str:
    if payee.checked_at is None:
        return _("waits: somebody of Kela who did not propose it calls a number known from before")
    return _("%(name)s: %(note)s") % {"name": payee.checked_by_name, "note": payee.check_note}
