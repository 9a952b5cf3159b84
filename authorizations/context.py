"""What the frame of every page says of the right of its reader."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authorizations.declarations import (
    holds_office,
    official,
    oversees_at_kela,
    reviews_access,
    serves_customers_at_kela,
    supervises,
)
from authorizations.explaining.speech import said
from authorizations.rights import Right
from authorizations.rulebook import Action, Tab
from kelmu import guides
from kelmu.formats import day

FURTHER = {  # what pages lead to that does not stand below their address
    "kela_agreements": ("/kela/enquiries/", "/kela/bulk/", "/kela/versions/"),
    "kela_organisations": ("/kela/register-change/",),
    "kela_oversight": ("/oversight/", "/kela/log-findings/"),
}

KELA_PAGES = [  # a line for each page of Kela's admins
    ("kela_start", gettext_lazy("Overview")),
    ("kela_agreements", gettext_lazy("Agreements")),
    ("kela_commissioning", gettext_lazy("Commissionings")),
    ("kela_organisations", gettext_lazy("Organisations")),
    ("kela_waiting", gettext_lazy("To be decided")),
    ("kela_feeds", gettext_lazy("Deliveries")),
    ("announcements", gettext_lazy("Breaks and news")),
    ("usage_figures", gettext_lazy("Usage figures")),
    ("feedback", gettext_lazy("Feedback")),
    ("reference", gettext_lazy("Reference data")),
    ("kela_transferred_demands", gettext_lazy("Demands handed over")),
    ("kela_errands", gettext_lazy("Documents under way")),
]


DEMANDS = Action.PAYMENT_DEMANDS


def right(request: HttpRequest) -> dict[str, Any]:
    """The right, what it opens in the header, and the seconds until the session ends."""
    resolved: Right | None = getattr(request, "right", None)
    if resolved is None:
        return {"right": None}
    pages = _pages(resolved)
    current = _current(request.path, [name for name, _label in pages])
    return {
        "right": resolved,
        "navigation": [
            {"label": label, "url": reverse(name), "current": name == current}
            for name, label in pages
        ],
        "session_seconds_left": resolved.seconds_left,
        "guide": _guide(resolved),
        "previewed": _previewed(resolved) if resolved.preview else None,
    }


def _previewed(right: Right) -> dict[str, Any]:
    """What the strip above a previewed page says."""
    return {
        "mandates": [said(mandate) for mandate in right.mandates],
        "day": day(right.on),
    }


def _guide(right: Right) -> str:
    """Which user guide is theirs; none of Kela's own people."""
    if right.organisation is None:
        return ""
    by_role = [role for role in right.roles if role in guides.GUIDES]
    if by_role and not right.by_mandate:
        return by_role[0]
    of_type = right.organisation.type.value
    return of_type if of_type in guides.GUIDES else "other_authority"


def _pages(right: Right) -> list[tuple[str, str]]:
    if right.kela_groups:
        desk = [("kela_payment_demands", _("Payment demands to answer"))]
        desk += [("kela_documents", _("Documents to answer"))]
        desk += [("kela_customer_report", _("Who has looked"))]
        answers = desk if serves_customers_at_kela(right) else []
        log = [("kela_oversight", _("Oversight of use"))] if oversees_at_kela(right) else []
        return [*((name, str(label)) for name, label in KELA_PAGES), *answers, *log]
    start = [("start", _("Start"))] if right.by_mandate else []
    forwards = right.purposes_with(Tab.FORWARDED_NOTIFICATIONS)
    forwarded = [("notifications", _("Notifications forwarded by Kela"))] if forwards else []
    demands = [("payment_demands", _("Payment demands"))] if right.can(DEMANDS) else []
    sends = right.purposes_for(Action.SEND_DOCUMENT)
    documents = [("documents", _("Documents"))] if sends else []
    review = [("access_review", _("Access review"))] if reviews_access(right) else []
    watch = [("oversight_figures", _("Oversight of use"))] if supervises(right) else []
    own = [("own_agreement", _("Agreement"))] if holds_office(right) else []
    mine = [("my_rights", _("My rights"))] if official(right) else []
    return [*start, *forwarded, *demands, *documents, *review, *watch, *own, *mine]


def _current(path: str, names: Iterable[str]) -> str:
    """Of the pages in the header, the one where the reader is or through which they came there."""
    above = [
        (len(address), name)
        for name in names
        for address in (reverse(name), *FURTHER.get(name, ()))
        if path.startswith(address) and (name != "kela_start" or path == address)
    ]
    return max(above, default=(0, ""))[1]
