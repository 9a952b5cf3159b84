"""The attachments of a notification, one by one or all at once: each an act of its own."""

import tempfile
import zipfile
from pathlib import PurePath

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest
from authorizations.refusals import Reason, Refused
from notifications.choosing.views import forwarded
from notifications.models import Attachment, Handling
from notifications.queue import queries
from notifications.queue.queries import Desk

IN_MEMORY = 4 * 1024 * 1024  # of an archive under way; beyond that it is a temporary file


@forwarded
@require_GET
def attachment(
    request: RightfulRequest, purpose: str, municipality: str, handling_id: int, attachment_id: int
) -> HttpResponseBase:
    """An attachment to look at, or, with `save` in the address, to save under its own name."""
    at = queries.desk(request.right, purpose, municipality)
    handling = queries.handling_of(at, handling_id)
    return document(at, handling, attachment_id, is_saved="save" in request.GET)


def document(at: Desk, handling: Handling, attachment_id: int, *, is_saved: bool) -> HttpResponse:
    """One attachment of a notification, its row in the log first. Raises Refused when it has
    none of that number."""
    act = queries.act_on(ActKind.DOWNLOAD_ATTACHMENT, at, handling, attachment=attachment_id)
    found = Attachment.objects.filter(
        pk=attachment_id, notification=handling.notification_id
    ).first()
    if found is None:
        raise Refused(Reason.NOT_YOUR_FILE, purpose=at.purpose.purpose)
    content = bytes(found.content)
    door.show(act, 1, content)
    response = HttpResponse(content, content_type=found.type)
    response["Content-Disposition"] = _named(found.name, is_saved=is_saved)
    return response


@forwarded
@require_GET
def attachments(
    request: RightfulRequest, purpose: str, municipality: str, handling_id: int
) -> HttpResponseBase:
    """All attachments in one archive, under their own names."""
    at = queries.desk(request.right, purpose, municipality)
    handling = queries.handling_of(at, handling_id)
    act = queries.act_on(ActKind.DOWNLOAD_ATTACHMENTS, at, handling)
    found = queries.attachments(act, handling)
    if not found:
        raise Http404
    name = f"kelmu-{handling.notification_id}.zip"
    archive = _archive(handling, found)
    door.show(act, len(found), found)
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")


def _archive(handling: Handling, found: list[Attachment]) -> tempfile.SpooledTemporaryFile[bytes]:
    """Takes one content at a time: memory does not grow with their number."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # FileResponse closes it
    contents = Attachment.objects.filter(notification=handling.notification_id)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        taken: set[str] = set()
        for one in found:
            name = _unused(one.name, taken)
            archive.writestr(name, bytes(contents.values_list("content", flat=True).get(pk=one.pk)))
    file.seek(0)
    return file


def _unused(name: str, taken: set[str]) -> str:
    """The name, numbered where another attachment has it already."""
    path, number, given = PurePath(name), 1, name
    while given in taken:
        number += 1
        given = f"{path.stem} ({number}){path.suffix}"
    taken.add(given)
    return given


def _named(name: str, *, is_saved: bool) -> str:
    return content_disposition_header(is_saved, name) or "inline"
