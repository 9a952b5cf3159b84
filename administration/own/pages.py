"""The pages of an organisation's own, and what stands on each of them."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from administration.own.deeds import Deed, may
from administration.pages import status_of
from authorizations.declarations import Need, RightfulRequest

# The name of each page's address, its label, and who sees it: those whom its view lets in.
PAGES: list[tuple[str, Promise, Need]] = [
    ("own_agreement", _("Agreement"), may(Deed.READ)),
    ("own_mandates", _("What employees see"), may(Deed.READ)),
    ("own_commissioning", _("Commissioning"), may(Deed.READ)),
    ("own_contacts", _("Contacts"), may(Deed.READ)),
    ("own_payees", _("Payees"), may(Deed.READ)),
    ("own_security", _("Data security"), may(Deed.READ)),
    ("own_instruction", _("Instruction to staff"), may(Deed.READ)),
    ("own_keys", _("Technical interface"), may(Deed.READ)),
    ("own_usage", _("Usage"), may(Deed.READ)),
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


def form_page(
    request: RightfulRequest, form: Form, *, heading: str, intro: str, back: str, button: str = ""
) -> HttpResponse:
    """A page of the organisation's own with a form by which it proposes or tells something."""
    context = frame(request) | {"form": form, "heading": heading, "intro": intro, "back": back}
    context["button"] = button or _("Propose")
    return render(request, "administration/own/form.html", context, status=status_of(form))
