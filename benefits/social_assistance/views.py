"""Tab Perustoimeentulotuki: one customer's basic social assistance, as far as it is opened."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from authorizations.declarations import RightfulRequest, opens_tab, requires
from authorizations.refusals import Reason
from authorizations.rulebook import Tab
from benefits.social_assistance import presentation
from benefits.social_assistance.queries import customer_assistance
from customers import pages
from customers.queries import act_on, opening_of, person


@requires(opens_tab(Tab.SOCIAL_ASSISTANCE), otherwise=Reason.PURPOSE_NOT_OPEN)
@require_safe
def social_assistance(request: RightfulRequest, opening_id: UUID) -> HttpResponse:
    opening = opening_of(request.right, opening_id)
    act = act_on(request.right, opening, Tab.SOCIAL_ASSISTANCE, request.GET)
    context = pages.context(act, person(act), opening, Tab.SOCIAL_ASSISTANCE, request.GET)
    context |= presentation.context(customer_assistance(act), act)
    return render(request, "benefits/social_assistance/page.html", context)
