"""Documents to Kela: sent once, how each sending goes, what Kela says, answering it.

The same inspection, limits, services and rows of the log as the pages have. A call sends a whole
sending or nothing: it leaves no draft.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import FileEx, Form, P, Query, Router
from ninja.files import UploadedFile

from audit.models import ActKind
from authorizations import door
from authorizations.refusals import Reason, Refused
from authorizations.rulebook import OpenedPurpose
from customers.queries import person
from customers.services import open_customer, open_known
from documents import contents, queries, services
from documents.forms import SendingForm
from documents.models import Sending
from documents.overview import look, sendings_under, sent
from documents.section import SENDING, Desk, may_send
from documents.sending import AT_ONCE
from kelmu.uploads import takes_files
from technical_interface import idempotency, problems
from technical_interface.calls import OF_A_PURPOSE, CallRequest, Needs, purpose_of
from technical_interface.customers import Asked
from technical_interface.documents import told
from technical_interface.forms import Errors
from technical_interface.paging import page
from technical_interface.problems import Kind
from technical_interface.telling import told as as_json

router = Router(tags=["Documents to Kela"], auth=Needs(may_send, Reason.ACTION_NOT_OPEN))
SENDINGS = "/sendings"
OF_ALL: dict[str, Any] = {"x-problems": ["400", "403"], **OF_A_PURPOSE}
OF_SENDING = {**OF_ALL, "x-problems": ["400", "403", "409"], "x-idempotent": True}


def _has_right(request: HttpRequest) -> bool:
    """Whether the call has been found to be by somebody who may send, which comes first."""
    return hasattr(request, "right")


taking = takes_files(settings.DOCUMENT_LARGEST, AT_ONCE, _has_right)


class NotSent(Exception):
    """A sending that is taken back, with why: file by file, or the kind of the problem."""

    def __init__(self, kind: Kind, errors: Errors | None = None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.errors = errors or []


@router.get(
    SENDINGS,
    response=told.SendingRows,
    summary="The organisation’s sendings",
    openapi_extra=OF_ALL,
)
def sendings(request: CallRequest, asked: Query[told.SendingsAsked]) -> HttpResponse:
    """What was sent under the purpose and how it stands, narrowed as on the page. `after` reads on
    from a cursor that an earlier answer told, and misses nothing that has been sent since; one
    that gets on keeps its place. Each page is an act with a row for each person on it."""
    purpose = _purpose(request)
    form = asked.form(purpose)
    form.is_valid()
    rows = sendings_under(request.right, purpose).filter(form.narrowing)
    shown, end = page(rows, "documents_give_turns", asked)
    look(request.right, purpose, shown, form)
    return JsonResponse({"rows": [told.row(one) for one in shown]} | end)


@router.post(
    "/customers/documents",
    response=told.CustomersDocuments,
    summary="The documents of a customer",
    openapi_extra=OF_ALL,
)
def customers_documents(request: CallRequest, asked: Asked) -> HttpResponse:
    """What the organisation has sent of one customer under the purpose, and the applications to
    which documents can be sent."""
    at = _searched(request, asked.hetu)
    if at is None:
        return problems.answer(Kind.CUSTOMER_NOT_FOUND)
    act = at.act(page="documents")
    known = queries.applications(act)
    rows = [told.customers_sending(one) for one in queries.sendings_of(act)]
    content = {
        "customer": as_json(person(act)),
        "applications": None if known is None else [told.application(one) for one in known],
        "sendings": rows,
    }
    door.show(act, len(rows), content)
    return JsonResponse(content)


@router.get(
    f"{SENDINGS}/{{sending_id}}",
    response=told.SendingWhole,
    summary="A sending",
    openapi_extra=OF_ALL,
)
def sending(request: CallRequest, sending_id: UUID) -> HttpResponse:
    """How it stands, what is in it, what has happened to it, what Kela says."""
    purpose, found = _purpose(request), sent(request.right, sending_id)
    if found.purpose != purpose.purpose:
        raise Refused(Reason.NOT_YOUR_PAGE)
    reference = _case_reference(request)
    right = request.right
    opening = open_known(right, found.purpose, found.customer_id, case_reference=reference)
    act = Desk.of(right, opening.pk).act(page="sending", sending=str(sending_id))
    content = told.whole(queries.sending_of(act, sending_id), right.on)
    content["customer"] = as_json(person(act))
    door.show(act, 1, content)
    return JsonResponse(content)


@router.post(
    SENDINGS,
    response={201: told.Sent},
    summary="Send documents",
    openapi_extra=OF_SENDING,
)
def send(
    request: CallRequest,
    asked: Form[told.NewSending],
    files: FileEx[list[UploadedFile], P(min_length=1)],
) -> HttpResponse:
    """Sends files to Kela, once for each Idempotency-Key: PDF, JPEG, PNG or TIFF. If one of them is
    not taken, nothing is sent. `answers` makes it the answer to what Kela asks, of which there is
    one."""
    number = idempotency.number_of(request, "send documents")
    at = _searched(request, asked.hetu)
    if at is None:
        return problems.answer(Kind.CUSTOMER_NOT_FOUND)
    act = at.act(ActKind.ADD_DOCUMENTS, page="new_sending")
    if made := Sending.objects.filter(pk=number).first():
        is_same = _is_same(at, made, files) and asked.is_made(made)
        return _sent(made) if is_same else problems.answer(Kind.KEY_REUSED)
    answered = queries.sending_of(act, asked.answers) if asked.answers else None
    form = asked.form(None if answered else queries.applications(act))
    if errors := asked.errors(form):
        return problems.answer(Kind.INVALID, errors=errors)
    try:
        return _sent(_send(at, number, form, answered, files))
    except NotSent as error:
        return problems.answer(error.kind, errors=error.errors)


def _send(
    at: Desk,
    number: UUID,
    form: SendingForm,
    answered: Sending | None,
    files: list[UploadedFile],
) -> Sending:
    """The sending, sent. Raises NotSent, and then there is none."""
    with transaction.atomic():
        draft = services.draft_of(at, number, form.told, answered)
        with _taken_back(draft):
            if unwanted := list(_unwanted(at, draft, files)):
                raise NotSent(Kind.INVALID, unwanted)
            try:
                services.send(at, draft)
            except services.StepNotOpen:
                raise NotSent(Kind.NOT_IN_THIS_STATE) from None
    return draft


def _unwanted(at: Desk, draft: Sending, files: list[UploadedFile]) -> Iterator[dict[str, str]]:
    """What is wrong with the files, each by its place."""
    for place, file in enumerate(files):
        for refused in services.add(at, draft, [file]):
            fault = refused.fault
            yield {"pointer": f"/files/{place}", "type": fault.value, "message": str(fault.label)}


@contextmanager
def _taken_back(draft: Sending) -> Iterator[None]:
    """Leaves no content behind of what is not sent; the rows are taken back by the transaction."""
    try:
        yield
    except BaseException:
        for document in queries.documents_of(draft.pk):
            contents.remove(document.pk)
        raise


def _is_same(at: Desk, made: Sending, files: list[UploadedFile]) -> bool:
    sums = {_sum(one) for one in files}
    kept = {bytes(one.sha256) for one in queries.documents_of(made.pk)}
    about = (made.customer_id, made.purpose)
    return sums == kept and about == (at.opening.customer_id, at.purpose.purpose)


def _sum(file: UploadedFile) -> bytes:
    digest = sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.digest()


def _sent(made: Sending) -> HttpResponse:
    return JsonResponse(told.first_standing(made), status=HTTPStatus.CREATED)


def _purpose(request: CallRequest) -> OpenedPurpose:
    """The purpose that the call names, by which documents are sent. Raises Refused for others."""
    purpose = purpose_of(request)
    if purpose not in request.right.purposes_for(SENDING):
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose.purpose)
    return purpose


def _searched(request: CallRequest, hetu: str) -> Desk | None:
    """The customer, opened; None, also written, where Kela knows nobody by the code."""
    purpose, reference = _purpose(request), _case_reference(request)
    right = request.right
    opening = open_customer(right, purpose.purpose, hetu, case_reference=reference)
    return Desk.of(right, opening.pk) if opening else None


def _case_reference(request: CallRequest) -> str:
    call = request.right.call
    return call.case_reference if call else ""
