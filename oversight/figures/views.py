"""How much the organisation uses Kelmu, for whom that is to be watched over."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.models import ActKind
from audit.queries import usage
from authorizations.declarations import RightfulRequest, oversees, requires
from organisations.models import Organisation
from oversight.figures import presentation, queries
from oversight.figures.forms import PeriodForm
from oversight.pages import frame
from oversight.reach import Reach, reach_of


@requires(oversees)
@require_safe
def figures(request: RightfulRequest, inquiry_id: UUID | None = None) -> HttpResponse:
    """The figures of a year or a month: by month, purpose and person, or organisation."""
    reach = reach_of(request.right, inquiry_id)
    on = request.right.on
    form = PeriodForm(request.GET if "year" in request.GET else {"year": on.year, "month": ""})
    reach.write(ActKind.VIEW_USE, **{name: form.data.get(name) or "" for name in form.fields})
    is_valid = form.is_valid()
    context = frame(reach, "figures") | {"form": form}
    if is_valid:
        context |= _drawn(reach, form)
    status = HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "oversight/figures.html", context, status=status)


def _drawn(reach: Reach, form: PeriodForm) -> dict[str, Any]:
    first, last = form.months
    uses = usage(first, last, reach.organisation_id)
    drawn = {
        "by_month": presentation.by_month(uses, first, last),
        "by_purpose": presentation.by_purpose(uses),
    }
    if reach.organisation_id is None:
        names = [(one.pk, one.name) for one in Organisation.objects.all()]
        return drawn | {"by_organisation": presentation.by_organisation(uses, names)}
    return drawn | {"by_person": presentation.by_person(queries.doers(reach, first, last))}
