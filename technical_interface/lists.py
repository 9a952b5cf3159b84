"""Lists that Kela publishes: what there is, and the way to take one along.

Fetching is two calls, as on the pages: the first writes the act with a row for each person and
answers the receipt, the second hands the file out.
"""

from datetime import date
from http import HTTPStatus
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from ninja import Router
from pydantic import AwareDatetime, Field, StrictBool

from authorizations.refusals import Reason, Refused
from authorizations.rulebook import Listing, Purpose
from notifications.listings import queries, services
from notifications.listings.queries import Edition, Shelf
from notifications.listings.services import Superseded
from notifications.listings.views import file_of
from notifications.listings.words import Format
from notifications.models import Download
from technical_interface.calls import CallRequest, require_case_reference
from technical_interface.notifications.asked import Code
from technical_interface.notifications.operations import forwarded
from technical_interface.problems import Kind, Problem
from technical_interface.telling import Euros, Exact, told

router = Router(tags=["Lists published by Kela"])
ONE = "/lists/{purpose}/{municipality}/{listing}/{published_for}/{first_on}/{version}"


class Published(Exact):
    """A version of a list of a period, for the municipality or one merged into it."""

    listing: Listing
    published_for: str
    first_on: date
    last_on: date
    version: int
    published_on: date
    rows: int
    total: Euros | None
    is_superseded: bool
    is_removed: bool = Field(description="Its rows are gone: a correction replaced it long ago.")


class Catalogue(Exact):
    """What was published of the lists that the purpose opens, the newest first."""

    lists: list[Published]


class Wanted(Exact):
    """In which form, and whether a superseded version is really meant."""

    format: Literal["csv", "jsonl"] = "jsonl"
    superseded: StrictBool = False


class Receipt(Exact):
    """What is, or was, fetched. Size and checksum are of the whole file as it was made, before any
    compression; they are there when it has gone out."""

    id: UUID
    listing: Listing
    format: Literal["csv", "jsonl", "xlsx"]
    rows: int
    version: int
    asked_at: AwareDatetime
    finished_at: AwareDatetime | None
    size: int | None
    sha256: str


@router.get(
    "/lists/{purpose}/{municipality}", response=Catalogue, auth=forwarded, summary="Catalogue"
)
def catalogue(request: CallRequest, purpose: Purpose, municipality: Code) -> HttpResponse:
    """The lists of a municipality that the purpose opens. Nothing of a customer."""
    opened = request.right.purpose(purpose)
    if not opened.listings:
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose)
    shelves = [queries.shelf(request.right, purpose, municipality, one) for one in opened.listings]
    lists = [_published(at, one) for at in shelves for one in queries.editions(at)]
    return JsonResponse({"lists": lists})


@router.post(
    f"{ONE}/downloads",
    response={201: Receipt},
    auth=forwarded,
    summary="Fetch a list",
    openapi_extra={"x-problems": ["409"]},
)
def fetch(
    request: CallRequest,
    purpose: Purpose,
    municipality: Code,
    listing: Listing,
    published_for: Code,
    first_on: date,
    version: int,
    wanted: Wanted,
) -> HttpResponse:
    """Writes that the list is fetched, with everybody on it, and answers the receipt, whose file is
    then asked for. A superseded version only if that is said: else 409."""
    require_case_reference(request.right)
    at = queries.shelf(request.right, purpose, municipality, listing)
    one = queries.kept(queries.edition(at, published_for, first_on, version))
    try:
        download = services.fetch(at, one, Format(wanted.format), superseded_too=wanted.superseded)
    except Superseded:
        raise Problem(Kind.NOT_IN_THIS_STATE, "superseded") from None
    return _receipt(download, HTTPStatus.CREATED)


@router.get("/downloads/{download_id}", response=Receipt, auth=forwarded, summary="A receipt")
def receipt(request: CallRequest, download_id: UUID) -> HttpResponse:
    """What somebody or some system of the organisation fetched, with the checksum of the file."""
    download, _at = queries.download_of(request.right, download_id)
    return _receipt(download)


@router.get(
    "/downloads/{download_id}/file",
    auth=forwarded,
    summary="The file of a receipt",
    openapi_extra={"x-media-type": "application/jsonl"},
)
def file(request: CallRequest, download_id: UUID) -> HttpResponseBase:
    """The list as it is read, streamed: CSV as Finns write it, or an object on each line (JSON
    Lines). To fetch it once more is an act of its own."""
    return file_of(request.right, download_id)


def _published(at: Shelf, one: Edition) -> dict[str, Any]:
    of = one.publication
    content = {
        "listing": at.listing,
        "published_for": of.municipality_id,
        "first_on": one.first_on,
        "last_on": one.last_on,
        "version": of.version,
        "published_on": of.published_on,
        "rows": of.rows,
        "total": of.total,
        "is_superseded": one.is_superseded,
        "is_removed": of.removed_on is not None,
    }
    return {name: told(value) for name, value in content.items()}


def _receipt(download: Download, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    content = {name: told(getattr(download, name)) for name in Receipt.model_fields}
    return JsonResponse(content, status=status)
