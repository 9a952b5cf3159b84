"""The customer's documents: what was sent to Kela, one sending, its files."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest
from authorizations.door import Act
from authorizations.refusals import Reason, Refused
from customers import pages
from customers.queries import person
from documents import contents, presentation, queries
from documents.models import Document, Sending
from documents.section import SENDING, Desk, sending
from documents.words import State


@sending
@require_safe
def customers_documents(request: RightfulRequest, opening_id: UUID) -> HttpResponse:
    """What the organisation has sent of the customer under the purpose."""
    at = Desk.of(request.right, opening_id)
    act = at.act(page="documents")
    found = list(queries.sendings_of(act))
    rows = [presentation.line(one) for one in found]
    template = "customers_documents.html"
    return page(request, at, act, template, shown=found, sendings=rows, count=len(rows))


@sending
@require_safe
def one_sending(request: RightfulRequest, opening_id: UUID, sending_id: UUID) -> HttpResponse:
    """A sending: how it stands, what is in it, what has happened to it."""
    at = Desk.of(request.right, opening_id)
    act = at.act(page="sending", sending=str(sending_id))
    found = queries.sending_of(act, sending_id)
    documents = queries.documents_of(found.pk)
    context: dict[str, Any] = {
        "sending": found,
        "state": presentation.state_of(found),
        "asks": found.state == State.ASKED,
        "facts": presentation.facts(found),
        "files": [presentation.file_row(one) for one in documents],
        "history": presentation.history(found.events.order_by("number")),
        "links": presentation.links(found, opening_id),
        "is_new": "sent" in request.GET,
    }
    return page(request, at, act, "sending.html", shown=[found, *documents], **context)


@sending
@require_GET
def file(
    request: RightfulRequest, opening_id: UUID, sending_id: UUID, document_id: UUID
) -> StreamingHttpResponse:
    """A file as it was sent, to be saved: an act of its own."""
    at = Desk.of(request.right, opening_id)
    act = at.act(ActKind.DOWNLOAD_DOCUMENT, sending=str(sending_id), file=str(document_id))
    found = document_of(queries.sending_of(act, sending_id), document_id)
    door.show(act, 1, bytes(found.sha256))
    return attachment(found)


def document_of(sending: Sending, document_id: UUID) -> Document:
    """A file of the sending whose content is still there. Raises Refused for any other, and where
    the malware scan has found something."""
    found = sending.documents.filter(pk=document_id, removed_at=None).first()
    if found is None or sending.state == State.REFUSED:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return found


def attachment(document: Document) -> StreamingHttpResponse:
    """The file, never shown in the page: what it is called is told by its type, too."""
    name = presentation.saved_as(document)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name)
        or "attachment",
        "Content-Length": str(document.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return StreamingHttpResponse(
        contents.read(document), content_type=document.type, headers=headers
    )


def page(
    request: RightfulRequest,
    at: Desk,
    act: Act,
    template: str,
    *,
    shown: list[Any],
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about the opened customer; what it shows is noted in the log."""
    customer = person(act)
    frame = pages.context(act, customer, at.opening, SENDING, request.GET)
    frame["opening"] |= {"id": at.opening.pk, "print_url": ""}
    door.show(act, len(shown), [customer, *shown])
    return render(request, f"documents/{template}", frame | context, status=status)
