"""The yearly report of oversight: figures, reviews and findings on one page, to be printed."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.models import ActKind
from audit.queries import Use, usage
from authorizations.declarations import RightfulRequest, oversees, requires
from kelmu.forms import YearForm
from organisations.models import Organisation
from oversight.figures import presentation as figures
from oversight.figures.queries import doers
from oversight.pages import frame
from oversight.reach import Reach, reach_of
from oversight.reviews import presentation, queries


@requires(oversees)
@require_safe
def report(request: RightfulRequest, inquiry_id: UUID | None = None) -> HttpResponse:
    """A year of an organisation or of all, as a page or as it is printed."""
    reach = reach_of(request.right, inquiry_id).of_everybody()
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
    return {
        "year": year,
        "page_url": reach.url("report", query={"year": year}),
        "print_url": reach.url("report", query={"year": year, "print": 1}),
        "by_month": figures.by_month(uses, first, last),
        "findings": presentation.not_in_order(queries.not_in_order(reach, year)),
    } | (_of_one(reach, year) if reach.organisation_id else _of_all(reach, year, uses))


def _of_one(reach: Reach, year: int) -> dict[str, Any]:
    people = doers(reach, date(year, 1, 1), date(year, 12, 1))
    samples = list(queries.samples(reach, year))
    return {
        "by_whom": figures.by_person(people)["table"],
        "reviews": presentation.months(reach, samples, queries.counts(reach)),
    }


def _of_all(reach: Reach, year: int, uses: Sequence[Use]) -> dict[str, Any]:
    names = [(one.pk, one.name) for one in Organisation.objects.all()]
    return {
        "by_whom": figures.by_organisation(uses, names)["table"],
        "reviews": presentation.organisations(queries.counts_by_organisation(reach, year)),
    }
