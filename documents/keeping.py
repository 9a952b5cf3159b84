"""How long contents are kept: after Kela's acknowledgement, as long as the agreement says today.

Then they are removed, with a row of the log; the sending, its history and the checksums stay. What
the scan refused goes as late after that; a draft after a day.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit import services as log
from audit.models import ActKind
from documents import contents
from documents.models import Document, Sending
from documents.words import State
from kelmu import clock
from organisations.models import Organisation
from organisations.queries import documents_kept_days

logger = logging.getLogger(__name__)

DRAFT_KEPT = timedelta(days=1)
SWEPT_AFTER = timedelta(days=1)  # an upload may be under way until then


def remove_old() -> None:
    """Removes what is old, an organisation after another, and what nobody's row speaks of."""
    for organisation_id in Organisation.objects.values_list("pk", flat=True).order_by("pk"):
        _remove_drafts(organisation_id)
        while removed := _remove_one(organisation_id):
            for key in removed:
                contents.remove(key)
    sweep()


def _remove_one(organisation_id: int) -> list[UUID]:
    """Takes the contents of one sending whose time is over out of the rows; which they were."""
    with transaction.atomic():
        log.act_for(organisation_id)
        sending = _old(organisation_id).select_for_update(of=("self",), skip_locked=True).first()
        if sending is None:
            return []
        keys = [one.pk for one in sending.documents.filter(removed_at=None)]
        details = {"sending": str(sending.pk), "files": len(keys)}
        row = log.Row(
            act=ActKind.REMOVE_DOCUMENTS,
            organisation_id=organisation_id,
            customer=sending.customer_id,
            purpose=sending.purpose,
            details=details,
        )
        log.write(row)
        sending.documents.filter(pk__in=keys).update(removed_at=timezone.now())
        return keys


def _old(organisation_id: int) -> QuerySet[Sending]:
    today = clock.today()
    last = today - timedelta(days=documents_kept_days(organisation_id, today) + 1)
    with_contents = Document.objects.filter(removed_at=None).values("sending")
    over = Q(acknowledged_on__lte=last) | Q(state=State.REFUSED, changed_on__lte=last)
    return Sending.objects.filter(over, pk__in=with_contents).order_by("pk")


def _remove_drafts(organisation_id: int) -> None:
    """Removes drafts that nobody has sent within a day; their contents are swept away."""
    with transaction.atomic():
        log.act_for(organisation_id)
        old = Sending.objects.filter(state=State.DRAFT, began_at__lt=timezone.now() - DRAFT_KEPT)
        Document.objects.filter(sending__in=old).delete()
        old.delete()


def sweep() -> None:
    """Removes contents that no row speaks of: of requests that were cut off, and of drafts."""
    store = contents.place()
    before = timezone.now() - SWEPT_AFTER
    for folder in _folders():
        _inner, names = store.listdir(folder)
        old = [one for one in names if store.get_modified_time(f"{folder}/{one}") < before]
        for one in set(old) - _known(old):
            store.delete(f"{folder}/{one}")


def _known(names: list[str]) -> set[str]:
    """Those of the names whose contents some row speaks of, whichever organisation's it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM documents_kept(%s) AS name", [names])
        return {name for (name,) in cursor.fetchall()}


def _folders() -> list[str]:
    try:
        return contents.place().listdir("")[0]
    except FileNotFoundError:
        return []
