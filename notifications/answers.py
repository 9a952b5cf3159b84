"""The answers to Kela, as a delivery of the kind that Kela makes: a CSV file and its manifest."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from intake import deliveries
from kelmu.clock import HELSINKI
from notifications.models import Answer

FILE = "notification_answers.csv"
COLUMNS = ("id", "notification", "organisation", "answered_at", "outcome", "line")
OWNER = "owner"


def export(folder: Path) -> int:
    """Writes the answers that were not sent yet and marks them as sent; how many they are.

    Each goes once: the mark and the whole files come together. Raises FileExistsError when the
    folder is there, so that nothing unsent is written over.
    """
    folder.mkdir(parents=True)
    with transaction.atomic(using=OWNER):
        waiting = Answer.objects.using(OWNER).select_for_update(of=("self",))
        rows = list(waiting.filter(sent_at=None).select_related("organisation").order_by("pk"))
        made_at = timezone.localtime(timezone=HELSINKI)
        told = [_told(row) for row in rows]
        deliveries.write(folder, FILE, COLUMNS, told, source="Kelmu", made_at=made_at)
        sent = Answer.objects.using(OWNER).filter(pk__in=[row.pk for row in rows])
        sent.update(sent_at=timezone.now())
    return len(rows)


def _told(row: Answer) -> tuple[object, ...]:
    """Of the official nothing is told: Kela knows the organisation, the log knows who."""
    answered_at = timezone.localtime(row.answered_at, HELSINKI).isoformat(timespec="seconds")
    return (
        row.pk,
        row.notification_id,
        row.organisation.business_id,
        answered_at,
        row.outcome,
        row.line,
    )
