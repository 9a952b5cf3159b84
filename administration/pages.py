"""What the pages of Kela's admins and of the organisations' own share."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest
from kelmu.tables import Column, Table

type Facts = Sequence[tuple[str, str]]


def looked(request: RightfulRequest, act: ActKind, **details: Any) -> None:
    """Writes that one of Kela's looks at a page that is of no single organisation."""
    log.write(log.Row(act=act, details=details, **door.who(request.right)))


def typed(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form of a page; None when the page is opened."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, *, title: str, button: str, back: str, intro: str = ""
) -> HttpResponse:
    """A page with one form on it: 422 when something in it is to be corrected."""
    context = {"form": form, "title": title, "button": button, "back": back, "intro": intro}
    return render(request, "administration/form.html", context, status=status_of(form))


def status_of(form: forms.Form) -> HTTPStatus:
    """Whether what was typed can be taken."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def taken[T](form: forms.Form, write: Callable[[], T]) -> T | None:
    """What a service answers to a form; None if something in it is to be corrected, as it says."""
    if not form.is_valid():
        return None
    try:
        return write()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def now_and_then(before: Facts, after: Facts) -> Table:
    """What holds now beside what is proposed, line by line."""
    return Table(
        caption=_("What would change"),
        columns=[Column(_("Data")), Column(_("Now")), Column(_("Proposed"))],
        rows=[[label, old, new] for (label, old), (_same, new) in zip(before, after, strict=True)],
        empty="",
    )
