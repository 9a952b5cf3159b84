"""Whom an organisation names: its own people propose, Kela accepts, and an end works at once."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration import proposing
from administration.contacts import presentation, queries, services
from administration.contacts.forms import ContactForm
from administration.forms import WithdrawalForm
from administration.own.deeds import Deed, may, those_who_may
from administration.own.pages import form_page, frame
from administration.pages import status_of, taken, typed
from administration.proposing import State
from administration.withdrawing import withdrawal, withdrawn
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, requires
from organisations.models import Contact

keeps_contacts = may(Deed.KEEP_CONTACTS)


@requires(may(Deed.READ))
@require_safe
def contacts(request: RightfulRequest) -> HttpResponse:
    """Everybody whom the organisation has named, and whom it has proposed."""
    right = request.right
    door.write_office_act(right, ActKind.VIEW_CONTACTS, right.own_organisation.id)
    rows = list(queries.contacts_of(right.own_organisation.id))
    context = frame(request) | {
        "heading": _("Contacts"),
        "contacts": presentation.table(rows, right.on, _address),
        "missing_roles": presentation.missing_roles(rows, right.on),
        "keepers": those_who_may(Deed.KEEP_CONTACTS),
        "may_propose": keeps_contacts(right),
    }
    return render(request, "administration/own/contacts.html", context)


def _address(contact: Contact) -> str:
    return reverse("own_contact", args=[contact.pk])


@requires(keeps_contacts)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: RightfulRequest) -> HttpResponseBase:
    """Proposes somebody for a role."""
    right = request.right
    form = ContactForm(right.own_organisation.id, right.on, typed(request))
    if contact := taken(
        form,
        lambda: services.propose(right, right.own_organisation.id, form.cleaned_data, form.time),
    ):
        return redirect("own_contact", contact.pk)
    return form_page(
        request,
        form,
        heading=_("Propose a contact"),
        intro=_("Kela looks at the proposal. Until it is accepted, nothing changes."),
        back=reverse("own_contacts"),
    )


@requires(may(Deed.READ))
@require_safe
def contact(request: RightfulRequest, contact_id: int) -> HttpResponse:
    """One contact, and what Kela has said of it."""
    return _page(request, contact_id)


@requires(keeps_contacts)
@require_POST
def withdraw(request: RightfulRequest, contact_id: int) -> HttpResponseBase:
    """Takes back what the reader has proposed."""
    right = request.right
    get_object_or_404(Contact, pk=contact_id, organisation=right.own_organisation.id)
    form = WithdrawalForm(request.POST)
    if withdrawn(form, partial(services.decide, right, contact_id)):
        return redirect("own_contact", contact_id)
    return _page(request, contact_id, form)


@requires(keeps_contacts)
@require_POST
def end(request: RightfulRequest, contact_id: int) -> HttpResponseBase:
    """Ends a contact of the organisation at once."""
    right = request.right
    current = queries.current_of(right.own_organisation.id, right.on)
    get_object_or_404(current, pk=contact_id)
    services.end(right, contact_id)
    return redirect("own_contacts")


def _page(
    request: RightfulRequest, contact_id: int, form: WithdrawalForm | None = None
) -> HttpResponse:
    right = request.right
    own = Contact.objects.filter(organisation=right.own_organisation.id)
    contact = get_object_or_404(queries.beside_now(own, right.on), pk=contact_id)
    door.write_office_act(
        right, ActKind.VIEW_CONTACTS, right.own_organisation.id, contact=contact_id
    )
    is_proposed = proposing.state(contact, right.on) == State.PROPOSED
    context = frame(request) | {
        "heading": f"{contact.get_role_display()}: {contact.name}",
        "contact": contact,
        "facts": presentation.facts(contact),
        "state": proposing.state_in_words(contact, right.on),
        "history": proposing.history(contact),
        "comparison": presentation.now_and_then(contact) if is_proposed else None,
        "failed": form,
        "withdrawal": withdrawal(right, contact, form) if keeps_contacts(right) else None,
        "may_end": keeps_contacts(right) and presentation.is_current(contact, right.on),
    }
    status = status_of(form) if form else None
    return render(request, "administration/own/contact.html", context, status=status)
