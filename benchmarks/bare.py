"""What the customer page is measured against: a bare Django view that runs the same queries and
renders the same template, without session, rights and log."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from audit import shown
from authorizations.door import Act
from authorizations.rights import Right, resolve
from authorizations.rulebook import Tab
from benchmarks import PURPOSE
from benefits import presentation
from benefits.forms import FilterForm
from benefits.queries import customer_benefits
from customers import pages
from customers.models import Opening

shown.NOTE = "NULL"  # it notes nothing in the log


def page(request: HttpRequest, opening_id: UUID, customer_id: UUID) -> HttpResponse:
    request.right = right = right_of(request.COOKIES[settings.SESSION_COOKIE_NAME])  # type: ignore[attr-defined]  # the template's frame reads it
    opening = Opening(pk=opening_id, customer_id=customer_id, purpose=PURPOSE)
    act = Act(opening_id, right, right.purpose(PURPOSE), customer_id)
    form = FilterForm(act.purpose, request.GET)
    found = customer_benefits(act, form.filters)
    context = pages.context(act, found.person, opening, Tab.BENEFITS, request.GET)
    context |= presentation.context(found, act, form, None)
    return render(request, "benefits/benefits.html", context)


@cache
def right_of(session_key: str) -> Right:
    """The right that the page tells of. It is known before anything is measured."""
    request = HttpRequest()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = session_key
    return resolve(request)


urlpatterns = [
    path("bare/<uuid:opening_id>/<uuid:customer_id>/", page),
    path("", include("kelmu.urls")),  # the page's links lead there
]
