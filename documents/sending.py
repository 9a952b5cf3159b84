"""Sending documents to Kela: the form, the files that come one after another, the last button."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.models import ActKind
from authorizations.declarations import RightfulRequest
from authorizations.door import Act
from authorizations.refusals import Reason, Refused
from documents import presentation, queries, services
from documents.forms import ACCEPTED, SendingForm
from documents.models import Sending
from documents.section import Desk, may_upload, sending
from documents.views import page
from documents.words import State
from kelmu.uploads import takes_files

AT_ONCE = 100  # what is more than a sending may hold is told, file by file


@sending
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(settings.DOCUMENT_LARGEST, AT_ONCE, may_upload)
def new(request: RightfulRequest, opening_id: UUID) -> HttpResponseBase:
    """The page of a new sending, or of the answer to one of which Kela asks for more."""
    at = Desk.of(request.right, opening_id)
    files = [one for one in request.FILES.getlist("files") if one.name]
    act = at.act(ActKind.ADD_DOCUMENTS if files else ActKind.VIEW, page="new_sending")
    asked = _asked(act, request.GET.get("answers", ""))
    if request.method != "POST":
        return _page(request, at, act, _form(act, asked), asked)
    typed = _form(act, asked, request.POST.dict())
    typed.is_valid()
    if "token" in typed.errors:
        return _page(request, at, act, typed, asked, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _posted(request, at, act, typed, asked, files)


def _posted(
    request: RightfulRequest,
    at: Desk,
    act: Act,
    form: SendingForm,
    asked: Sending | None,
    files: "list[UploadedFile[bytes]]",
) -> HttpResponseBase:
    """Adds files, takes one out, or sends; whatever is wrong, the files that were taken stay."""
    draft = services.draft_of(at, form.cleaned_data["token"], form.told, asked)
    if draft.state != State.DRAFT:
        return _sent(at, draft)
    unwanted = services.add(at, draft, files)
    if dropped := request.POST.get("drop", ""):
        services.drop(draft, _id(dropped))
    elif request.POST.get("do") == "send":
        if not unwanted and _send(at, draft, form):
            return _sent(at, draft)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, at, act, form, asked, draft, unwanted, status=status)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if unwanted else HTTPStatus.OK
    typed = _form(act, asked, initial=request.POST.dict())  # nothing is asked for yet
    return _page(request, at, act, typed, asked, draft, unwanted, status=status)


def _send(at: Desk, draft: Sending, form: SendingForm) -> bool:
    """Sends what is right and complete; all that is not is told at once."""
    if not draft.documents.exists():
        form.add_error(None, _("Add at least one file."))
    if not form.is_valid():
        return False
    try:
        services.send(at, draft)
    except services.StepNotOpen:
        form.add_error(None, _("This has been answered already."))
        return False
    return True


def _sent(at: Desk, one: Sending) -> HttpResponseBase:
    return redirect(reverse("sending", args=[at.opening.pk, one.pk], query={"sent": "1"}))


def _form(act: Act, asked: Sending | None, typed: Any = None, **options: Any) -> SendingForm:
    options["initial"] = ({"kind": asked.kind} if asked else {}) | options.get("initial", {})
    applications = None if asked else queries.applications(act)
    return SendingForm(typed, applications=applications, is_answer=bool(asked), **options)


def _asked(act: Act, told: str) -> Sending | None:
    """The sending of which Kela asks for more; none for a new matter. Raises Refused."""
    if not told:
        return None
    return queries.sending_of(act, _id(told))


def _id(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise Refused(Reason.NOT_YOUR_PAGE) from None


def _page(
    request: RightfulRequest,
    at: Desk,
    act: Act,
    form: SendingForm,
    asked: Sending | None,
    draft: Sending | None = None,
    unwanted: list[services.Unwanted] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    documents = queries.documents_of(draft.pk) if draft else []
    context = {
        "form": form,
        "asked": presentation.asked(asked) if asked else None,
        "files": [presentation.file_row(one) for one in documents],
        "unwanted": [(one.name, one.fault.label) for one in unwanted or ()],
        "limits": presentation.limits(),
        "accepted": ACCEPTED,
    }
    shown = [*documents, form.applications]
    return page(request, at, act, "new.html", shown=shown, status=status, **context)
