"""The pages of an organisation's own, and what stands on each of them."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from administration.own.deeds import Deed, may
from authorizations.declarations import Need, RightfulRequest

# The name of each page's address, its label, and who sees it: those whom its view lets in.
PAGES: list[tuple[str, Promise, Need]] = [
    ("own_agreement", _("Agreement"), may(Deed.READ)),
]


def frame(request: RightfulRequest) -> dict[str, Any]:
    """What every page of the organisation's own shows: whose it is, and the other pages."""
    return {
        "own": request.right.own_organisation,
        "pages": [
            {"label": label, "url": reverse(name), "current": request.path == reverse(name)}
            for name, label, need in PAGES
            if need(request.right)
        ],
    }
