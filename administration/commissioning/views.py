"""Käyttöönotot: how far each agreement is on its way to the day of use, for Kela's admins."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from administration.commissioning import ending, holders, presentation, queries, security, services
from administration.commissioning.forms import StepForm
from administration.commissioning.presentation import NAMES
from administration.commissioning.steps import Step
from administration.pages import form_page, looked, typed
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import (
    RightfulRequest,
    ends_sessions_at_kela,
    kela_admin,
    prepares,
    requires,
)
from authorizations.rights import Right
from organisations.models import Agreement, RecordedStep
from organisations.queries import authorizers_of

ON_A_PAGE = 50
OF_KELA = (RecordedStep.IMPLEMENTED, RecordedStep.NEW_MANDATE)
LISTS = {
    "under-way": queries.in_commissioning,
    "security": queries.without_security,
    "ending": queries.ending,
}


@requires(kela_admin)
@require_safe
def commissionings(request: RightfulRequest, which: str = "under-way") -> HttpResponse:
    """Agreements on their way to the day of use, those whose security is to be assessed anew, and
    those that end."""
    right = request.right
    if which not in LISTS:
        raise Http404
    looked(request, ActKind.VIEW_COMMISSIONING)
    rows = queries.with_facts(LISTS[which](right.on), right.on)
    ordered = rows.order_by("organisation__name_fi", "pk")
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    agreements = list(page)
    tables = {
        "under-way": presentation.waiting,
        "security": presentation.unassessed,
        "ending": presentation.ending,
    }
    start, of = page.start_index(), page.paginator.count
    context = {
        "table": tables[which](agreements, right.on, start=start, of=of),
        "page": page,
        "lists": _lists(which),
    }
    return render(request, "administration/commissioning/commissionings.html", context)


def _lists(which: str) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": reverse("kela_commissionings", args=[one]),
            "current": one == which,
        }
        for one, label in presentation.LISTS.items()
    ]


@requires(kela_admin)
@require_safe
def commissioning(request: RightfulRequest, agreement_id: int) -> HttpResponse:
    """The steps of one agreement, as its organisation sees them too."""
    right = request.right
    agreement = _agreement(request.right, agreement_id)
    door.write_office_act(right, ActKind.VIEW_COMMISSIONING, agreement.organisation_id)
    facts = queries.facts_of(agreement, right.on)
    newest = {row.point: row for row in queries.newest_assessments([agreement.organisation_id])}
    records = {
        Step(step.value): reverse("kela_record_step", args=[agreement.pk, step])
        for step in OF_KELA
        if prepares(right)
    }
    addresses = records | {Step.AGREEMENT: reverse("kela_agreement", args=[agreement.pk])}
    end = ending.in_words(agreement, right.on)
    context = presentation.page(facts, addresses) | {
        "organisation": agreement.organisation,
        "agreement": agreement,
        "security": security.as_table(newest),
        "security_reminder": security.reminder(newest.values(), right.on),
        "ending": end,
        "authorizers": authorizers_of(agreement.organisation_id, right.on) if end else [],
        "sees_holders": ends_sessions_at_kela(right),
    }
    return render(request, "administration/commissioning/commissioning.html", context)


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def record_step(request: RightfulRequest, agreement_id: int, step: str) -> HttpResponseBase:
    """How a step of Kela's own stands."""
    if step not in OF_KELA:
        raise Http404
    back = reverse("kela_commissioning_of", args=[agreement_id])
    return step_page(request, _agreement(request.right, agreement_id), RecordedStep(step), back)


def step_page(
    request: RightfulRequest, agreement: Agreement, step: RecordedStep, back: str
) -> HttpResponseBase:
    """The form of a step, the same for both sides."""
    right = request.right
    facts = queries.facts_of(agreement, right.on)
    before = queries.records_of(agreement).get(step)
    form = StepForm(step, right.on, facts.authorizers, before, data=typed(request))
    if form.is_valid():
        services.record(right, agreement, step, form.said)
        return redirect(back)
    title = str(NAMES[Step(step.value)])
    intro = str(presentation.EXPLANATIONS[Step(step.value)])
    return form_page(request, form, title=title, button=_("Record"), back=back, intro=intro)


@requires(ends_sessions_at_kela)
@require_safe
def mandate_holders(request: RightfulRequest, agreement_id: int) -> HttpResponse:
    """Who still holds mandates of the organisation of an agreement, as last seen."""
    agreement = _agreement(request.right, agreement_id)
    organisation = agreement.organisation
    door.write_office_act(request.right, ActKind.VIEW_HOLDERS, organisation.pk)
    page = holders_page(request, organisation.pk)
    back = reverse("kela_commissioning_of", args=[agreement.pk])
    context = page | {"organisation": organisation, "back": back}
    return render(request, "administration/commissioning/holders.html", context)


def holders_page(request: RightfulRequest, organisation_id: int) -> dict[str, object]:
    """A page of the people who hold mandates, for both sides."""
    page = Paginator(holders.holders(organisation_id), ON_A_PAGE).get_page(request.GET.get("page"))
    start, of = page.start_index(), page.paginator.count
    return {"page": page, "table": holders.as_table(list(page), start=start, of=of)}


def _agreement(right: Right, agreement_id: int) -> Agreement:
    kept = Agreement.objects.exclude(step=Agreement.Step.GIVEN_UP)
    rows = queries.with_facts(kept, right.on)
    found: Agreement = get_object_or_404(rows, pk=agreement_id)
    return found
