"""The yearly report of oversight: figures, reviews and findings on one page, to be printed."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.models import ActKind
from audit.queries import usage
from authorizations.declarations import RightfulRequest, oversees, requires
from kelmu.forms import YearForm
from oversight.figures import presentation as figures
from oversight.figures.queries import doers
from oversight.pages import frame
from oversight.reach import Reach, reach_of
from oversight.reviews import presentation, queries


@requires(oversees)
@require_safe
def report(request: RightfulRequest, inquiry_id: UUID | None = None) -> HttpResponse:
    """A year of an organisation, as a page or as it is printed."""
    reach = reach_of(request.right, inquiry_id).of_one()
    form = YearForm(request.GET if "year" in request.GET else {"year": request.right.on.year})
    printing = "print" in request.GET
    reach.write(
        ActKind.VIEW_YEARLY_REPORT, year=form.data["year"], **({"print": True} if printing else {})
    )
    is_valid = form.is_valid()
    context = frame(reach, "report") | {"form": form, "printing": printing}
    if is_valid:
        context |= _told(reach, form.cleaned_data["year"])
    status = HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "oversight/report.html", context, status=status)


def _told(reach: Reach, year: int) -> dict[str, Any]:
    first, last = date(year, 1, 1), date(year, 12, 1)
    uses = usage(first, last, reach.organisation_id)
    samples = list(queries.samples(reach, year))
    return {
        "year": year,
        "page_url": reach.url("report", query={"year": year}),
        "print_url": reach.url("report", query={"year": year, "print": 1}),
        "by_month": figures.by_month(uses, first, last),
        "by_person": figures.by_person(doers(reach, first, last)),
        "months": presentation.months(reach, samples, queries.counts(reach)),
        "findings": presentation.not_in_order(queries.not_in_order(reach, year)),
    }
