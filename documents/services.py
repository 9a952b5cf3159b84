"""Writes what is sent to Kela, in the request's transaction; each act has its row in the log first.

A sending begins as a draft, to which files are added one after another or all at once. Sent, it is
on its way: the database makes its errand in the same transaction (migrations/0001_initial.sql).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from audit.models import ActKind
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from documents import contents, queries, states
from documents.inspecting import files
from documents.models import Document, Sending
from documents.section import Desk
from documents.words import Actor, Fault, State, Step
from kelmu.log_lines import HETU, HIDDEN

UPDATED = [
    *("state", "version", "step", "reason", "changed_at", "changed_on", "changed_by"),
    *("changed_by_name", "acknowledged_on"),
]
MATTER = ["application", "application_arrived_on", "application_period", "matter"]
CONTENT = ["kind", *MATTER, "text", "asked_by_customer"]


class NothingToSend(Exception):
    """A sending has at least one file."""


class StepNotOpen(Exception):
    """The sending stands where this cannot be done to it."""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A file that was not taken, and why."""

    name: str
    fault: Fault


def draft_of(
    at: Desk, token: UUID, told: dict[str, Any], answers: Sending | None = None
) -> Sending:
    """The sending with the token, begun if there is none, and held until the transaction ends. A
    draft keeps what was typed; an answer belongs to the matter of what it answers. Raises Refused
    for somebody else's."""
    told |= {name: getattr(answers, name) for name in MATTER} if answers else {}
    _one_at_a_time(at)
    found = Sending.objects.select_for_update(of=("self",)).filter(pk=token).first()
    if found is None:
        return _begin(at, token, told, answers)
    mine = (found.customer_id, found.purpose, found.sender)
    if mine != (at.opening.customer_id, at.purpose.purpose, at.right.subject):
        raise Refused(Reason.NOT_YOUR_PAGE)
    if found.state == State.DRAFT:
        for column, value in told.items():
            setattr(found, column, value)
        found.save(update_fields=CONTENT)
    return found


def add(at: Desk, draft: Sending, added: "Iterable[UploadedFile[bytes]]") -> list[Unwanted]:
    """Adds files to a draft; those that were not taken, and why. What was sent takes none."""
    if draft.state != State.DRAFT:
        return []
    return [refused for one in added if (refused := _add(at, draft, one))]


def drop(draft: Sending, document_id: UUID) -> None:
    """Takes a file out of a draft again."""
    if draft.state == State.DRAFT:
        draft.documents.filter(pk=document_id).delete()


def send(at: Desk, draft: Sending) -> None:
    """Sends a draft. What was sent already is not sent a second time.

    Raises NothingToSend while it has no file, StepNotOpen when its question has been answered.
    """
    if draft.state != State.DRAFT:
        return
    number = draft.documents.count()
    if not number:
        raise NothingToSend
    at.act(ActKind.SEND_DOCUMENTS, sending=str(draft.pk), files=number, document=draft.kind)
    if draft.answers_id:
        _answer(at, draft.answers_id)
    _take(at, draft, Step.SEND)
    draft.sent_at = draft.changed_at
    draft.save(update_fields=[*UPDATED, "sent_at"])


def answer(right: Right, sending: Sending, step: Step, reason: str, seen: int) -> None:
    """Kela's answer, given by hand at its desk. The caller has opened the desk.

    Raises StepNotOpen where the sending is not as it was read.
    """
    current = Sending.objects.select_for_update().get(pk=sending.pk)
    if current.version != seen:
        raise StepNotOpen
    _take_for_kela(right, current, step, reason)
    current.acknowledged_on = current.acknowledged_on or right.on
    current.save(update_fields=UPDATED)


def put_on_its_way(right: Right, sending_id: UUID) -> None:
    """Lets a sending whose delivery gave up be delivered again; the caller has opened the desk."""
    current = Sending.objects.select_for_update().get(pk=sending_id)
    _take_for_kela(right, current, Step.AGAIN)
    current.save(update_fields=UPDATED)


def _take_for_kela(right: Right, sending: Sending, step: Step, reason: str = "") -> None:
    after = states.after(step, sending.state, Actor.KELA)
    if after is None:
        raise StepNotOpen
    advance(sending, step, after, timezone.now(), right.on, reason)
    sending.changed_by = right.subject  # Kela answers as Kela: no name is told


