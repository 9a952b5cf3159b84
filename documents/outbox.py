"""The worker's part: scans what was received, and delivers what is clean.

An errand is taken with FOR UPDATE SKIP LOCKED and held while it is run, so several workers never
run the same one, and one that is killed leaves it to the next. Scanning and delivering are a
transaction each; a delivery that was made but not noted is made again under the same number.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from audit.services import act_for
from documents import contents, delivery, queries, scanning
from documents.models import Errand, Sending
from documents.sealing import Altered
from documents.services import UPDATED, advance
from documents.words import Failed, State, Step, Trouble
from kelmu import clock

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
TO_SCAN = (State.RECEIVED, State.CHECKING)


def run_errands() -> None:
    """Runs what is due, one errand after another."""
    while run_one():
        pass


def run_one() -> bool:
    """Runs the errand that has been due for longest; whether there was one."""
    with transaction.atomic():
        errand = _taken()
        if errand is None:
            return False
        _act(errand)
        sending = Sending.objects.select_for_update(of=("self",)).get(pk=errand.pk)
        step = _scan if sending.state in TO_SCAN else _deliver
        step(errand, sending)
        return True


def _taken() -> Errand | None:
    due = Errand.objects.filter(dead_at=None, due_at__lte=timezone.now())
    return due.select_for_update(skip_locked=True).order_by("due_at").first()


def _act(errand: Errand) -> None:
    """Lets this transaction act for the errand's organisation, as the service itself."""
    act_for(errand.organisation_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kelmu.errands', 'on', true)")


def _scan(errand: Errand, sending: Sending) -> None:
    try:
        found = _found_in(sending)
    except Failed as failed:
        if sending.state == State.RECEIVED:
            _step(sending, Step.WAIT, State.CHECKING)
        _later(errand, failed)
        return
    if found:
        _step(sending, Step.REFUSE, State.REFUSED, found)
    else:
        _step(sending, Step.CLEAR, State.CHECKED)


def _found_in(sending: Sending) -> str:
    """What was found in which file; empty where all are clean. Raises Failed."""
    for one in queries.documents_of(sending.pk):
        try:
            found = scanning.found_in(contents.read(one))
        except Altered as error:
            raise Failed(Trouble.STORE) from error
        if found:
            return f"{one.name}: {found}"[:500]
    return ""


def _deliver(errand: Errand, sending: Sending) -> None:
    try:
        delivery.deliver(sending, queries.documents_of(sending.pk))
    except Failed as failed:
        logger.warning("Sending %s was not delivered: %s.", sending.pk, failed)
        _later(errand, failed)
        if errand.attempts >= settings.DOCUMENTS_ATTEMPTS:
            _step(sending, Step.GIVE_UP, State.STUCK)
        return
    _step(sending, Step.DELIVER, State.SENT)


def _step(sending: Sending, step: Step, after: State, reason: str = "") -> None:
    advance(sending, step, after, timezone.now(), clock.today(), reason)
    sending.save(update_fields=UPDATED)


def _later(errand: Errand, failed: Failed) -> None:
    """Once more after a pause, each time a longer one."""
    pause = min(FIRST_PAUSE * 2 ** min(errand.attempts, 10), LONGEST_PAUSE)
    errand.attempts, errand.due_at = errand.attempts + 1, timezone.now() + pause
    errand.fault = str(failed)[:200]
    errand.save(update_fields=["attempts", "due_at", "fault"])
