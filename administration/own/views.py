"""The pages on which an organisation reads what is agreed, for people with an office."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from administration.commissioning import ending
from administration.commissioning.queries import version_of
from administration.own import presentation, queries
from administration.own.deeds import Deed, may, sees_holders
from administration.own.pages import frame
from audit import queries as log
from audit.models import ActKind
from authorizations import door
from authorizations import usage as figures
from authorizations.declarations import RightfulRequest, requires

MONTHS_OF_USAGE = 13  # this month, and as far back as the same month of the year before


@requires(may(Deed.READ))
@require_safe
def agreement(request: RightfulRequest) -> HttpResponse:
    """The agreement in force, and one that is under way."""
    right = request.right
    own = right.own_organisation
    agreements = list(queries.agreements(own.id, right.on))
    context = frame(request) | {
        "heading": _("Agreement with Kela"),
        "agreements": [
            presentation.agreement(one, version_of(one, right.on), right.on) for one in agreements
        ],
        "ending": ending.reminder(own.id, right.on),
        "sees_holders": sees_holders(right),
    }
    return render(request, "administration/own/agreement.html", context)


@requires(may(Deed.READ))
@require_safe
def mandates(request: RightfulRequest) -> HttpResponse:
    """What employees see by which mandate, under what is agreed."""
    right = request.right
    content = queries.content(right.own_organisation.id, right.on)
    context = frame(request) | {
        "heading": _("What employees see by which mandate"),
        "content": presentation.by_mandate(right.own_organisation, content) if content else None,
    }
    return render(request, "administration/own/mandates.html", context)


@requires(may(Deed.READ))
@require_safe
def usage(request: RightfulRequest) -> HttpResponse:
    """How much the organisation uses Kelmu, by month and purpose, without people."""
    context = frame(request) | {
        "heading": _("Usage"),
        "table": figures.by_month_and_purpose(_uses(request)),
    }
    return render(request, "administration/own/usage.html", context)


@requires(may(Deed.READ))
@require_GET
def download_usage(request: RightfulRequest) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    own = request.right.own_organisation
    uses = _uses(request)
    door.write_office_act(request.right, ActKind.DOWNLOAD_USAGE, own.id)
    return HttpResponse(
        figures.as_csv(uses, [(own.id, own.name)]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="kelmu-usage.csv"'},
    )


def _uses(request: RightfulRequest) -> list[log.Use]:
    right = request.right
    last = right.on.replace(day=1)
    month = last.year * 12 + last.month - MONTHS_OF_USAGE
    first = date(month // 12, month % 12 + 1, 1)
    return log.usage(first, last, right.own_organisation.id)
