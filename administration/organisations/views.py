"""Organisations, for Kela's admins: all four groups read, preparing enters."""

from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from administration.agreements.queries import agreements
from administration.contacts import presentation as of_contacts
from administration.contacts.queries import contacts_of
from administration.keys import presentation as of_keys
from administration.keys.queries import keys_of
from administration.organisations import presentation, queries, services
from administration.organisations.forms import (
    ChangedOrganisationForm,
    EndForm,
    FindForm,
    LastDayForm,
    NewOrganisationForm,
    ServeForm,
)
from administration.pages import form_page, looked, status_of, taken, typed
from administration.payees import presentation as of_payees
from administration.payees.queries import payees_of
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import (
    RightfulRequest,
    ends_sessions_at_kela,
    kela_admin,
    prepares,
    requires,
)
from kelmu.dates import last_day
from organisations.models import Contact, InterfaceKey, Organisation, Payee, ServedMunicipality

ON_A_PAGE = 50
FIELDS = [*services.NAMES, "type", "county", "municipality", "street", "postal_code", "post_office"]


@requires(kela_admin)
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: RightfulRequest) -> HttpResponse:
    """All organisations, or those that a search finds. POST searches and pages: what is typed
    stands in no address."""
    right = request.right
    form = FindForm(typed(request))
    looked(request, ActKind.VIEW_ORGANISATIONS)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.found(right.on, **wanted), ON_A_PAGE).get_page(
        request.POST.get("page")
    )
    start, of = page.start_index(), page.paginator.count
    context = {
        "form": form,
        "page": page,
        "table": presentation.found(list(page), right.on, start=start, of=of),
        "may_enter": prepares(right),
    }
    page_of_them = "administration/organisations/organisations.html"
    return render(request, page_of_them, context, status=status_of(form))


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: RightfulRequest) -> HttpResponseBase:
    """A new organisation."""
    form = NewOrganisationForm(typed(request))
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ["business_id", *FIELDS]}
        organisation = services.register(request.right, form.cleaned_data["first"], fields)
        return redirect("kela_organisation", organisation.pk)
    return form_page(
        request,
        form,
        title=_("New organisation"),
        button=_("Register"),
        back=reverse("kela_organisations"),
    )


@requires(kela_admin)
@require_safe
def organisation(request: RightfulRequest, organisation_id: int) -> HttpResponse:
    """Everything that Kela has agreed on with an organisation, and with whom."""
    right = request.right
    rows = Organisation.objects.select_related("county", "municipality", "merged_into")
    one = get_object_or_404(rows, pk=organisation_id)
    door.write_office_act(right, ActKind.VIEW_ORGANISATION, organisation_id)
    contacts = list(contacts_of(organisation_id))
    context = {
        "organisation": one,
        "ended": presentation.ended(one, right.on),
        "facts": presentation.facts(one, queries.merged_into(one), right.on),
        "former_names": presentation.former_names(one.former_names.order_by("-validity")),
        "municipalities": presentation.municipalities(queries.municipalities_of(one, right.on)),
        "serves_by_choice": one.type in services.MAY_SERVE,
        "served": presentation.served(
            one.serves.select_related("municipality").order_by("municipality__name_fi", "validity")
        ),
        "agreements": presentation.agreements(
            agreements(right.on).filter(organisation=one).order_by("-pk")
        ),
        "contacts": of_contacts.table(contacts, right.on, _address_of_contact),
        "missing_roles": of_contacts.missing_roles(contacts, right.on),
        "payees": of_payees.table(payees_of(organisation_id), right.on, _address_of_payee),
        "keys": of_keys.table(keys_of(organisation_id), right.on, _address_of_key),
        "may_enter": prepares(right),
        "may_end_sessions": ends_sessions_at_kela(right),
    }
    return render(request, "administration/organisations/organisation.html", context)


def _address_of_contact(contact: Contact) -> str:
    return reverse("kela_contact", args=[contact.organisation_id, contact.pk])


def _address_of_key(key: InterfaceKey) -> str:
    return reverse("kela_key", args=[key.organisation_id, key.pk])


def _address_of_payee(payee: Payee) -> str:
    return reverse("kela_payee", args=[payee.organisation_id, payee.pk])


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: RightfulRequest, organisation_id: int) -> HttpResponseBase:
    """Another name, address or type."""
    one = get_object_or_404(Organisation, pk=organisation_id)
    initial = {name: getattr(one, name) for name in FIELDS}
    form = ChangedOrganisationForm(typed(request), initial=initial)
    if taken(form, lambda: _changed(request, one, form.cleaned_data)):
        return redirect("kela_organisation", one.pk)
    return _form_of(request, one, form, _("Change the data of %(name)s"), _("Save"))


def _changed(request: RightfulRequest, one: Organisation, told: dict[str, Any]) -> Organisation:
    fields = {name: told[name] for name in FIELDS}
    return services.change(request.right, one.pk, fields, told["renamed_on"])


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: RightfulRequest, organisation_id: int) -> HttpResponseBase:
    """The last day, and what it is merged into."""
    one = get_object_or_404(Organisation.objects.select_related("merged_into"), pk=organisation_id)
    initial = {
        "last": last_day(one.validity.upper),
        "successor": one.merged_into.business_id if one.merged_into else "",
    }
    form = EndForm(typed(request), initial=initial)
    if taken(form, lambda: services.end(request.right, one.pk, **form.cleaned_data)):
        return redirect("kela_organisation", one.pk)
    return _form_of(request, one, form, _("End or merge %(name)s"), _("Save"))


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def serve(request: RightfulRequest, organisation_id: int) -> HttpResponseBase:
    """One more municipality for which a joint or another authority acts."""
    one = get_object_or_404(Organisation, pk=organisation_id, type__in=services.MAY_SERVE)
    form = ServeForm(typed(request))
    if taken(
        form,
        lambda: services.serve(request.right, one, form.cleaned_data["municipality"], form.time),
    ):
        return redirect("kela_organisation", one.pk)
    title = _("A municipality for which %(name)s acts")
    return _form_of(request, one, form, title, _("Add"))


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_serving(
    request: RightfulRequest, organisation_id: int, served_id: int
) -> HttpResponseBase:
    """The last day on which it acts for a municipality."""
    rows = ServedMunicipality.objects.select_related("organisation", "municipality")
    served = get_object_or_404(rows, pk=served_id, organisation=organisation_id)
    form = LastDayForm(typed(request))
    if form.is_valid():
        services.stop_serving(request.right, served, form.cleaned_data["last"])
        return redirect("kela_organisation", organisation_id)
    title = _("%(name)s acts for a municipality no more") + f": {served.municipality.name}"
    return _form_of(request, served.organisation, form, title, _("Save"))


def _form_of(
    request: RightfulRequest, one: Organisation, form: Form, title: str, button: str
) -> HttpResponse:
    back = reverse("kela_organisation", args=[one.pk])
    return form_page(request, form, title=title % {"name": one.name}, button=button, back=back)
