"""What the product is measured against: bare Django views without session, rights and log. One runs
the customer page's queries and renders its template, one inserts a payment demand as it is sent."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils import timezone

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
from kelmu import clock
from payment_demands.models import Demand
from payment_demands.words import Ground, State, Step

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
    told, now = request.POST, timezone.now()
    first, last = (date.fromisoformat(told[f"iso_{name}"]) for name in ("first", "last"))
    demand = Demand(
        id=UUID(told["token"]),
        organisation_id=int(told["organisation"]),
        made_by_id=int(told["organisation"]),
        customer_id=customer_id,
        ground=Ground.CLIENT_FEES,
        benefit_id=told["benefit"],
        municipality_id=told["municipality"],
        payee_id=int(told["payee"]),
        period=DateRange(first, last + timedelta(days=1)),
        recurrence=told["recurrence"],
        measure=told["measure"],
        amount=Decimal(told["amount"]),
        contact_name=told["contact_name"],
        contact_phone=told["contact_phone"],
        state=State.REGISTERED,
        step=Step.REGISTER,
        version=1,
        registered_at=now,
        changed_at=now,
        changed_on=clock.today(),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kelmu.organisation', %s, true)", [told["organisation"]]
        )  # whose rows may be written
        demand.save(force_insert=True)
    return redirect("/")


@cache
def right_of(session_key: str) -> Right:
    """The right that the page tells of. It is known before anything is measured."""
    request = HttpRequest()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = session_key
    return resolve(request)


urlpatterns = [
    path("bare/<uuid:opening_id>/<uuid:customer_id>/", page),
    path("bare/<uuid:customer_id>/demands/", insert),
    path("", include("kelmu.urls")),  # the page's links lead there
]
