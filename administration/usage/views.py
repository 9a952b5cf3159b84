"""Käyttömäärät: how much each organisation uses Kelmu, for Kela's admins. No person is in it."""

from datetime import date
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from administration.pages import looked
from administration.usage.forms import UsageForm
from audit import services as log
from audit.models import ActKind
from audit.queries import Use, usage
from authorizations import door
from authorizations import usage as figures
from authorizations.declarations import RightfulRequest, kela_admin, requires
from kelmu import clock
from organisations.models import Organisation


@requires(kela_admin)
@require_safe
def usage_figures(request: RightfulRequest) -> HttpResponse:
    """The figures of a year, of one organisation or of all."""
    looked(request, ActKind.VIEW_USAGE)
    form = _asked(request)
    is_valid = form.is_valid()
    uses = _uses(form) if is_valid else []
    context = {
        "form": form,
        "tables": [figures.by_month_and_purpose(uses), figures.by_organisation(uses, _names())],
        "query": request.GET.urlencode(),
    }
    status = HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "administration/usage.html", context, status=status)


@requires(kela_admin)
@require_GET
def download_usage_figures(request: RightfulRequest) -> HttpResponse:
    """The same as a file for a spreadsheet, by act."""
    form = _asked(request)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    year, organisation = form.cleaned_data["year"], form.cleaned_data["organisation"]
    details = {"year": year, "organisation": organisation.pk if organisation else None}
    log.write(log.Row(act=ActKind.DOWNLOAD_USAGE, details=details, **door.who(request.right)))
    return HttpResponse(
        figures.as_csv(_uses(form), _names()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="kelmu-usage-{year}.csv"'},
    )


def _asked(request: RightfulRequest) -> UsageForm:
    return UsageForm(request.GET if "year" in request.GET else {"year": clock.today().year})


def _uses(form: UsageForm) -> list[Use]:
    year, organisation = form.cleaned_data["year"], form.cleaned_data["organisation"]
    return usage(date(year, 1, 1), date(year, 12, 1), organisation.pk if organisation else None)


def _names() -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in Organisation.objects.all()]
