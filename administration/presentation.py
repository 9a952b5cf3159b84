"""Deliveries as tables of ready text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from intake.freshness import awaited_files, is_late
from intake.models import Batch, Delivery, Reject
from kelmu.formats import moment, number
from kelmu.tables import Column, Table

NOTHING = "–"


def _counts() -> list[Column]:
    labels = (_("Rows"), _("Merged"), _("Unchanged"), _("Rejected"))
    return [Column(label, numeric=True) for label in labels]


def newest(deliveries: Mapping[str, Delivery | None]) -> Table:
    """How old the data of each file is, and what became of its rows."""
    return Table(
        caption=_("Newest data of each file"),
        columns=[Column(_("File")), Column(_("Data of")), Column(_("State")), *_counts()],
        rows=[_newest(file, delivery) for file, delivery in deliveries.items()],
        empty=_("Nothing has been delivered."),
    )


def _newest(file: str, delivery: Delivery | None) -> list[str]:
    if delivery is None:
        return [file, NOTHING, _("never delivered"), *[NOTHING] * 4]
    made_at = delivery.batch.made_at
    counts = (delivery.rows, delivery.merged, delivery.unchanged, delivery.rejected)
    late = is_late(made_at) and file in awaited_files()
    state = _("late") if late else _("in time")
    return [file, moment(made_at), state, *map(number, counts)]


def batches(latest: Sequence[Batch]) -> Table:
    """What was taken in when, how long that took, and what became of the rows."""
    return Table(
        caption=_("Latest batches"),
        columns=[
            Column(_("Data of")),
            Column(_("Source")),
            Column(_("Taken in")),
            Column(_("Seconds"), numeric=True),
            Column(_("Files"), numeric=True),
            *_counts(),
            Column(_("Checksum")),
        ],
        rows=[_batch(batch) for batch in latest],
        empty=_("Nothing has been delivered."),
    )


def _batch(batch: Any) -> list[str]:
    """`batch` is one with its sums: administration.queries.latest_batches."""
    seconds = round((batch.loaded_at - batch.began_at).total_seconds())
    counts = (batch.all_rows, batch.all_merged, batch.all_unchanged, batch.all_rejected)
    return [
        moment(batch.made_at),
        batch.source,
        moment(batch.loaded_at),
        number(seconds),
        number(batch.files),
        *(number(count or 0) for count in counts),
        batch.digest[:12],
    ]


def rejects(by_reason: Iterable[Mapping[str, Any]]) -> Table:
    """How many rows were left out for which reason."""
    return Table(
        caption=_("Rows left out of these batches"),
        columns=[
            Column(_("File")),
            Column(_("Field")),
            Column(_("Reason")),
            Column(_("Rows"), numeric=True),
        ],
        rows=[
            [
                one["file"],
                one["field"],
                Reject.Reason(one["reason"]).label,
                number(one["number"]),
            ]
            for one in by_reason
        ],
        empty=_("No row was left out."),
    )
