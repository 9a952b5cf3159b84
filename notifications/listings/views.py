"""Lists: what was published, the rows of a publication, and the way to take one along."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from authorizations.declarations import RightfulRequest, opens_tab, requires
from authorizations.refusals import MandatesTooOld, Reason
from authorizations.rights import Right
from authorizations.rulebook import Tab
from authorizations.views import read_mandates_again
from notifications.choosing import menu
from notifications.listings import files, presentation, queries, services
from notifications.listings.narrowing import NarrowingForm
from notifications.listings.queries import Edition, Shelf
from notifications.listings.services import Superseded
from notifications.listings.words import FOR_PEOPLE, Format
from notifications.models import Download

forwarded = requires(opens_tab(Tab.FORWARDED_NOTIFICATIONS), otherwise=Reason.PURPOSE_NOT_OPEN)

type Made = Callable[[Shelf, Edition, Download], Iterator[bytes]]

TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSONL: "application/jsonl",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MADE: Mapping[Format, Made] = {
    Format.CSV: files.as_csv,
    Format.JSONL: files.as_json_lines,
    Format.XLSX: files.as_workbook,
}


@forwarded
@require_safe
def listing(
    request: RightfulRequest, purpose: str, municipality: str, listing: str
) -> HttpResponse:
    """What was published of a list for a municipality."""
    at = queries.shelf(request.right, purpose, municipality, listing)
    menu.remember(request, at.purpose, at.place.code, at.listing.value)
    context = presentation.publications(at, queries.editions(at))
    return render(request, "notifications/listings/publications.html", context)


@forwarded
@require_safe
def publication(
    request: RightfulRequest,
    purpose: str,
    municipality: str,
    listing: str,
    published_for: str,
    first_on: str,
    version: int,
) -> HttpResponse:
    """The rows of a publication, narrowed, sorted and paged by the address, or printed."""
    at = queries.shelf(request.right, purpose, municipality, listing)
    return _page(request, at, _edition(at, published_for, first_on, version))


@forwarded
@require_POST
def fetch_list(
    request: RightfulRequest,
    purpose: str,
    municipality: str,
    listing: str,
    published_for: str,
    first_on: str,
    version: int,
) -> HttpResponseBase:
    """Writes the act and the receipt, and leads to the file. One that is superseded only when that
    is known."""
    at = queries.shelf(request.right, purpose, municipality, listing)
    one = _edition(at, published_for, first_on, version)
    form = request.POST.get("format", "")
    if form not in FOR_PEOPLE or (form == Format.XLSX and not files.fits_a_sheet(one)):
        return _page(request, at, one, no_such_format=True)
    try:
        download = services.fetch(
            at, one, Format(form), superseded_too="superseded" in request.POST
        )
    except Superseded:
        return _page(request, at, one, warned=True)
    except MandatesTooOld:
        return read_mandates_again(request)
    return redirect("list_file", download.pk)


@forwarded
@require_safe
def receipt(request: RightfulRequest, download_id: UUID) -> HttpResponse:
    """What somebody of the organisation fetched."""
    download, at = queries.download_of(request.right, download_id)
    context = presentation.receipt(at, _edition_of(at, download), download)
    return render(request, "notifications/listings/receipt.html", context)


@forwarded
@require_GET
def file(request: RightfulRequest, download_id: UUID) -> StreamingHttpResponse:
    """The file of a receipt. It is read when the transaction of this request has been committed."""
    return file_of(request.right, download_id)


def file_of(right: Right, download_id: UUID) -> StreamingHttpResponse:
    """The same, for whoever has the right to it."""
    download, at = queries.download_of(right, download_id)
    one = queries.kept(_edition_of(at, download))
    download = services.begin(at, one, download)
    form = Format(download.format)
    name = files.name_of(at, one, download.format)
    return StreamingHttpResponse(
        services.sent(download, MADE[form](at, one, download)),
        content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _edition(at: Shelf, published_for: str, first_on: str, version: int) -> Edition:
    try:
        one = queries.edition(at, published_for, date.fromisoformat(first_on), version)
    except ValueError as error:
        raise Http404 from error
    return queries.kept(one)


def _edition_of(at: Shelf, download: Download) -> Edition:
    period = download.period
    return queries.edition(at, download.municipality_id, period.lower, download.version)


def _page(request: RightfulRequest, at: Shelf, one: Edition, **context: Any) -> HttpResponse:
    rows = queries.rows_of(at, one.publication)
    form = NarrowingForm(at.shape, rows, request.GET)
    shown = queries.shown(at, one, form.narrowing)
    context |= presentation.publication(at, one, shown, form, queries.sums_by(at, one))
    is_wrong = not form.is_valid() or request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "notifications/listings/publication.html", context, status=status)
