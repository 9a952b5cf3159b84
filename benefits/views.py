"""Tab Etuudet: one customer's benefits, as far as the purpose opens them."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from authorizations.declarations import RightfulRequest, opens_tab, requires
from authorizations.refusals import Reason
from authorizations.rulebook import Tab
from benefits import presentation
from benefits.forms import FilterForm
from benefits.queries import customer_benefits
from customers import pages
from customers.queries import act_on, opening_of, printing_asked


@requires(opens_tab(Tab.BENEFITS), otherwise=Reason.PURPOSE_NOT_OPEN)
@require_safe
def benefits(request: RightfulRequest, opening_id: UUID) -> HttpResponse:
    opening = opening_of(request.right, opening_id)
    form = FilterForm(
        request.right.purpose(opening.purpose),
        request.GET,
        whole=printing_asked(request.GET),
    )
    act = act_on(request.right, opening, Tab.BENEFITS, request.GET, **form.filters.told())
    found = customer_benefits(act, form.filters, opening.previous_at)
    context = pages.context(act, found.person, opening, Tab.BENEFITS, request.GET)
    context |= presentation.context(found, act, form, opening.previous_at)
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "benefits/benefits.html", context, status=status)
