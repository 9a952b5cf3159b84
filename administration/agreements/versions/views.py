"""Preparing a version, reading what it changes, and deciding on it."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.agreements import presentation
from administration.agreements.versions import queries, services
from administration.agreements.versions.content import Content
from administration.agreements.versions.effects import effects
from administration.agreements.versions.forms import ContentForm, StartForm
from administration.agreements.words import differences, in_words
from administration.forms import DecisionForm, WithdrawalForm
from administration.pages import status_of, taken
from administration.preview.queries import acceptance_of
from administration.withdrawing import withdrawal, withdrawn
from authorizations.declarations import (
    RightfulRequest,
    approves_at_kela,
    kela_admin,
    prepares,
    previews,
    requires,
)
from kelmu.dates import valid_on
from kelmu.formats import day
from organisations.models import Agreement, AgreementVersion, Proposed

PAGES = "administration/agreements"


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: RightfulRequest, agreement_id: int) -> HttpResponseBase:
    """What is agreed from a day on; the day is chosen first, for the law depends on it."""
    agreement = get_object_or_404(Agreement.objects.select_related("organisation"), pk=agreement_id)
    likely = {"start": _start(agreement, request.right.on)}
    start = StartForm(request.GET if "start" in request.GET else likely)
    return _editor(request, agreement, start, None)


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def change_version(request: RightfulRequest, version_id: int) -> HttpResponseBase:
    """The same of a version on which nobody has decided."""
    rows = AgreementVersion.objects.select_related("agreement__organisation")
    version = get_object_or_404(rows, pk=version_id, decision="")
    start = StartForm(request.GET if "start" in request.GET else {"start": version.wanted.lower})
    return _editor(request, version.agreement, start, version)


def _editor(
    request: RightfulRequest,
    agreement: Agreement,
    start: StartForm,
    version: AgreementVersion | None,
) -> HttpResponseBase:
    context: dict[str, Any] = {"agreement": agreement, "version": version, "start": start}
    if not start.is_valid():
        return render(request, f"{PAGES}/edit_version.html", context, status=status_of(start))
    first: date = start.cleaned_data["start"]
    choices, content = queries.choices(agreement, first, version)
    form = ContentForm(choices, content, request.POST if request.method == "POST" else None)
    if saved := taken(form, lambda: _save(request, agreement, first, form.content, version)):
        return redirect("kela_version", saved.pk)
    context |= {"form": form, "from_words": presentation.from_day(first)}
    return render(request, f"{PAGES}/edit_version.html", context, status=status_of(form))


def _save(
    request: RightfulRequest,
    agreement: Agreement,
    first: date,
    content: Content,
    version: AgreementVersion | None,
) -> AgreementVersion:
    if version:
        return services.change(request.right, version.pk, first, content)
    return services.prepare(request.right, agreement.pk, first, content)


def _start(agreement: Agreement, on: date) -> date:
    """The day that is likely: after what is approved or renewed, else today."""
    approved = agreement.versions.filter(validity__isnull=False)
    begins: list[date] = [one.validity.lower for one in approved]
    if begins:
        return max(on, *begins) + timedelta(days=1)
    old = agreement.renews
    ends: date | None = old.validity.upper if old and old.validity else None
    return max(on, ends or on)


@requires(kela_admin)
@require_safe
def version(request: RightfulRequest, version_id: int) -> HttpResponse:
    """A version in words, what it changes, and for which employees."""
    return _page(request, _version(version_id))


@requires(approves_at_kela)
@require_POST
def decide(request: RightfulRequest, version_id: int) -> HttpResponseBase:
    """Approves the version, or refuses it with a reason."""
    one = _version(version_id)
    form = DecisionForm(request.POST)
    if taken(form, lambda: services.decide(request.right, one.pk, **form.cleaned_data)):
        return redirect("kela_version", one.pk)
    return _page(request, _version(version_id), form)


@requires(prepares)
@require_POST
def withdraw(request: RightfulRequest, version_id: int) -> HttpResponseBase:
    """Takes a version back that nobody has decided on."""
    one = _version(version_id)
    form = WithdrawalForm(request.POST)
    if withdrawn(form, partial(services.decide, request.right, one.pk)):
        return redirect("kela_version", one.pk)
    return _page(request, _version(version_id), form)


def _version(version_id: int) -> AgreementVersion:
    rows = AgreementVersion.objects.select_related("agreement__organisation", "agreement__renews")
    return get_object_or_404(rows.prefetch_related("purposes"), pk=version_id)


def _page(
    request: RightfulRequest,
    one: AgreementVersion,
    form: DecisionForm | WithdrawalForm | None = None,
) -> HttpResponse:
    right = request.right
    told = effects(right, one) if one.decision not in Proposed.DROPPED else []
    is_own = one.proposed_by == right.subject
    is_open = not one.decision and one.agreement.step != Agreement.Step.GIVEN_UP
    context = {
        "version": one,
        "agreement": one.agreement,
        "state": presentation.version_state(one, right.on),
        "words": in_words(one),
        "differences": differences(_before(one), one),
        "effects": presentation.effects(told),
        "unaffected": sum(not effect.is_felt for effect in told),
        "takes_effect": day(one.wanted.lower),
        "tested": presentation.tested(acceptance_of(one)),
        "failed": form,
        "form": form if isinstance(form, DecisionForm) else DecisionForm(),
        "may_change": prepares(right) and is_open and is_own,
        "may_decide": approves_at_kela(right) and is_open and not is_own,
        "withdrawal": withdrawal(right, one, form) if prepares(right) else None,
        "may_preview": previews(right),
    }
    status = status_of(form) if form else None
    return render(request, f"{PAGES}/version.html", context, status=status)


def _before(one: AgreementVersion) -> AgreementVersion | None:
    """The version that holds on the day before, of this agreement or of the one it renews."""
    eve = one.wanted.lower - timedelta(days=1)
    agreements = [one.agreement_id, one.agreement.renews_id]
    rows = AgreementVersion.objects.filter(agreement__in=agreements, validity__isnull=False)
    rows = rows.exclude(pk=one.pk).select_related("agreement__organisation")
    held = rows.filter(valid_on(eve)).order_by("-agreement", "-number").first()
    return held or rows.filter(agreement=one.agreement_id, number__lt=one.number).last()