def _answer(at: Desk, asked_id: UUID) -> None:
    asked = Sending.objects.select_for_update().get(pk=asked_id)
    _take(at, asked, Step.ANSWER)
    asked.save(update_fields=UPDATED)


def _take(at: Desk, sending: Sending, step: Step) -> None:
    after = states.after(step, sending.state, Actor.SENDER)
    if after is None:
        raise StepNotOpen
    advance(sending, step, after, timezone.now(), at.right.on)
    sending.changed_by, sending.changed_by_name = at.right.subject, at.right.user_name


def advance(sending: Sending, step: Step, after: State, at: Any, on: Any, reason: str = "") -> None:
    """Puts a step of nobody in particular on the sending; it is not saved yet."""
    sending.state, sending.step, sending.reason = after, step, reason
    sending.version += 1
    sending.changed_at, sending.changed_on = at, on
    sending.changed_by, sending.changed_by_name = None, ""


def _begin(at: Desk, token: UUID, told: dict[str, Any], answers: Sending | None) -> Sending:
    now = timezone.now()
    begun = Sending(
        id=token,
        organisation_id=at.right.acting_for.id,
        customer_id=at.opening.customer_id,
        purpose=at.purpose.purpose,
        case_reference=at.opening.case_reference,
        sender=at.right.subject,
        sender_name=at.right.user_name,
        answers=answers,
        state=State.DRAFT,
        began_at=now,
        changed_at=now,
        changed_on=at.right.on,
        **told,
    )
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
    except IntegrityError:  # the number is that of another organisation's sending
        raise Refused(Reason.NOT_YOUR_PAGE) from None
    return begun


def _one_at_a_time(at: Desk) -> None:
    """Until the transaction ends, nobody adds or sends for the same official: what is counted of a
    sending and of a day stays as it is seen."""
    key = f"{at.right.acting_for.id}{at.right.subject}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 9))", [key])


# --- files ----------------------------------------------------------------------------------------


def _add(at: Desk, draft: Sending, file: "UploadedFile[bytes]") -> Unwanted | None:
    name = name_of(file.name or "")
    try:
        _store(at, draft, name, file)
    except files.Refused as refused:
        return Unwanted(name, refused.fault)
    except OSError:
        return Unwanted(name, Fault.NO_ROOM)
    return None


def _store(at: Desk, draft: Sending, name: str, file: "UploadedFile[bytes]") -> None:
    _require_room(at, draft, file)
    plain: IO[bytes] = file.file  # type: ignore[assignment]  # a file of the handler
    kind, key = files.inspect(plain), uuid4()
    stored = contents.store(key, plain)
    there = draft.documents.filter(sha256=stored.sha256)
    if there.exists():  # the same file again is the same document
        contents.remove(key)
        return
    last = draft.documents.aggregate(last=Max("number"))["last"] or 0
    Document.objects.create(
        id=key,
        sending=draft,
        number=last + 1,
        name=name,
        type=kind,
        size=stored.size,
        sha256=stored.sha256,
        key=stored.key,
        added_at=timezone.now(),
    )


def _require_room(at: Desk, draft: Sending, file: "UploadedFile[bytes]") -> None:
    """Raises files.Refused where a limit is passed, or the file did not come whole."""
    size = file.size or 0
    if size > settings.DOCUMENT_LARGEST:
        raise files.Refused(Fault.TOO_LARGE)
    if draft.documents.count() >= settings.DOCUMENTS_IN_A_SENDING:
        raise files.Refused(Fault.TOO_MANY)
    if queries.size_of(draft.pk) + size > settings.DOCUMENTS_SIZE_OF_A_SENDING:
        raise files.Refused(Fault.TOO_MUCH)
    if queries.sent_today(at.right) >= settings.DOCUMENTS_IN_A_DAY:
        raise files.Refused(Fault.DAY_IS_FULL)
    if file.seek(0, 2) != size:
        raise files.Refused(Fault.NO_ROOM)


def name_of(given: str) -> str:
    """The name of a file as people are told it: no path, no identity code, nothing unprintable."""
    name = PurePath(given.replace("\\", "/")).name
    told = "".join(letter for letter in name if letter.isprintable())
    return HETU.sub(HIDDEN, told).strip()[-120:] or "-"
