"""Acts to review, and what was found of them, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kelmu.formats import day, month, number, second
from kelmu.tables import Column, Table
from oversight.detection import words
from oversight.log import presentation as log
from oversight.log.keys import Key
from oversight.log.presentation import NOTHING
from oversight.models import Finding, Review, Sample
from oversight.reach import Reach
from oversight.reviews import queries
from oversight.reviews.queries import Task
from oversight.words import Conclusion


def months(reach: Reach, samples: Iterable[Sample], counts: dict[date, dict[str, int]]) -> Table:
    """What became of the sample of each month."""
    return Table(
        caption=_("Samples by month"),
        columns=[
            Column(_("Month")),
            Column(_("Acts in the month"), numeric=True),
            *_counted_columns(),
        ],
        rows=[_month(reach, one, counts.get(one.month, {})) for one in samples],
        empty=_("No sample has been drawn."),
    )


def organisations(counts: dict[str, dict[str, int]]) -> Table:
    """What became of the reviews of each organisation."""
    return Table(
        caption=_("Reviews by organisation"),
        columns=[Column(_("Organisation")), *_counted_columns()],
        rows=[[name, *_counted(counted)] for name, counted in counts.items()],
        empty=_("No sample has been drawn."),
    )


def _counted_columns() -> list[Column]:
    labels = [_("To review"), _("Odd acts"), _("Not checked"), *Conclusion.labels, _("Late")]
    return [Column(str(label), numeric=True) for label in labels]


def _counted(counted: dict[str, int]) -> list[str]:
    names = ("acts", "odd", "unchecked", *Conclusion.values, "late")
    return [number(counted.get(name, 0)) for name in names]


def _month(reach: Reach, sample: Sample, counted: dict[str, int]) -> list[Any]:
    query = {"month": f"{sample.month:%Y-%m}"}
    return [
        format_html(
            '<a class="ds-link" href="{}">{}</a>',
            reach.url("reviews", query=query),
            capfirst(month(sample.month)),
        ),
        number(sample.acts),
        *_counted(counted),
    ]


def odd(reach: Reach, sample: Sample, found: Sequence[Task]) -> Table | None:
    """Of the acts of a month, those that stand out, with their signs; None where none does."""
    flagged = [one for one in found if queries.flag_of(one.review)]
    table = _tasks(reach, sample, flagged)
    why = [signs(one.review) for one in flagged]
    return (
        replace(
            table,
            caption=_("Acts that stand out in %(month)s, the oddest first")
            % {"month": month(sample.month)},
            columns=[*table.columns[:2], Column(_("How it stands out")), *table.columns[2:]],
            rows=[[*row[:2], told, *row[2:]] for row, told in zip(table.rows, why, strict=True)],
        )
        if flagged
        else None
    )


def signs(review: Review) -> SafeString:
    """By what an act stands out, in sentences."""
    flag = queries.flag_of(review)
    told = [words.said(sign) for sign in flag.signs] if flag else []
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ([one] for one in told)))


def tasks(reach: Reach, sample: Sample, found: Sequence[Task]) -> Table:
    """Of the acts of a month, those that chance alone picked."""
    return _tasks(reach, sample, [one for one in found if not queries.flag_of(one.review)])


def _tasks(reach: Reach, sample: Sample, found: Sequence[Task]) -> Table:
    """Acts to review. One's own are told to be for somebody else."""
    entries = [one.entry for one in found if one.entry]
    told = {entry.id: row for entry, row in zip(entries, log.rows(entries), strict=True)}
    return Table(
        caption=_("Acts to review of %(month)s") % {"month": month(sample.month)},
        columns=[
            Column(_("Moment")),
            Column(_("Person")),
            Column(_("Act")),
            Column(_("Purpose of use")),
            Column(_("Case reference")),
            Column(_("State")),
            Column(_("Note")),
        ],
        rows=[_task(reach, one, told.get(one.review.entry_id)) for one in found],
        empty=_("Nothing was drawn."),
    )


def _task(reach: Reach, one: Task, row: list[str] | None) -> list[Any]:
    time, person, _organisation, act, purpose, _outcome, case = row or [
        second(one.review.at),
        *[NOTHING] * 6,
    ]
    link = format_html('<a class="ds-link" href="{}">{}</a>', _url(reach, one), time)
    return [link, person, act, purpose, case, state(reach, one), one.note or NOTHING]


def _url(reach: Reach, one: Task) -> str:
    """A supervisor reviews; Kela reads the row."""
    if reach.inquiry:
        key = Key(one.review.at, one.review.entry_id)
        return reach.url("act", key.moment, key.id)
    return reach.url("review", one.review.pk)


def state(reach: Reach, one: Task) -> str:
    """How far the review of an act has come, in words."""
    told = str(one.conclusion.label) if one.conclusion else _("not checked")
    due = {"day": day(one.review.due_on)}
    if one.is_late:
        told = _("late, was due on %(day)s") % due + f": {told}"
    elif one.conclusion is None:
        told = f"{told}, " + _("due on %(day)s") % due
    if one.review.actor == reach.right.subject:
        told = f"{told}. " + _("Your own act: somebody else reviews it.")
    return told


def own_acts(others: Sequence[str]) -> str:
    """Who reviews a supervisor's own acts."""
    if others:
        told = _("You do not review your own acts: they wait for %(names)s.")
        return told % {"names": ", ".join(others)}
    return _(
        "You do not review your own acts, and your organisation has named no other supervisor. They"
        " stay open until one that it proposes to Kela has begun."
    )


def late(count: int) -> str:
    """That reviews are late, for whoever has to do them; nothing where none is."""
    if not count:
        return ""
    return ngettext("%(number)s review is late.", "%(number)s reviews are late.", count) % {
        "number": number(count)
    }


def not_in_order(reviews: Iterable[Any]) -> Table:
    """What was found of acts that are not in order: neither who acted nor on whom."""
    return Table(
        caption=_("Acts that are not in order"),
        columns=[
            Column(_("Time of the act")),
            Column(_("Organisation")),
            Column(_("Finding")),
            Column(_("Note")),
            Column(_("Number of the row")),
        ],
        rows=[
            [
                second(one.at),
                one.organisation.name,
                Conclusion(one.conclusion).label,
                one.note,
                str(one.entry_id),
            ]
            for one in reviews
        ],
        empty=_("No review found an act that is not in order."),
    )


def history(findings: Iterable[Finding]) -> Table:
    """All that was found of an act."""
    return Table(
        caption=_("What was found"),
        columns=[
            Column(_("Day")),
            Column(_("Finding")),
            Column(_("Note")),
            Column(_("Who reviewed")),
        ],
        rows=[
            [
                day(one.on),
                one.get_conclusion_display(),
                one.note or NOTHING,
                one.by_name,
            ]
            for one in findings
        ],
        empty=_("The act has not been checked."),
    )
