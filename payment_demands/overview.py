"""The organisation's demands over all customers: what needs attention first, sums, a file."""

import csv
import io
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit.models import ActKind
from authorizations import rulebook
from authorizations.declarations import RightfulRequest
from authorizations.refusals import MandatesTooOld
from benefits.reference import benefits
from customers import pages
from customers.services import open_known_for_action
from customers.views import by_suomifi, go
from kelmu.formats import amount
from kelmu.spreadsheets import BYTE_ORDER_MARK, SEPARATOR, harmless
from payment_demands import attention, presentation, queries
from payment_demands.forms import OverviewForm
from payment_demands.models import Demand
from payment_demands.section import DEMANDS, demanding
from payment_demands.terms import Terms

ON_A_PAGE = 50
COLUMNS = ("customer", "benefit", "law", "period", "how_much", "state", "payee", "handler")


@demanding
@require_safe
def overview(request: RightfulRequest) -> HttpResponse:
    """A page of the list; the people on it stand in the log, each."""
    form = OverviewForm(request.right, request.GET)
    rows = attention.demands(request.right, form.filters)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    attention.look(request.right, ActKind.VIEW_DEMANDS, shown, form.filters)
    asked = {name: value for name, value in request.GET.items() if name != "page" and value}
    context = {
        "form": form,
        "page": page,
        "demands": [_row(one, request) for one in shown],
        "sums": [(label, amount(euros)) for label, euros in attention.sums(rows)],
        "narrowed": bool(asked),
        "asked": f"{urlencode(asked)}&" if asked else "",
        "csv_url": f"{reverse('payment_demands_csv')}?{urlencode(asked)}",
        "printed_by": pages.printed_by(request.right, rulebook.load().name(DEMANDS)),
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "payment_demands/overview.html", context, status=status)


@demanding
@require_safe
def download(request: RightfulRequest) -> HttpResponse:
    """The whole list as a file for a spreadsheet."""
    form = OverviewForm(request.right, request.GET)
    rows = list(attention.demands(request.right, form.filters))
    attention.look(request.right, ActKind.DOWNLOAD_DEMANDS, rows, form.filters)
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=SEPARATOR)
    writer.writerow(_headings())
    for one in rows:
        told = _row(one, request)
        cells = [*(told[name] for name in COLUMNS), ", ".join(told["attention"])]
        writer.writerow([harmless(str(cell)) for cell in cells])
    name = f"kelmu-payment-demands-{request.right.on.isoformat()}.csv"
    return HttpResponse(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@demanding
@require_POST
def open_demand(request: RightfulRequest, demand_id: UUID) -> HttpResponseBase:
    """From the list to a demand: its customer is opened, by the same checks as a search."""
    customer = queries.customer_of(request.right, demand_id)
    try:
        opening = open_known_for_action(request.right, DEMANDS, customer)
    except MandatesTooOld:
        return by_suomifi(request)
    return go(request, reverse("payment_demand", args=[opening.pk, demand_id]))


def _headings() -> list[str]:
    return [
        _("Customer"),
        _("Benefit"),
        _("Law"),
        _("Period"),
        _("How much"),
        _("State"),
        _("Account"),
        _("Handler"),
        _("Attention"),
    ]


def _row(demand: Demand, request: RightfulRequest) -> dict[str, Any]:
    customer = demand.customer
    own = (
        customer.pk == request.right.subject
    )  # nobody reads their own matter, not in a list either
    name = f"{customer.family_name}, {customer.given_names}"
    return {
        "id": demand.pk,
        "customer": _("your own matter") if own else name,
        "own": own,
        "protected": customer.protected,
        "benefit": benefits()[demand.benefit_id].title,
        "law": presentation.law_of(demand.ground),
        "period": presentation.span(demand.period),
        "how_much": presentation.how_much(Terms.of(demand)),
        "state": presentation.state_of(demand),
        "payee": demand.payee.name,
        "handler": demand.handler_name or presentation.NOTHING,
        "attention": [str(sign.label) for sign in attention.signs_of(demand)],
    }
