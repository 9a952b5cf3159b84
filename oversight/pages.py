"""What the pages that read the log share."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kelmu import clock
from kelmu.formats import moment
from oversight.reach import Reach

PAGES = [
    ("figures", _("Figures of use")),
    ("log", _("Log of use")),
    ("reviews", _("Acts to review")),
    ("detection", _("Detection")),
    ("report", _("Yearly report")),
]
OF_ALL = {"figures", "log", "reviews", "report"}  # what Kela reads of all organisations at once


def ask(
    request: HttpRequest, form: forms.Form, *, title: str, intro: str, button: str
) -> HttpResponse:
    """A question of Kela's people that is answered before anything of the log is seen."""
    context = {"form": form, "title": title, "intro": intro, "button": button}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oversight/ask.html", context, status=status)


def frame(reach: Reach, current: str) -> dict[str, Any]:
    """Whose log it is, and the other pages of it: none of one customer's, and detection only of one
    organisation's."""
    offered = PAGES if reach.organisation_id else [one for one in PAGES if one[0] in OF_ALL]
    shown = [] if reach.customer else offered
    return {
        "reach": reach,
        "pages": [
            {"url": reach.url(name), "label": label, "is_current": name == current}
            for name, label in shown
        ],
        "log_url": reach.url("log"),
        "made_at": moment(clock.now()),
    }
