"""The pages on which an organisation sees its own part, for people with an office."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from administration.own import presentation, queries
from administration.own.deeds import Deed, may
from administration.own.pages import frame
from authorizations.declarations import RightfulRequest, requires


@requires(may(Deed.READ))
@require_safe
def agreement(request: RightfulRequest) -> HttpResponse:
    """The agreement in force, and one that is under way."""
    right = request.right
    shown = queries.agreements(right.own_organisation.id, right.on)
    context = frame(request) | {
        "heading": _("Agreement with Kela"),
        "agreements": [presentation.agreement(one, right.on) for one in shown],
    }
    return render(request, "administration/own/agreement.html", context)
