"""The keys by which the organisation's systems get into the technical interface."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.keys import presentation, queries, services
from administration.keys.forms import KeyForm
from administration.keys.queries import State
from administration.own.deeds import Deed, may, those_who_may
from administration.own.pages import form_page, frame
from administration.pages import taken, typed
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, requires
from authorizations.rights import Right
from kelmu.dates import through
from organisations.models import InterfaceKey

keeps_keys = may(Deed.KEEP_KEYS)


@requires(may(Deed.READ))
@require_safe
def keys(request: RightfulRequest) -> HttpResponse:
    """All keys of the organisation, and whether another one can be registered."""
    right = request.right
    own = right.own_organisation
    door.write_office_act(right, ActKind.VIEW_KEYS, own.id)
    is_covered = queries.covers_interface(own.id, right.on)
    context = frame(request) | {
        "heading": _("Technical interface"),
        "keys": presentation.table(queries.keys_of(own.id), right.on, _address),
        "is_covered": is_covered,
        "keepers": those_who_may(Deed.KEEP_KEYS),
        "may_register": keeps_keys(right) and is_covered,
        "client_id": own.business_id,
    }
    return render(request, "administration/own/keys.html", context)


def _address(key: InterfaceKey) -> str:
    return reverse("own_key", args=[key.pk])


@requires(keeps_keys)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: RightfulRequest) -> HttpResponseBase:
    """Registers a key."""
    right = request.right
    form = KeyForm(right.on, typed(request))
    if key := taken(form, lambda: _registered(right, form)):
        return redirect("own_key", key.pk)
    return form_page(
        request,
        form,
        heading=_("Register a key"),
        intro=_(
            "Make the key pair in your own system. The private key never leaves it: paste the"
            " public one here."
        ),
        back=reverse("own_keys"),
        button=_("Register"),
    )


def _registered(right: Right, form: KeyForm) -> InterfaceKey:
    given = form.cleaned_data
    ends = through(right.on, given["last"]).upper
    return services.register(
        right, right.own_organisation.id, given["label"], given["public_key"], ends
    )


@requires(may(Deed.READ))
@require_safe
def key(request: RightfulRequest, key_id: int) -> HttpResponse:
    """One key, and how it is revoked."""
    right = request.right
    own = right.own_organisation
    found = get_object_or_404(queries.keys_of(own.id), pk=key_id)
    door.write_office_act(right, ActKind.VIEW_KEYS, own.id, key=found.kid)
    is_alive = queries.state(found, right.on) in (State.WAITS, State.HOLDS)
    context = frame(request) | {
        "heading": found.label,
        "key": found,
        "facts": presentation.facts(found, right.on),
        "history": presentation.history(found),
        "waits": queries.state(found, right.on) is State.WAITS,
        "refused": presentation.refused(queries.refused(found)),
        "may_end": is_alive and keeps_keys(right),
    }
    return render(request, "administration/own/key.html", context)


@requires(keeps_keys)
@require_POST
def end(request: RightfulRequest, key_id: int) -> HttpResponseBase:
    """Revokes a key of the organisation at once."""
    right = request.right
    get_object_or_404(queries.keys_of(right.own_organisation.id), pk=key_id)
    services.end(right, key_id)
    return redirect("own_keys")
