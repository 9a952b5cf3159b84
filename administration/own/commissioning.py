"""The organisation's side of commissioning, and the people who hold its mandates at the end."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from administration.commissioning import ending, presentation
from administration.commissioning.queries import facts_of, with_facts
from administration.commissioning.steps import Step
from administration.commissioning.views import holders_page, step_page
from administration.own import queries
from administration.own.deeds import Deed, may, sees_holders
from administration.own.pages import frame
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, requires
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from organisations.models import Agreement, RecordedStep

# Which deed of the table it is to record a step of the organisation's own.
DEEDS = {
    RecordedStep.MANDATE_RIGHTS: Deed.APPLY_FOR_MANDATE_RIGHTS,
    RecordedStep.EMPLOYEES_TOLD: Deed.TELL_EMPLOYEES,
    RecordedStep.ACCESS_ATTESTED: Deed.ATTEST_ACCESS,
}


def records_steps(right: Right) -> bool:
    """Somebody who may record at least one of the steps."""
    return any(may(deed)(right) for deed in DEEDS.values())


@requires(may(Deed.READ))
@require_safe
def commissioning(request: RightfulRequest) -> HttpResponse:
    """The steps of the agreement that is under way, or else of the one in force."""
    right = request.right
    own = right.own_organisation
    agreement = _agreement(right)
    records = {
        Step(step.value): reverse("own_record_step", args=[step])
        for step, deed in DEEDS.items()
        if may(deed)(right)
    }
    addresses = records | {
        Step.AGREEMENT: reverse("own_agreement"),
        Step.SECURITY: reverse("own_security"),
    }
    context = frame(request) | presentation.page(facts_of(agreement, right.on), addresses)
    context |= {
        "heading": _("Commissioning"),
        "ending": ending.reminder(own.id, right.on),
        "sees_holders": sees_holders(right),
    }
    return render(request, "administration/own/commissioning.html", context)


@requires(records_steps)
@require_http_methods(["GET", "HEAD", "POST"])
def record_step(request: RightfulRequest, step: str) -> HttpResponseBase:
    """How a step of the organisation's own stands."""
    right = request.right
    if step not in DEEDS:
        raise Http404
    if not may(DEEDS[RecordedStep(step)])(right):
        raise Refused(Reason.NOT_THIS_OFFICE)
    return step_page(request, _agreement(right), RecordedStep(step), reverse("own_commissioning"))


def _agreement(right: Right) -> Agreement:
    """The agreement that is under way, or else the one in force."""
    shown = queries.agreements(right.own_organisation.id, right.on)
    found: Agreement = with_facts(shown, right.on)[0]
    return found


@requires(sees_holders)
@require_safe
def mandate_holders(request: RightfulRequest) -> HttpResponse:
    """Who still holds mandates of the organisation, as last seen."""
    own = request.right.own_organisation
    door.write_office_act(request.right, ActKind.VIEW_HOLDERS, own.id)
    context = frame(request) | holders_page(request, own.id)
    context |= {"heading": _("Who holds mandates")}
    return render(request, "administration/own/holders.html", context)
