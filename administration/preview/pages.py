"""The pages of an employee, made by the views that employees reach, in the world of a preview.

The addresses of a preview are theirs below a beginning of their own, so that every link of a page
leads on in the preview. What is public is not previewed: its link leads to the page itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.urls import (
    Resolver404,
    ResolverMatch,
    get_script_prefix,
    resolve,
    reverse,
    set_script_prefix,
)

from administration.preview.world import world_of
from audit import services as log
from audit.models import ActKind
from authorizations import door, resolving
from authorizations.declarations import RightfulRequest, anybody_logged_in
from authorizations.explaining.agreed import agreed_purposes
from authorizations.explaining.refused import context as explain
from authorizations.middleware import refusal_page
from authorizations.refusals import Refused
from authorizations.rights import SYNTHETIC_CUSTOMER, ActingOrganisation, Preview, Right
from authorizations.rulebook import Mandate, OrganisationType
from organisations.models import AgreementVersion

START = "start/"
ENTRANCES = {"front", "home"}
# POST that only leads on, and the steps of a form that are not its last.
CHANGES_NOTHING = {
    *("start", "change_purpose", "close_customer"),
    *("payment_demands", "open_payment_demand"),
}
ASKS_FIRST = {"new_payment_demand", "edit_payment_demand"}
FIRST_STEPS = {"preview", "summary"}
SAFE = {"GET", "HEAD"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is previewed: a version, the mandates that an employee holds, and the day."""

    version: AgreementVersion
    mandates: tuple[Mandate, ...]
    on: date

    @property
    def entrance(self) -> str:
        """The address below which the preview's pages are."""
        return reverse("preview_entrance", args=[self.version.pk, self.on, self.mandates])

    def address(self, page: str = START) -> str:
        """Of a page of the preview."""
        return f"{self.entrance}{page}"


def previewed(request: RightfulRequest, chosen: Chosen, page: str) -> HttpResponseBase:
    """The page as the employee would see it. Raises Http404 where there is none."""
    match = _found(page)
    if match.url_name in ENTRANCES:
        return redirect(chosen.address())
    if getattr(match.func, "declaration", None) in ("public", anybody_logged_in):
        return _itself(request, page)
    of_kela = request.right
    entry = _write(of_kela, chosen, match)
    world = world_of(chosen.version, chosen.on, of_kela)
    request.session.keys()  # read now: there are no sessions in that world
    leave_url = reverse("preview", args=[chosen.version.pk])
    with world, _addresses_below(chosen.entrance):
        request.right = request.previewed = _right(of_kela, chosen, entry, leave_url)  # type: ignore[attr-defined]  # declarations.previewed reads it
        return _shown(request, match)


def _found(page: str) -> ResolverMatch:
    try:
        return resolve(f"/{page}")
    except Resolver404:
        raise Http404 from None


def _itself(request: HttpRequest, page: str) -> HttpResponseBase:
    """To the public page; a form is sent on as it was sent."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"/{page}{'?' * bool(query)}{query}")
    response.status_code = HTTPStatus.TEMPORARY_REDIRECT
    return response


def _write(of_kela: Right, chosen: Chosen, match: ResolverMatch) -> UUID:
    """Writes that somebody of Kela now sees a page of a preview."""
    version = chosen.version
    details = {
        "version": label_of(version),
        "organisation": version.agreement.organisation_id,
        "day": chosen.on,
        "mandates": chosen.mandates,
        "page": match.url_name,
    }
    row = log.Row(
        act=ActKind.PREVIEW,
        customer=SYNTHETIC_CUSTOMER if "opening_id" in match.kwargs else None,
        details=details,
        **door.who(of_kela),
    )
    return log.write(row)


def _right(of_kela: Right, chosen: Chosen, entry: UUID, leave_url: str) -> Right:
    version, of = chosen.version, chosen.version.agreement.organisation
    organisation = ActingOrganisation(
        id=of.pk,
        type=OrganisationType(of.type),
        name_fi=of.name_fi,
        name_sv=of.name_sv,
        business_id=of.business_id,
        agreement=label_of(version),
        requires_case_reference=version.requires_case_reference,
    )
    preview = Preview(
        version=version.pk, agreement=label_of(version), entry=entry, leave_url=leave_url
    )
    agreed = agreed_purposes(organisation, chosen.on)
    return resolving.for_preview(of_kela, preview, organisation, chosen.mandates, chosen.on, agreed)


def label_of(version: AgreementVersion) -> str:
    """A version as the log names it: number of the agreement and its own."""
    return f"{version.agreement.number}/{version.number}"


def _shown(request: RightfulRequest, match: ResolverMatch) -> HttpResponseBase:
    if not _changes_nothing(request, match.url_name):
        return _nothing(request, "changes")
    try:
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Refused as refused:
        return refusal_page(request, refused, explain(refused, request.right))
    if _is_page(response):
        return response
    if isinstance(response, FileResponse) and response.file_to_stream:
        response.file_to_stream.close()
    return _nothing(request, "files")


def _changes_nothing(request: HttpRequest, name: str | None) -> bool:
    if request.method in SAFE or name in CHANGES_NOTHING:
        return True
    return name in ASKS_FIRST and request.POST.get("do", "preview") in FIRST_STEPS


def _is_page(response: HttpResponseBase) -> bool:
    """Whether it is whole by now: what is sent later would be read outside the preview's world."""
    kind: str = response.headers.get("Content-Type", "")
    return not response.streaming and kind.startswith("text/html")


def _nothing(request: HttpRequest, what: str) -> HttpResponse:
    context: dict[str, Any] = {"files": what == "files"}
    return render(
        request, "administration/preview/nothing.html", context, status=HTTPStatus.CONFLICT
    )


@contextmanager
def _addresses_below(beginning: str) -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix(beginning)
    try:
        yield
    finally:
        set_script_prefix(before)
