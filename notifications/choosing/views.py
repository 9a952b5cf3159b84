"""Choice of what Kela forwards: purpose, municipality, type or list."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from authorizations.declarations import RightfulRequest, opens_tab, requires
from authorizations.queries import purpose_rows
from authorizations.refusals import Reason
from authorizations.rulebook import Tab
from notifications.choosing import menu
from notifications.choosing.forms import ChoiceForm

forwarded = requires(opens_tab(Tab.FORWARDED_NOTIFICATIONS), otherwise=Reason.PURPOSE_NOT_OPEN)


@forwarded
@require_safe
def choose(request: RightfulRequest) -> HttpResponseBase:
    """Step by step without scripts; with `fetch` in the address to what was chosen."""
    is_fetched = "fetch" in request.GET
    chosen = {**menu.remembered(request), **request.GET.dict()}
    form = ChoiceForm(request.right, chosen, is_fetched=is_fetched)
    if is_fetched and form.is_valid():
        return redirect(form.address)
    return _page(request, form, is_fetched=is_fetched)


def _page(request: RightfulRequest, form: ChoiceForm, *, is_fetched: bool) -> HttpResponse:
    rows = purpose_rows(menu.purposes(request.right))
    context = {
        "form": form,
        "purposes": rows,
        "opened": form.opened,
        "chosen_purpose": form.opened.purpose.value if form.opened else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_fetched else HTTPStatus.OK
    return render(request, "notifications/choose.html", context, status=status)
