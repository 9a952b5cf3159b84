"""Contacts of an organisation, for Kela's admins."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration import proposing
from administration.contacts import presentation, queries, services
from administration.contacts.forms import ContactForm
from administration.forms import DecisionForm, WithdrawalForm
from administration.pages import form_page, status_of, taken, typed
from administration.proposing import State
from administration.withdrawing import withdrawal, withdrawn
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import (
    RightfulRequest,
    approves_at_kela,
    ends_at_kela,
    kela_admin,
    prepares,
    requires,
)
from organisations.models import Contact, Organisation


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: RightfulRequest, organisation_id: int) -> HttpResponseBase:
    """Somebody of Kela enters whom the organisation has named."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    form = ContactForm(organisation_id, request.right.on, typed(request))
    if contact := taken(
        form, lambda: services.propose(request.right, organisation_id, form.cleaned_data, form.time)
    ):
        return redirect("kela_contact", organisation_id, contact.pk)
    return form_page(
        request,
        form,
        title=_("New contact of %(name)s") % {"name": organisation.name},
        intro=_("It holds when another person of Kela has accepted it."),
        button=_("Propose"),
        back=reverse("kela_organisation", args=[organisation_id]),
    )


@requires(kela_admin)
@require_safe
def contact(request: RightfulRequest, organisation_id: int, contact_id: int) -> HttpResponse:
    """One contact, and what accepting it would change."""
    return _page(request, organisation_id, contact_id)


@requires(approves_at_kela)
@require_POST
def decide(request: RightfulRequest, organisation_id: int, contact_id: int) -> HttpResponseBase:
    get_object_or_404(Contact, pk=contact_id, organisation=organisation_id)
    form = DecisionForm(request.POST)
    if taken(form, lambda: services.decide(request.right, contact_id, **form.cleaned_data)):
        return redirect("kela_contact", organisation_id, contact_id)
    return _page(request, organisation_id, contact_id, form)


@requires(prepares)
@require_POST
def withdraw(request: RightfulRequest, organisation_id: int, contact_id: int) -> HttpResponseBase:
    """Takes back what the reader has proposed."""
    get_object_or_404(Contact, pk=contact_id, organisation=organisation_id)
    form = WithdrawalForm(request.POST)
    if withdrawn(form, partial(services.decide, request.right, contact_id)):
        return redirect("kela_contact", organisation_id, contact_id)
    return _page(request, organisation_id, contact_id, form)


@requires(ends_at_kela)
@require_POST
def end(request: RightfulRequest, organisation_id: int, contact_id: int) -> HttpResponseBase:
    """Ends a contact at once."""
    get_object_or_404(queries.current_of(organisation_id, request.right.on), pk=contact_id)
    services.end(request.right, contact_id)
    return redirect("kela_contact", organisation_id, contact_id)


def _page(
    request: RightfulRequest,
    organisation_id: int,
    contact_id: int,
    form: DecisionForm | WithdrawalForm | None = None,
) -> HttpResponse:
    right = request.right
    rows = queries.beside_now(Contact.objects.filter(organisation=organisation_id), right.on)
    contact = get_object_or_404(rows, pk=contact_id)
    door.write_office_act(right, ActKind.VIEW_CONTACTS, organisation_id, contact=contact_id)
    is_proposed = proposing.state(contact, right.on) == State.PROPOSED
    may_end = ends_at_kela(right) and presentation.is_current(contact, right.on)
    context = {
        "contact": contact,
        "facts": presentation.facts(contact),
        "state": proposing.state_in_words(contact, right.on),
        "history": proposing.history(contact),
        "comparison": presentation.now_and_then(contact) if is_proposed else None,
        "failed": form,
        "form": form if isinstance(form, DecisionForm) else DecisionForm(),
        "may_decide": is_proposed and approves_at_kela(right),
        "withdrawal": withdrawal(right, contact, form) if prepares(right) else None,
        "may_end": may_end,
    }
    status = status_of(form) if form else None
    return render(request, "administration/contacts/contact.html", context, status=status)
