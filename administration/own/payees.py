"""The accounts to which Kela pays the organisation: proposed by it, accepted by Kela."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration import proposing
from administration.forms import WithdrawalForm
from administration.own.deeds import Deed, may, those_who_may
from administration.own.pages import form_page, frame
from administration.pages import status_of, taken, typed
from administration.payees import presentation, queries, services
from administration.payees.forms import LastDayForm, PayeeForm
from administration.proposing import State
from administration.withdrawing import withdrawal, withdrawn
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, requires
from organisations.models import Payee

keeps_payees = may(Deed.KEEP_PAYEES)


@requires(may(Deed.READ))
@require_safe
def payees(request: RightfulRequest) -> HttpResponse:
    """All accounts of the organisation, and those that it has proposed."""
    right = request.right
    door.write_office_act(right, ActKind.VIEW_PAYEES, right.own_organisation.id)
    rows = queries.payees_of(right.own_organisation.id)
    context = frame(request) | {
        "heading": _("Payees"),
        "payees": presentation.table(rows, right.on, _address),
        "how_it_goes": presentation.how_it_goes(),
        "keepers": those_who_may(Deed.KEEP_PAYEES),
        "may_propose": keeps_payees(right),
    }
    return render(request, "administration/own/payees.html", context)


def _address(payee: Payee) -> str:
    return reverse("own_payee", args=[payee.pk])


@requires(keeps_payees)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: RightfulRequest) -> HttpResponseBase:
    """Proposes an account."""
    right = request.right
    form = PayeeForm(right.own_organisation.id, right.on, typed(request))
    if payee := taken(
        form,
        lambda: services.propose(right, right.own_organisation.id, form.cleaned_data, form.time),
    ):
        return redirect("own_payee", payee.pk)
    return form_page(
        request,
        form,
        heading=_("Propose an account"),
        intro=presentation.how_it_goes(),
        back=reverse("own_payees"),
    )


@requires(may(Deed.READ))
@require_safe
def payee(request: RightfulRequest, payee_id: int) -> HttpResponse:
    """One account, and how far its acceptance has come."""
    return _page(request, payee_id)


@requires(keeps_payees)
@require_POST
def withdraw(request: RightfulRequest, payee_id: int) -> HttpResponseBase:
    """Takes back what the reader has proposed."""
    right = request.right
    get_object_or_404(Payee, pk=payee_id, organisation=right.own_organisation.id)
    form = WithdrawalForm(request.POST)
    if withdrawn(form, partial(services.decide, right, payee_id)):
        return redirect("own_payee", payee_id)
    return _page(request, payee_id, form)


@requires(keeps_payees)
@require_POST
def end(request: RightfulRequest, payee_id: int) -> HttpResponseBase:
    """Ends an account of the organisation with its last day."""
    right = request.right
    current = queries.current_of(right.own_organisation.id, right.on)
    get_object_or_404(current, pk=payee_id)
    form = LastDayForm(request.POST)
    if taken(form, lambda: services.end(right, payee_id, **form.cleaned_data)):
        return redirect("own_payees")
    return _page(request, payee_id, form)


def _page(
    request: RightfulRequest, payee_id: int, form: LastDayForm | WithdrawalForm | None = None
) -> HttpResponse:
    right = request.right
    own = Payee.objects.filter(organisation=right.own_organisation.id)
    payee = get_object_or_404(queries.beside_now(own, right.on), pk=payee_id)
    door.write_office_act(right, ActKind.VIEW_PAYEES, right.own_organisation.id, payee=payee_id)
    is_proposed = proposing.state(payee, right.on) == State.PROPOSED
    is_change = services.is_change_of_account(payee)
    context = frame(request) | {
        "heading": payee.name,
        "payee": payee,
        "facts": presentation.facts(payee),
        "state": proposing.state_in_words(payee, right.on),
        "steps": presentation.steps(payee, is_change=is_change),
        "how_it_goes": presentation.how_it_goes(),
        "comparison": presentation.now_and_then(payee) if is_proposed else None,
        "failed": form,
        "form": form if isinstance(form, LastDayForm) else LastDayForm(),
        "withdrawal": withdrawal(right, payee, form) if keeps_payees(right) else None,
        "may_end": keeps_payees(right) and presentation.is_current(payee, right.on),
    }
    status = status_of(form) if form else None
    return render(request, "administration/own/payee.html", context, status=status)
