"""What verifying found in the log, for Kela's oversight to look into and acknowledge."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audit import state
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, oversees_at_kela, requires
from oversight.verification import presentation
from oversight.verification.forms import AcknowledgementForm


@requires(oversees_at_kela)
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: RightfulRequest) -> HttpResponseBase:
    """What is not as it was sealed and has not been acknowledged; a reason acknowledges it."""
    form = AcknowledgementForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form)
    told = form.cleaned_data
    act = ActKind.ACKNOWLEDGE_FINDINGS
    entry = door.write_office_act(request.right, act, None, reason=told["reason"])
    state.acknowledge(entry, told["until"])
    return redirect("log_findings")


def _page(request: RightfulRequest, form: AcknowledgementForm) -> HttpResponse:
    door.write_office_act(request.right, ActKind.VIEW_LOG_FINDINGS, None)
    form.initial["until"] = state.newest_verification()
    standing = state.standing()
    context = {"form": form, "table": presentation.table(standing), "standing": standing}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oversight/findings.html", context, status=status)
