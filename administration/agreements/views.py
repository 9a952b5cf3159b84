"""Agreements, for Kela's admins: all four groups read; who takes which step: steps.py."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.agreements import deadlines, presentation, queries, services, steps
from administration.agreements.forms import DeadlineForm, FindForm, StepForm
from administration.agreements.steps import Deed
from administration.agreements.words import in_words
from administration.pages import looked, status_of, taken
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import (
    RightfulRequest,
    agrees_at_kela,
    approves_at_kela,
    kela_admin,
    prepares,
    requires,
)
from kelmu.formats import day
from organisations.models import Agreement, AgreementVersion, Proposed

ON_A_PAGE = 50
PAGES = "administration/agreements"
OWN_FORMS = {Deed.DRAFTED, Deed.RENEWED}  # a version makes the one, a button the other


@requires(kela_admin)
@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: RightfulRequest) -> HttpResponse:
    """All agreements, or those that a search finds. POST searches: what is typed stands in no
    address; the dashboard's links name a state."""
    right = request.right
    asked = request.POST if request.method == "POST" else request.GET
    form = FindForm(asked or None)
    looked(request, ActKind.VIEW_AGREEMENTS)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.found(right.on, **wanted), ON_A_PAGE).get_page(asked.get("page"))
    start, of = page.start_index(), page.paginator.count
    context = {
        "form": form,
        "page": page,
        "may_agree": agrees_at_kela(right),
        "table": presentation.found(list(page), right.on, start=start, of=of),
    }
    return render(request, f"{PAGES}/agreements.html", context, status=status_of(form))


@requires(kela_admin)
@require_safe
def agreement(request: RightfulRequest, agreement_id: int) -> HttpResponse:
    """An agreement: parties, content, versions, steps and deadlines, and what comes next."""
    return _page(request, agreement_id)


@requires(prepares)
@require_POST
def prepare_step(request: RightfulRequest, agreement_id: int, deed: str) -> HttpResponseBase:
    """A step that the preparing group takes."""
    return _take(request, agreement_id, deed, steps.PREPARING)


@requires(approves_at_kela)
@require_POST
def approve_step(request: RightfulRequest, agreement_id: int, deed: str) -> HttpResponseBase:
    """A step that the approving group takes."""
    return _take(request, agreement_id, deed, steps.APPROVING)


def _take(request: RightfulRequest, agreement_id: int, named: str, group: str) -> HttpResponseBase:
    get_object_or_404(Agreement, pk=agreement_id)
    rules = steps.RULES.items()
    known = [deed for deed, rule in rules if group in rule.groups.values() and deed == named]
    if not known or known[0] in OWN_FORMS:
        raise Http404
    form = StepForm(known[0], request.right.on, request.POST)
    if taken(
        form,
        lambda: services.take(request.right, agreement_id, known[0], form.said(request.right.on)),
    ):
        return redirect("kela_agreement", agreement_id)
    return _page(request, agreement_id, form)


@requires(prepares)
@require_POST
def renew(request: RightfulRequest, agreement_id: int) -> HttpResponseBase:
    """Begins the agreement that takes this one's place."""
    get_object_or_404(Agreement, pk=agreement_id)
    try:
        new = services.renew(request.right, agreement_id)
    except ValidationError as error:
        return _page(request, agreement_id, refused=error.messages)
    return redirect("kela_agreement", new.pk)


@requires(prepares)
@require_POST
def set_deadline(request: RightfulRequest, agreement_id: int) -> HttpResponseBase:
    """Another day by which something is awaited."""
    kept = Agreement.objects.exclude(step=Agreement.Step.GIVEN_UP)
    one = get_object_or_404(kept, pk=agreement_id)
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement_id, deadline=form)
    deadlines.set_by_hand(request.right, one, **form.cleaned_data)
    return redirect("kela_agreement", one.pk)


@requires(kela_admin)
@require_safe
def print_agreement(request: RightfulRequest, agreement_id: int, language: str) -> HttpResponse:
    """The agreement to be printed and signed, in Finnish or Swedish."""
    one = _agreement(agreement_id)
    _log_view(request, one)
    told = list(one.versions.exclude(decision__in=Proposed.DROPPED).prefetch_related("purposes"))
    with translation.override(language):
        current = _current(told, request.right.on)
        context = {
            "agreement": one,
            "words": in_words(current) if current else None,
            "versions": presentation.versions_in_print(told),
            "signatures": presentation.signatures(one.events.all()),
            "validity": presentation.validity(one),
            "printed_on": day(request.right.on),
        }
        return render(request, f"{PAGES}/print.html", context)


def _page(
    request: RightfulRequest,
    agreement_id: int,
    form: StepForm | None = None,
    deadline: DeadlineForm | None = None,
    refused: list[str] | None = None,
) -> HttpResponse:
    right = request.right
    one = _agreement(agreement_id)
    _log_view(request, one)
    told = list(one.versions.prefetch_related("purposes"))
    current = _current(told, right.on)
    failed = form or deadline
    is_kept = one.step != Agreement.Step.GIVEN_UP
    context = {
        "agreement": one,
        "state": queries.State(queries.state_of(one, right.on)).label,
        "validity": presentation.validity(one),
        "words": in_words(current) if current else None,
        "versions": presentation.versions(told, right.on),
        "events": presentation.events(one.events.all()),
        "deadlines": presentation.deadlines(
            one.deadlines.all(), deadlines.late(right.on).filter(agreement=one), right.on
        ),
        "gates": presentation.gate_list(one, right.on) if one.validity is None else [],
        "steps": _step_forms(request, one, form),
        "may_renew": Deed.RENEWED in steps.possible(right.kela_groups, one, right.on),
        "may_prepare": prepares(right) and is_kept,
        "is_kept": is_kept,
        "deadline": deadline or DeadlineForm(),
        "refused": refused or [],
        "failed": failed,
    }
    status = 422 if refused else status_of(failed) if failed else 200
    return render(request, f"{PAGES}/agreement.html", context, status=status)


def _step_forms(
    request: RightfulRequest, one: Agreement, failed: StepForm | None
) -> list[dict[str, Any]]:
    """The forms of the steps that come next, for whom they are; one keeps what was typed."""
    right = request.right
    possible = steps.possible(right.kela_groups, one, right.on)
    return [
        {
            "deed": deed.value,
            "title": presentation.deed_to_do(deed),
            "url_name": presentation.STEP_PAGES[steps.RULES[deed].groups[steps.Step(one.step)]],
            "form": failed if failed and failed.deed == deed else StepForm(deed, right.on),
        }
        for deed in possible
        if deed not in OWN_FORMS
    ]


def _agreement(agreement_id: int) -> Agreement:
    rows = Agreement.objects.select_related("organisation", "renews", "enquiry")
    return get_object_or_404(rows.prefetch_related("renewals"), pk=agreement_id)


def _log_view(request: RightfulRequest, one: Agreement) -> None:
    door.write_office_act(
        request.right, ActKind.VIEW_AGREEMENT, one.organisation_id, agreement=one.number
    )


def _current(told: list[AgreementVersion], on: Any) -> AgreementVersion | None:
    """The version that holds, or the one that comes to hold next, or else the newest."""
    approved = [one for one in told if one.validity]
    held = [one for one in approved if on in one.validity]
    coming = [one for one in approved if one.validity.lower and one.validity.lower > on]
    waiting = [one for one in told if not one.decision]
    kept = [one for one in reversed(told) if one.decision not in Proposed.DROPPED]
    return next(iter([*held, *coming, *waiting, *kept]), None)
