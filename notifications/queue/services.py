"""What receivers do to notifications. Each change is an act of its own, with its row in the log,
and changes nothing that somebody else has changed since it was read."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audit.models import ActKind
from authorizations.models import Official
from notifications.models import Answer, Event, Handling
from notifications.queue.queries import Desk, act_on
from notifications.words import EventKind, Outcome, State


class ChangedMeanwhile(Exception):
    """Somebody else has changed the notification since it was read; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a handling, from which states it leads, and what of it is told afterwards."""

    kind: EventKind
    values: dict[str, Any]
    allowed: tuple[State, ...]
    text: str = ""


type Making = Callable[[Desk, datetime], Change]


def take(at: Desk, now: datetime) -> Change:
    """To oneself, from the new ones or from a colleague."""
    return _given(EventKind.TAKEN, at.right.subject, at.right.user_name, now)


def assign(colleague: Official) -> Making:
    """To a colleague of the organisation."""

    def made(_at: Desk, now: datetime) -> Change:
        return _given(
            EventKind.ASSIGNED, colleague.subject, colleague.name, now, text=colleague.name
        )

    return made


def hand_back(_at: Desk, _now: datetime) -> Change:
    """To the new ones, for somebody else."""
    values = {"state": State.NEW, "handler": None, "handler_name": "", "taken_at": None}
    return Change(EventKind.HANDED_BACK, values, (State.IN_PROGRESS,))


def handle(note: str) -> Making:
    """Marks it as handled by oneself, with a note."""

    def made(at: Desk, now: datetime) -> Change:
        values = {
            "state": State.HANDLED,
            "handler": at.right.subject,
            "handler_name": at.right.user_name,
            "ended_at": now,
        }
        values |= {"note": note} if note else {}
        return Change(EventKind.HANDLED, values, (State.NEW, State.IN_PROGRESS), note)

    return made


def reopen(at: Desk, now: datetime) -> Change:
    """Takes a handled one in progress again."""
    values = _given(EventKind.REOPENED, at.right.subject, at.right.user_name, now).values
    return Change(EventKind.REOPENED, {**values, "ended_at": None}, (State.HANDLED,))


def write_note(note: str) -> Making:
    """Changes the note, whatever the state."""

    def made(_at: Desk, _now: datetime) -> Change:
        return Change(
            EventKind.NOTED, {"note": note}, (State.NEW, State.IN_PROGRESS, State.HANDLED), note
        )

    return made


def making(kind: EventKind, told: Mapping[str, Any]) -> Making:
    """The change of a kind, with what was told of it: a note, a colleague."""
    match kind:
        case EventKind.TAKEN:
            return take
        case EventKind.HANDED_BACK:
            return hand_back
        case EventKind.REOPENED:
            return reopen
        case EventKind.ASSIGNED:
            return assign(told["colleague"])
        case EventKind.HANDLED:
            return handle(told["note"])
        case EventKind.NOTED:
            return write_note(told["note"])
        case _:
            raise ValueError(f"{kind} is no change of state.")


@transaction.atomic
def change(at: Desk, handling: Handling, version: int, making: Making) -> None:
    """Makes a change and writes it in the log and in the history.

    Raises ChangedMeanwhile when the handling is no longer of the version that was read.
    """
    now = timezone.now()
    made = making(at, now)
    act_on(ActKind.HANDLE_NOTIFICATION, at, handling, change=made.kind.value)
    _update(handling, version, made)
    _note(at, handling, made.kind, now, made.text)


def change_many(
    at: Desk, handlings: Iterable[Handling], versions: Mapping[int, int], making: Making
) -> int:
    """Makes the same change to those that allow it and were not changed meanwhile, and answers how
    many; an act for each."""
    changed = 0
    for handling in handlings:
        with suppress(ChangedMeanwhile):
            change(at, handling, versions[handling.pk], making)
            changed += 1
    return changed


@transaction.atomic
def answer(at: Desk, handling: Handling, outcome: Outcome, line: str) -> None:
    """Tells Kela what came of the notification; it is sent with the next `export_answers`."""
    now = timezone.now()
    act_on(ActKind.ANSWER_TO_KELA, at, handling, outcome=outcome.value)
    Answer.objects.create(
        notification_id=handling.notification_id,
        organisation_id=at.right.acting_for.id,
        actor=at.right.subject,
        answered_at=now,
        outcome=outcome,
        line=line,
    )
    _note(at, handling, EventKind.ANSWERED, now, f"{outcome.value} {line}".strip())


def _given(kind: EventKind, to: Any, name: str, now: datetime, text: str = "") -> Change:
    values = {"state": State.IN_PROGRESS, "handler": to, "handler_name": name, "taken_at": now}
    return Change(kind, values, (State.NEW, State.IN_PROGRESS), text)


def _update(handling: Handling, version: int, made: Change) -> None:
    current = Handling.objects.filter(pk=handling.pk, version=version, state__in=made.allowed)
    if not current.update(version=F("version") + 1, **made.values):
        raise ChangedMeanwhile


def _note(at: Desk, handling: Handling, kind: EventKind, now: datetime, text: str) -> None:
    Event.objects.create(
        handling=handling,
        at=now,
        actor=at.right.subject,
        actor_name=at.right.user_name,
        organisation_id=at.right.acting_for.id,
        kind=kind,
        text=text,
    )
