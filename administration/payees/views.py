"""Accounts of an organisation, for Kela's admins."""

from functools import partial

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration import proposing
from administration.forms import DecisionForm, WithdrawalForm
from administration.pages import form_page, status_of, taken, typed
from administration.payees import presentation, queries, services
from administration.payees.forms import CheckForm, LastDayForm, PayeeForm
from administration.proposing import State, may_withdraw
from administration.withdrawing import withdrawn
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import (
    RightfulRequest,
    approves_at_kela,
    checks_accounts_at_kela,
    ends_at_kela,
    kela_admin,
    prepares,
    requires,
)
from authorizations.rights import Right
from organisations.models import Organisation, Payee


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: RightfulRequest, organisation_id: int) -> HttpResponseBase:
    """Somebody of Kela enters an account that the organisation has told."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    form = PayeeForm(organisation_id, request.right.on, typed(request))
    if payee := taken(
        form, lambda: services.propose(request.right, organisation_id, form.cleaned_data, form.time)
    ):
        return redirect("kela_payee", organisation_id, payee.pk)
    return form_page(
        request,
        form,
        title=_("New account of %(name)s") % {"name": organisation.name},
        intro=presentation.how_it_goes(),
        button=_("Propose"),
        back=reverse("kela_organisation", args=[organisation_id]),
    )


@requires(kela_admin)
@require_safe
def payee(request: RightfulRequest, organisation_id: int, payee_id: int) -> HttpResponse:
    """One account, how far its acceptance has come, and what it would change."""
    return _page(request, organisation_id, payee_id)


@requires(checks_accounts_at_kela)
@require_POST
def check(request: RightfulRequest, organisation_id: int, payee_id: int) -> HttpResponseBase:
    """Somebody of Kela has called the organisation back."""
    get_object_or_404(Payee, pk=payee_id, organisation=organisation_id)
    form = CheckForm(request.POST)
    if taken(form, lambda: services.check(request.right, payee_id, **form.cleaned_data)):
        return redirect("kela_payee", organisation_id, payee_id)
    return _page(request, organisation_id, payee_id, form)


@requires(approves_at_kela)
@require_POST
def decide(request: RightfulRequest, organisation_id: int, payee_id: int) -> HttpResponseBase:
    get_object_or_404(Payee, pk=payee_id, organisation=organisation_id)
    form = DecisionForm(request.POST)
    if taken(form, lambda: services.decide(request.right, payee_id, **form.cleaned_data)):
        return redirect("kela_payee", organisation_id, payee_id)
    return _page(request, organisation_id, payee_id, form)


@requires(prepares)
@require_POST
def withdraw(request: RightfulRequest, organisation_id: int, payee_id: int) -> HttpResponseBase:
    """Takes back what the reader has proposed."""
    get_object_or_404(Payee, pk=payee_id, organisation=organisation_id)
    form = WithdrawalForm(request.POST)
    if withdrawn(form, partial(services.decide, request.right, payee_id)):
        return redirect("kela_payee", organisation_id, payee_id)
    return _page(request, organisation_id, payee_id, form)


@requires(ends_at_kela)
@require_POST
def end(request: RightfulRequest, organisation_id: int, payee_id: int) -> HttpResponseBase:
    get_object_or_404(queries.current_of(organisation_id, request.right.on), pk=payee_id)
    form = LastDayForm(request.POST)
    if taken(form, lambda: services.end(request.right, payee_id, **form.cleaned_data)):
        return redirect("kela_payee", organisation_id, payee_id)
    return _page(request, organisation_id, payee_id, form)


def _page(
    request: RightfulRequest, organisation_id: int, payee_id: int, form: forms.Form | None = None
) -> HttpResponse:
    """The page with what was typed on one of its forms."""
    right = request.right
    rows = queries.beside_now(Payee.objects.filter(organisation=organisation_id), right.on)
    payee = get_object_or_404(rows, pk=payee_id)
    door.write_office_act(right, ActKind.VIEW_PAYEES, organisation_id, payee=payee_id)
    is_change = services.is_change_of_account(payee)
    is_proposed = proposing.state(payee, right.on) == State.PROPOSED
    waits_for_check = is_proposed and is_change and not payee.checked_at
    context = {
        "payee": payee,
        "facts": presentation.facts(payee),
        "state": proposing.state_in_words(payee, right.on),
        "steps": presentation.steps(payee, is_change=is_change),
        "how_it_goes": presentation.how_it_goes(),
        "comparison": presentation.now_and_then(payee) if is_proposed else None,
        "typed": form,
        "forms": _forms(right, payee, form, waits_for_check=waits_for_check),
        "refuses_only": waits_for_check,
    }
    status = status_of(form) if form else None
    return render(request, "administration/payees/payee.html", context, status=status)


def _forms(
    right: Right, payee: Payee, form: forms.Form | None, *, waits_for_check: bool
) -> dict[str, forms.Form]:
    """The forms that the reader may send now, by what they do."""
    is_proposed = proposing.state(payee, right.on) == State.PROPOSED
    may = {
        "check": waits_for_check and checks_accounts_at_kela(right),
        "decide": is_proposed and approves_at_kela(right),  # refused even unchecked
        "withdraw": may_withdraw(right, payee) and prepares(right),
        "end": presentation.is_current(payee, right.on) and ends_at_kela(right),
    }
    kinds: dict[str, type[forms.Form]] = {
        "check": CheckForm,
        "decide": DecisionForm,
        "withdraw": WithdrawalForm,
        "end": LastDayForm,
    }
    return {
        name: form if isinstance(form, kind) else kind()
        for name, kind in kinds.items()
        if may[name]
    }
