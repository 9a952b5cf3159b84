"""The organisation's self-assessment of data security."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from administration.commissioning import security as points
from administration.commissioning import services
from administration.commissioning.queries import newest_assessments
from administration.own.deeds import Deed, may
from administration.own.pages import frame
from administration.pages import typed
from authorizations.declarations import RightfulRequest, requires
from organisations.models import SecurityAssessment


@requires(may(Deed.READ))
@require_safe
def security(request: RightfulRequest) -> HttpResponse:
    """How each of the seven points stands, and everything that was assessed before."""
    right = request.right
    own = right.own_organisation
    newest = {row.point: row for row in newest_assessments([own.id])}
    rows = SecurityAssessment.objects.filter(organisation=own.id).order_by("-at", "-pk")
    context = frame(request) | {
        "heading": _("Data security"),
        "reminder": points.reminder(newest.values(), right.on),
        "table": points.as_table(newest),
        "history": points.history(rows),
        "assesses": may(Deed.ASSESS_SECURITY)(right),
    }
    return render(request, "administration/own/security.html", context)


@requires(may(Deed.ASSESS_SECURITY))
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: RightfulRequest) -> HttpResponseBase:
    """The seven points, all on one page; each can be left for later."""
    right = request.right
    own = right.own_organisation
    newest = {row.point: row for row in newest_assessments([own.id])}
    forms = points.forms_of(newest, right.on, typed(request))
    wrong = [form for form in forms if not form.is_valid()]  # every one is asked
    if request.method == "POST" and not wrong:
        assessed = [one for form in forms if (one := form.assessed)]
        if assessed:
            services.assess(right, own.id, assessed)
        return redirect("own_security")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = frame(request) | {"heading": _("Assess data security"), "forms": forms}
    return render(request, "administration/own/assess.html", context, status=status)
