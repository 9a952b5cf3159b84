"""The page on which an organisation switches detection on, once it has told its staff."""

from http import HTTPStatus
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit.models import ActKind
from authorizations.declarations import RightfulRequest, oversees, requires, supervises
from kelmu.forms import CheckedForm
from oversight.detection import presentation, services
from oversight.detection.forms import ProcedureForm, SwitchForm
from oversight.detection.words import LOOKED_FOR
from oversight.models import Sweep, Switch
from oversight.pages import frame
from oversight.reach import Reach, own, reach_of


@requires(oversees)
@require_safe
def detection(request: RightfulRequest, inquiry_id: UUID | None = None) -> HttpResponse:
    """Whether it is on, since when, who recorded that, and what is looked for."""
    return _page(request, reach_of(request.right, inquiry_id).of_one())


@requires(supervises)
@require_POST
def switch_on(request: RightfulRequest) -> HttpResponseBase:
    """Records the procedure with staff; detection is on from then on."""
    form = ProcedureForm(request.POST)
    if not form.is_valid():
        return _page(request, own(request.right), form)
    services.switch(request.right, **form.cleaned_data)
    return redirect("oversight_detection")


@requires(supervises)
@require_POST
def switch_off(request: RightfulRequest) -> HttpResponseBase:
    """Nothing is looked at from here on; what was flagged stays to be reviewed."""
    form = SwitchForm(request.POST)
    if not form.is_valid():
        return _page(request, own(request.right), form)
    services.switch(request.right, held_on=None, note=form.cleaned_data["note"])
    return redirect("oversight_detection")


def _page(request: RightfulRequest, reach: Reach, form: CheckedForm | None = None) -> HttpResponse:
    reach.write(ActKind.VIEW_DETECTION)
    switches = list(Switch.objects.filter(organisation=reach.organisation_id).order_by("-pk"))
    sweeps = Sweep.objects.filter(organisation=reach.organisation_id).order_by("-month")
    is_on = bool(switches) and switches[0].is_on
    context = frame(reach, "detection") | {
        "state": presentation.state(switches),
        "is_on": is_on,
        "form": form or (SwitchForm() if is_on else ProcedureForm()),
        "history": presentation.history(switches),
        "sweeps": presentation.sweeps(sweeps.annotate(picked=Count("flags"))),
        "looked_for": list(LOOKED_FOR.values()),
        "may_switch": not reach.inquiry,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "oversight/detection.html", context, status=status)
