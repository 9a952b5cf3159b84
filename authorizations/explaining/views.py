"""What a mandate grants: public pages, each with its JSON beside it; and one's own rights."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from authorizations.declarations import RightfulRequest, official, requires
from authorizations.explaining import answers, facts, mine, pages
from authorizations.explaining.answers import Answer
from authorizations.explaining.forms import Compared, Needed, OfType, OnDay, Opened
from kelmu.declarations import public


@dataclass(frozen=True)
class Page:
    """A question, its answer and how the answer is shown. `name` is of its address and template."""

    name: str
    label: str | Promise
    question: type[forms.Form]
    answer: Callable[..., Answer]
    shown: Callable[[Answer], dict[str, Any]]


MATRIX = Page("granting", _("All mandates"), OnDay, answers.matrix, pages.matrix)
OPENED = Page("granting_opened", _("Chosen mandates"), Opened, answers.opened, pages.opened)
NEEDED = Page("granting_needed", _("Which do I need?"), Needed, answers.needed, pages.needed)
COMPARED = Page("granting_compared", _("What changes"), Compared, answers.compared, pages.compared)
GROUNDS = Page("granting_grounds", _("By law"), OfType, answers.grounds, pages.grounds)
PAGES = (MATRIX, OPENED, NEEDED, COMPARED, GROUNDS)


@public
@require_safe
def matrix(request: HttpRequest, *, as_json: bool = False) -> HttpResponse:
    """Every mandate in every type of organisation on a day."""
    return _answer(request, MATRIX, as_json=as_json)


@public
@require_safe
def opened(request: HttpRequest, *, as_json: bool = False) -> HttpResponse:
    """What chosen mandates open in a type of organisation on a day."""
    return _answer(request, OPENED, as_json=as_json)


@public
@require_safe
def compared(request: HttpRequest, *, as_json: bool = False) -> HttpResponse:
    """Two days side by side."""
    return _answer(request, COMPARED, as_json=as_json)


@public
@require_safe
def needed(request: HttpRequest, *, as_json: bool = False) -> HttpResponse:
    """To see something, which mandate?"""
    return _answer(request, NEEDED, as_json=as_json)


@public
@require_safe
def grounds(request: HttpRequest, *, as_json: bool = False) -> HttpResponse:
    """Laws of a type of organisation, and what rests on each."""
    return _answer(request, GROUNDS, as_json=as_json)


@requires(official)
@require_safe
def my_rights(request: RightfulRequest) -> HttpResponse:
    """What one has now, by which mandate and agreement, and what one lacks."""
    return render(request, "authorizations/my_rights.html", mine.my_rights(request.right))


def _answer(request: HttpRequest, page: Page, *, as_json: bool) -> HttpResponse:
    form = page.question(request.GET)
    if as_json:
        return _json(form, page)
    if form.is_valid():
        context = page.shown(page.answer(**form.cleaned_data)) | {"answered": True}
        return _render(request, page, form, HTTPStatus.OK, **context)
    if any(name in request.GET for name in form.fields):
        return _render(request, page, form, HTTPStatus.BAD_REQUEST)
    return _render(request, page, page.question(), HTTPStatus.OK)


def _json(form: forms.Form, page: Page) -> HttpResponse:
    if not form.is_valid():
        errors = {field: list(messages) for field, messages in form.errors.items()}
        return JsonResponse({"errors": errors}, status=HTTPStatus.BAD_REQUEST)
    found = page.answer(**form.cleaned_data) | {"names": facts.names()}
    return JsonResponse(found, encoder=facts.Encoder)


def _render(
    request: HttpRequest, page: Page, form: forms.Form, status: HTTPStatus, **context: Any
) -> HttpResponse:
    """The question with its answer, the address of the JSON, and the page's own, to which a change
    of language returns."""
    asked = request.GET.copy()
    asked.pop("lang", None)
    query = f"?{asked.urlencode()}" if asked else ""
    context |= {
        "form": form,
        "here": f"{request.path}{query}",
        "json_url": f"{request.path.removesuffix('/')}.json{query}",
        "pages": [
            {"label": one.label, "url": reverse(one.name), "current": one is page} for one in PAGES
        ],
    }
    return render(request, f"authorizations/{page.name}.html", context, status=status)
