"""Fetches a list: the act in the log and the receipt first, then the file."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone, translation

from audit import services as log
from audit import shown
from audit.models import ActKind
from authorizations import door
from authorizations.door import ListAct
from authorizations.refusals import MandatesTooOld
from kelmu.languages import page_language
from notifications.listings import queries
from notifications.listings.queries import Edition, Shelf
from notifications.listings.words import Format
from notifications.models import Download

LONG_LIST = "5min"  # how long the rows in the log of a list of a million persons may take


class Superseded(Exception):
    """A newer version has been published, and nobody has said that this one is wanted."""


def fetch(at: Shelf, one: Edition, form: Format, *, superseded_too: bool) -> Download:
    """Writes that a list is fetched, with all persons on it, and answers the receipt. Raises
    Superseded, or MandatesTooOld when Suomi.fi must be asked first."""
    if at.right.mandates_are_too_old:
        raise MandatesTooOld
    if one.is_superseded and not superseded_too:
        raise Superseded
    act = _write(at, one, form)
    return Download.objects.create(
        entry_id=act.id,
        subject=at.right.subject,
        session_id=at.right.session_id,
        user_name=at.right.user_name,
        organisation_id=at.right.acting_for.id,
        purpose=at.purpose.purpose.value,
        asked_at=timezone.now(),
        rows=one.publication.rows,
        version=one.publication.version,
        municipality_id=one.publication.municipality_id,
        listing=one.publication.listing,
        period=one.publication.period,
        format=form,
        language=page_language(),
    )


def begin(at: Shelf, one: Edition, download: Download) -> Download:
    """Lets the file go out. The first time belongs to the act that the receipt names; to fetch it
    once more, as after a broken connection, is an act of its own."""
    first = Download.objects.filter(pk=download.pk, begun_at__isnull=True)
    if not first.update(begun_at=timezone.now()):
        act = _write(at, one, Format(download.format), repeats=str(download.entry_id))
        download.entry_id = act.id  # the row whose persons the file may name
    return download


def _write(at: Shelf, one: Edition, form: Format, **details: Any) -> ListAct:
    rows = queries.rows_of(at, one.publication)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONG_LIST])
    if rows.filter(customer=at.right.subject).exists():
        details["names_oneself"] = True
    return door.write_list_act(
        ActKind.DOWNLOAD_LIST,
        at.right,
        at.purpose,
        rows.order_by().values_list("customer_id", flat=True),
        municipality=one.publication.municipality_id,
        format=form.value,
        **queries.told(one),
        **details,
    )


def sent(download: Download, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The file as it goes out; when it is whole, its checksum and size are on the receipt, and the
    log knows it as shown."""
    digest, size = sha256(), 0
    proof = shown.digesting(download.entry_id)
    with translation.override(download.language):
        for block in blocks:
            digest.update(block)
            proof.update(block)
            size += len(block)
            yield block
    with transaction.atomic():
        log.act_for(download.organisation_id)
        shown.note_digest(download.entry_id, download.rows, proof.digest())
        Download.objects.filter(pk=download.pk).update(
            finished_at=timezone.now(), sha256=digest.hexdigest(), size=size
        )
