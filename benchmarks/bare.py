"""What the product is measured against: bare Django views without session, rights and log. One runs
the customer page's queries and renders its template, one reads a payment demand by the same form
and inserts it, one tells a customer's benefits in JSON."""

import json
import os
import tempfile
from functools import cache
from typing import cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils import timezone

from audit import shown
from authorizations.declarations import RightfulRequest
from authorizations.door import Act
from authorizations.resolving import resolve
from authorizations.rights import Right
from authorizations.rulebook import Tab
from benchmarks import PURPOSE
from benefits import presentation
from benefits.forms import FilterForm
from benefits.queries import customer_benefits
from customers import pages
from customers.models import IdentityCode, Opening
from payment_demands.editing import Asked, form_of
from payment_demands.models import Demand
from payment_demands.words import Ground, State, Step
from technical_interface.customers import benefits_of
from technical_interface.right import of_call
from technical_interface.telling import told

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


def insert(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    request.right = right = right_of(request.COOKIES[settings.SESSION_COOKIE_NAME])  # type: ignore[attr-defined]  # the form reads it
    form = form_of(Asked(cast("RightfulRequest", request), Opening(), Ground.CLIENT_FEES, None))
    if not form.is_valid():
        raise SuspiciousOperation(form.errors)
    now = timezone.now()
    demand = Demand(
        id=form.cleaned_data["token"],
        organisation_id=right.acting_for.id,
        made_by_id=right.acting_for.id,
        customer_id=customer_id,
        state=State.REGISTERED,
        step=Step.REGISTER,
        version=1,
        registered_at=now,
        changed_at=now,
        changed_on=right.on,
        **form.terms.columns(),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # Whose rows may be written.
        organisation = str(right.acting_for.id)
        cursor.execute("SELECT set_config('kelmu.organisation', %s, true)", [organisation])
        demand.save(force_insert=True)
    return redirect("/")


def call(request: HttpRequest) -> HttpResponse:
    """Tells in JSON what a call of the technical interface does."""
    right = right_of_token(request.headers["Authorization"].removeprefix("Bearer "))
    code = json.loads(request.body)["hetu"]
    customer = IdentityCode.objects.values_list("customer_id", flat=True).get(code=code)
    purpose = right.purpose(PURPOSE)
    content = benefits_of(Act(UUID(int=0), right, purpose, customer), None)
    frame = {"purpose": PURPOSE, "on": right.on, "marker": timezone.now(), "withheld": []}
    return JsonResponse(told(frame | content))


@cache
def right_of_token(token: str) -> Right:
    """The same of a token."""
    return of_call(token, "u-1", "")


@cache
def right_of(session_key: str) -> Right:
    """The right that the page tells of. It is known before anything is measured."""
    request = HttpRequest()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = session_key
    return resolve(request)


def copy(request: HttpRequest) -> HttpResponse:
    """Takes a file as Django does by itself, and copies it to the disk."""
    file = cast("UploadedFile[bytes]", request.FILES["files"])
    with tempfile.TemporaryFile(dir=settings.DOCUMENTS_FOLDER) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    return HttpResponse("kept")


urlpatterns = [
    path("bare/upload/", copy),
    path("bare/call/", call),
    path("bare/<uuid:opening_id>/<uuid:customer_id>/", page),
    path("bare/<uuid:customer_id>/demands/", insert),
    path("", include("kelmu.urls")),  # the page's links lead there
]
