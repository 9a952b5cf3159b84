"""The organisation's sendings over all customers, by purpose, narrowed."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest
from authorizations.queries import spoken
from authorizations.refusals import MandatesTooOld, Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from benefits.forms import DayField
from customers.services import open_known
from customers.views import by_suomifi, go
from documents import presentation
from documents.models import Sending
from documents.section import SENDING, sending
from documents.words import Kind, State
from kelmu.forms import INPUT, CheckedForm, text_field

ON_A_PAGE = 50


class OverviewForm(CheckedForm):
    """By purpose, state, kind, time and sender, asked by GET."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose of use"), required=False, widget=forms.Select(attrs=INPUT)
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, widget=forms.Select(attrs=INPUT)
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What was sent"), required=False, widget=forms.Select(attrs=INPUT)
    )
    since = DayField(gettext_lazy("Sent from"))
    until = DayField(gettext_lazy("Until"))
    sender = text_field(gettext_lazy("Sent by"), 60, required=False)

    def __init__(self, purposes: tuple[OpenedPurpose, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purpose", [(one.purpose.value, spoken(one.name)) for one in purposes])
        if len(purposes) == 1:
            del self.fields["purpose"]
        of_state = [(one.value, capfirst(one.label)) for one in State if one != State.DRAFT]
        self.offer("state", [("", _("All")), *of_state])
        of_kind = [(one.value, capfirst(one.label)) for one in Kind]
        self.offer("kind", [("", _("All")), *of_kind])

    @property
    def narrowing(self) -> Q:
        """What was asked for, as far as it makes sense."""
        columns = {
            "state": "state",
            "kind": "kind",
            "since": "sent_at__date__gte",
            "until": "sent_at__date__lte",
            "sender": "sender_name__icontains",
        }
        told = self.cleaned_data
        return Q(**{column: told[name] for name, column in columns.items() if told.get(name)})

    @property
    def told(self) -> dict[str, str]:
        """The same for the log, where names are not."""
        words = self.cleaned_data | {"sender": "…" if self.cleaned_data.get("sender") else ""}
        return {name: str(value) for name, value in words.items() if value}


@sending
@require_safe
def overview(request: RightfulRequest) -> HttpResponse:
    """A page of the list; the people on it stand in the log, each."""
    purposes = request.right.purposes_for(SENDING)
    form = OverviewForm(purposes, request.GET)
    is_right = form.is_valid()
    asked_for = form.cleaned_data.get("purpose", "")
    purpose = next((one for one in purposes if one.purpose == asked_for), purposes[0])
    rows = sendings_under(request.right, purpose).filter(form.narrowing)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    look(request.right, purpose, shown, form)
    asked = {name: value for name, value in request.GET.items() if name != "page" and value}
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "purpose": spoken(purpose.name),
        "sendings": [_row(one, request.right) for one in shown],
        "narrowed": bool(asked),
        "asked": f"{urlencode(asked)}&" if asked else "",
    }
    status = HTTPStatus.OK if is_right else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "documents/overview.html", context, status=status)


@sending
@require_POST
def open_sending(request: RightfulRequest, sending_id: UUID) -> HttpResponseBase:
    """From the list to a sending: its customer is opened, by the same checks as a search."""
    found = sent(request.right, sending_id)
    try:
        opening = open_known(request.right, found.purpose, found.customer_id)
    except MandatesTooOld:
        return by_suomifi(request)
    return go(request, reverse("sending", args=[opening.pk, found.pk]))


def sent(right: Right, sending_id: UUID) -> Sending:
    """What the organisation has sent, for opening its customer and nothing else. Raises Refused for
    any other."""
    own = Sending.objects.filter(pk=sending_id, organisation=right.acting_for.id)
    found = own.exclude(state=State.DRAFT).first()
    if found is None:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return found


def look(
    right: Right, purpose: OpenedPurpose, shown: Collection[Sending], form: OverviewForm
) -> None:
    """Writes that somebody sees these of the list; the people on it stand in the log, each."""
    persons = {one.customer_id for one in shown}
    act = door.write_list_act(ActKind.VIEW_SENDINGS, right, purpose, persons, filters=form.told)
    door.show(act, len(shown), [[one, one.customer] for one in shown])


def sendings_under(right: Right, purpose: OpenedPurpose) -> QuerySet[Sending]:
    """What the organisation has sent under the purpose, what waits for it first."""
    own = Sending.objects.filter(organisation=right.acting_for.id, purpose=purpose.purpose)
    told = own.exclude(state=State.DRAFT).annotate(files=Count("documents"))
    first = Case(When(state=State.ASKED, then=0), default=1)  # what waits for the organisation
    return told.select_related("customer").order_by(first, "-sent_at", "pk")


def _row(one: Sending, right: Right) -> dict[str, Any]:
    """Nobody reads their own matter, not in a list either."""
    customer = one.customer
    own = customer.pk == right.subject
    name = f"{customer.family_name}, {customer.given_names}"
    return presentation.line(one) | {
        "customer": _("your own matter") if own else name,
        "own": own,
        "protected": customer.protected,
    }
