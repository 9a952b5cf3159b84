"""Lists as their pages show them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.queries import cited, spoken
from customers.pages import address
from kelmu.clock import HELSINKI
from kelmu.formats import amount, day, moment, number, period
from kelmu.tables import Column, Table, Text
from notifications.listings import files, shapes
from notifications.listings.narrowing import PAGE_SIZE, PRINT, NarrowingForm
from notifications.listings.queries import MOST_PRINTED, Edition, Shelf, Shown
from notifications.listings.shapes import FIGURES, Kind
from notifications.listings.trend import trend
from notifications.listings.words import FOR_PEOPLE, Format
from notifications.models import Download

NOTHING = "–"


def shelf_url(at: Shelf) -> str:
    place = [at.purpose.purpose.value, at.place.code, at.listing.value]
    return reverse("listing", args=place)


def edition_url(at: Shelf, one: Edition, page: str = "publication") -> str:
    """The address of a publication, or of another page of it."""
    place = [at.purpose.purpose.value, at.place.code, at.listing.value]
    which = [one.publication.municipality_id, one.first_on.isoformat(), one.publication.version]
    return reverse(page, args=[*place, *which])


def around(at: Shelf) -> dict[str, Any]:
    """What every page of a list tells: purpose, law, municipality, list."""
    return {
        "listing": name_of(at),
        "place": at.place.name,
        "shelf_url": shelf_url(at),
        "purpose": {
            "name": spoken(at.purpose.name),
            "laws": [cited(law) for law in at.purpose.law],
        },
        "printed_by": _printed_by(at),
    }


def name_of(at: Shelf) -> str:
    return spoken(rulebook.load().name(at.listing))


def _printed_by(at: Shelf) -> str:
    """Who, for whom, when and why, for the foot of a printed page."""
    now = timezone.localtime(timezone=HELSINKI).timetz()
    return _("%(user)s, %(organisation)s, %(moment)s. Purpose of use: %(purpose)s.") % {
        "user": at.right.user_name,
        "organisation": at.right.organisation_name,
        "moment": moment(datetime.combine(at.right.on, now)),
        "purpose": spoken(at.purpose.name),
    }


# --- publications -------------------------------------------------------------------------------


def publications(at: Shelf, found: Sequence[Edition]) -> dict[str, Any]:
    """The publications as a table, and what they came to as a drawing."""
    return around(at) | {"table": _publications(at, found), "trend": trend(at, found)}


def _publications(at: Shelf, found: Sequence[Edition]) -> Table:
    has_amounts = at.shape.total is not None
    merged = len({one.publication.municipality_id for one in found}) > 1
    columns = [
        Column(_("Period")),
        *([Column(_("Municipality"))] if merged else []),
        Column(_("Published")),
        Column(_("Rows"), numeric=True),
        *([Column(_("Total"), numeric=True)] if has_amounts else []),
        Column(_("Version")),
        Column(_("Fetched by")),
    ]
    return Table(
        caption=_("Publications"),
        columns=columns,
        rows=[
            (
                _way_to(at, one),
                *([one.municipality.name] if merged else []),
                day(one.publication.published_on),
                number(one.publication.rows),
                *([amount(one.publication.total or Decimal(0))] if has_amounts else []),
                version(one),
                _fetched(one),
            )
            for one in found
        ],
        empty=_("Kela has published no such list for this municipality."),
        marks=[_mark(one) for one in found],
    )


def _way_to(at: Shelf, one: Edition) -> Text:
    if one.publication.removed_on:
        return when(one)
    return format_html('<a class="ds-link" href="{}">{}</a>', edition_url(at, one), when(one))


def _mark(one: Edition) -> str:
    if one.publication.removed_on:
        return _("superseded, removed %(day)s") % {"day": day(one.publication.removed_on)}
    return _("superseded") if one.is_superseded else ""


def when(one: Edition) -> str:
    return period(one.first_on, one.last_on)


def version(one: Edition) -> str:
    """1; 2, correction."""
    if one.publication.version == 1:
        return "1"
    return _("%(version)s, correction") % {"version": one.publication.version}


def _fetched(one: Edition) -> Text:
    """By whom and when, the last time first, each the way to its receipt."""
    if not one.downloads:
        return NOTHING
    last = one.downloads[0]
    told = format_html(
        '<a class="ds-link" href="{}">{}, {}</a>',
        reverse("list_receipt", args=[last.pk]),
        last.user_name,
        moment(last.asked_at),
    )
    more = len(one.downloads) - 1
    others = _(" and %(more)s earlier") % {"more": more} if more else ""
    return format_html("{}{}", told, others)


# --- a publication ------------------------------------------------------------------------------


def publication(
    at: Shelf, one: Edition, shown: Shown, form: NarrowingForm, sums: Sequence[Any]
) -> dict[str, Any]:
    """The rows of a page under what is told of the whole."""
    narrowing = form.narrowing
    asked = form.asked
    return around(at) | {
        "facts": facts(at, one),
        "change": change(one),
        "superseded_by": _newest(at, one),
        "form": form,
        "narrowed": form.chosen if narrowing.printing else [],
        "narrows": bool(narrowing.fields),
        "sort": narrowing.sort,
        "table": _rows(at, one, shown, form),
        "pages": [] if narrowing.printing else list(_pages(shown, form)),
        "totals": _totals(at, shown),
        "sums": _sums(at, sums) if len(sums) > 1 else None,
        "formats": _formats(one),
        "fetch_url": edition_url(at, one, "fetch_list"),
        "printing": narrowing.printing,
        "print_url": address(asked, **{PRINT: "1", "page": ""}),
        "unprinted_url": address(asked, **{PRINT: ""}),
        "cut": MOST_PRINTED if narrowing.printing and shown.found > MOST_PRINTED else 0,
        "when": when(one),
    }


def facts(at: Shelf, one: Edition) -> list[tuple[str, str]]:
    """What a publication says of itself."""
    told = [
        (_("Municipality"), one.municipality.name),
        (_("Period"), when(one)),
        (_("Published"), day(one.publication.published_on)),
        (_("Rows"), number(one.publication.rows)),
    ]
    if at.shape.total:
        told.append((_("Total"), amount(one.publication.total or Decimal(0))))
    if at.is_published:
        told.append((_("Version"), version(one)))
        told.append((_("Checksum of the rows (SHA-256)"), one.publication.checksum))
    return told


def change(one: Edition) -> list[str]:
    """What a correction changed, in sentences."""
    of = one.publication
    if of.version == 1:
        return []
    if of.added is None:
        return [of.reason, _("The version before is not here to be compared with.")]
    numbers = {"added": of.added, "left_out": of.left_out, "changed": of.changed}
    counted = _("Persons added: %(added)s, left out: %(left_out)s, with other rows: %(changed)s.")
    return [of.reason, counted % numbers]


def _newest(at: Shelf, one: Edition) -> dict[str, Any] | None:
    if not one.is_superseded:
        return None
    url = edition_url(at, one).removesuffix(f"{one.publication.version}/") + f"{one.newest}/"
    return {"version": one.newest, "url": url}


def _rows(at: Shelf, one: Edition, shown: Shown, form: NarrowingForm) -> Table:
    narrowing = form.narrowing
    columns = [column for column in at.shape.all_columns if column.kind is not Kind.MARK]
    marks = [column.kind is Kind.MARK for column in at.shape.all_columns].index(True)
    is_narrowed = narrowing.fields and not shown.found
    return Table(
        caption=f"{name_of(at)}, {when(one)}",
        columns=[_heading(column, form) for column in columns],
        rows=[
            tuple(
                cell(column, value)
                for column, value in zip(at.shape.all_columns, row, strict=True)
                if column.kind is not Kind.MARK
            )
            for row in shown.rows
        ],
        marks=[_("Non-disclosure for personal safety") if row[marks] else "" for row in shown.rows],
        start=1 if narrowing.printing else (narrowing.page - 1) * PAGE_SIZE + 1,
        of=shown.found,
        empty=_("No rows among those chosen.") if is_narrowed else _("There are no rows."),
    )


def _heading(column: shapes.Column, form: NarrowingForm) -> Column:
    """A heading with the way to sort by it, and the other way round if rows are sorted so."""
    current = form.narrowing.sort
    other = f"-{column.name}" if current == column.name else column.name
    order = {column.name: "ascending", f"-{column.name}": "descending"}.get(current, "")
    url = "" if form.narrowing.printing else address(form.asked, sort=other, page="")
    return Column(column.label, numeric=column.kind in FIGURES, url=url, order=order)  # type: ignore[arg-type]  # made into text with the page


def cell(column: shapes.Column, value: Any) -> str:
    """A value as it is read."""
    match value:
        case None | "":
            return NOTHING
        case date():
            return day(value)
        case Decimal():
            return amount(value)
        case int():
            return f"{value} %" if column.kind is Kind.PER_CENT else number(value)
    return capfirst(column.word(value)) if column.kind is Kind.WORD else str(value)


def _totals(at: Shelf, shown: Shown) -> list[tuple[str, str]]:
    """What the rows that are chosen add up to, on all pages."""
    columns = ((column, shown.sums.get(column.name)) for column in at.shape.columns)
    return [
        (str(column.label), cell(column, total)) for column, total in columns if total is not None
    ]


def _sums(at: Shelf, sums: Sequence[tuple[str, int, Decimal]]) -> Table:
    benefit = at.shape.column("benefit")
    return Table(
        caption=_("By benefit"),
        columns=[
            Column(_("Benefit")),
            Column(_("Rows"), numeric=True),
            Column(_("Total"), numeric=True),
        ],
        rows=[
            (capfirst(benefit.word(slug)) if benefit else slug, number(rows), amount(total))
            for slug, rows, total in sums
        ],
        empty=_("There are no rows."),
    )


def _pages(shown: Shown, form: NarrowingForm) -> Iterator[dict[str, Any]]:
    """The ways to the other pages; a page without an address is a gap."""
    pages = Paginator(range(shown.found), PAGE_SIZE)
    if pages.num_pages < 2:
        return
    current = min(form.narrowing.page, pages.num_pages)
    for label in pages.get_elided_page_range(current, on_each_side=1, on_ends=1):
        is_page = isinstance(label, int)
        yield {
            "label": str(label),
            "url": address(form.asked, page=str(label)) if is_page else "",
            "is_current": label == form.narrowing.page,
        }


def _formats(one: Edition) -> list[dict[str, str]]:
    """As what it can be fetched."""
    fitting = [form for form in FOR_PEOPLE if form is Format.CSV or files.fits_a_sheet(one)]
    return [{"value": form.value, "label": str(form.label)} for form in fitting]


# --- receipts -----------------------------------------------------------------------------------


def receipt(at: Shelf, one: Edition, download: Download) -> dict[str, Any]:
    """What was fetched, when, by whom and why, and how the file can be known."""
    told = [
        (_("List"), name_of(at)),
        *facts(at, one),
        (_("File"), files.name_of(at, one, download.format)),
        (_("Fetched by"), f"{download.user_name}, {at.right.organisation_name}"),
        (_("Fetched"), moment(download.asked_at)),
        (_("Purpose of use"), spoken(rulebook.load().name(at.purpose.purpose))),
        (_("Row in the access log"), str(download.entry_id)),
    ]
    if download.finished_at and download.size is not None:
        told.append((_("Size of the file, bytes"), number(download.size)))
        told.append((_("Checksum of the file (SHA-256)"), download.sha256))
    return around(at) | {
        "facts": told,
        "is_whole": download.finished_at is not None,
        "is_kept": one.publication.removed_on is None,
        "file_url": reverse("list_file", args=[download.pk]),
        "superseded_by": _newest(at, one),
        "edition_url": edition_url(at, one),
    }
