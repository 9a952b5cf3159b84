"""Kela's service desk makes for a customer a report of who has looked at their data."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import ActKind
from authorizations.declarations import RightfulRequest, requires, serves_customers_at_kela
from authorizations.refusals import Reason, Refused
from kelmu import clock
from kelmu.formats import day
from kelmu.languages import page_language
from oversight import pages
from oversight.customer_report import presentation, queries
from oversight.forms import ReportForm
from oversight.log.presentation import customer as told_customer
from oversight.log.queries import customer_of
from oversight.reach import Reach, inquired
from oversight.services import inquire

LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]


@requires(serves_customers_at_kela)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: RightfulRequest) -> HttpResponseBase:
    """For whom a report is made, and on what request."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return pages.ask(
            request,
            form,
            title=_("Who has looked at a customer’s data"),
            intro=_(
                "A report for the customer from the log: days, organisations, purposes and laws. "
                "It names no employee. Making it is recorded with the reason."
            ),
            button=_("Make the report"),
        )
    inquiry = inquire(request.right, organisation_id=None, **form.cleaned_data)
    return redirect("customer_report", inquiry.pk)


@requires(serves_customers_at_kela)
@require_safe
def report(request: RightfulRequest, inquiry_id: UUID) -> HttpResponse:
    """The report, as a page or as it is printed, in the language of the page."""
    reach = inquired(request.right, inquiry_id)
    if reach.customer is None:
        raise Refused(Reason.NOT_YOUR_INQUIRY)
    printing = "print" in request.GET
    asked = reach.write(
        ActKind.REPORT_TO_CUSTOMER, [reach.customer], **({"print": True} if printing else {})
    )
    context = _told(reach, asked) | {"printing": printing} | _addresses(inquiry_id)
    return render(request, "oversight/customer_report.html", context)


def _told(reach: Reach, asked: UUID) -> dict[str, Any]:
    looks = queries.looks(asked)
    person = customer_of(reach.customer, reach) if reach.customer else None
    return {
        "customer": told_customer(person),
        "on": day(clock.today()),
        "by_receiver": presentation.by_receiver(looks),
        "each": presentation.each(looks),
    }


def _addresses(inquiry_id: UUID) -> dict[str, Any]:
    page = reverse("customer_report", args=[inquiry_id])
    languages = [(code, name, f"{page}?lang={code}") for code, name in LANGUAGES]
    shown = f"{page}?lang={page_language()}"
    return {"languages_of_report": languages, "page_url": shown, "print_url": f"{shown}&print=1"}
