"""The preview of a version: what an employee would see by it, and the checklist of its test."""

from datetime import date
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.pages import looked
from administration.preview import pages, presentation, queries, services
from administration.preview.forms import NoteForm, PreviewForm
from administration.preview.pages import Chosen, label_of
from audit.models import ActKind
from authorizations.declarations import (
    RightfulRequest,
    approves_at_kela,
    prepares,
    previews,
    requires,
)
from authorizations.rulebook import Mandate
from organisations.models import AgreementVersion


@requires(previews)
@require_safe
def preview(request: RightfulRequest, version_id: int) -> HttpResponseBase:
    """Choice of mandates and day, and the checklist."""
    version = _version(version_id)
    if "on" not in request.GET:
        return _page(request, version, PreviewForm(version))
    form = PreviewForm(version, request.GET)
    if form.is_valid():
        return redirect(form.chosen.address())
    return _page(request, version, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@requires(previews)
@require_http_methods(["GET", "HEAD", "POST"])
def page(
    request: RightfulRequest,
    version_id: int,
    on: date,
    mandates: tuple[Mandate, ...],
    page: str,
) -> HttpResponseBase:
    """A page of an employee, previewed."""
    version = _version(version_id)
    if not version.by_user_interface:
        raise Http404
    return pages.previewed(request, Chosen(version, mandates, on), page)


@requires(prepares)
@require_POST
def check(request: RightfulRequest, version_id: int) -> HttpResponse:
    """Ticks a point, or takes the tick back."""
    version, point = _version(version_id), request.POST.get("point", "")
    if "take_back" in request.POST:
        services.take_back(request.right, version, point)
        return _back(version)
    form = NoteForm(request.POST, prefix=point)
    if not form.is_valid():
        return _page(request, version, noted=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        services.check(request.right, version, point, form.cleaned_data["note"])
    except LookupError:
        raise Http404 from None
    return _back(version)


@requires(approves_at_kela)
@require_POST
def accept(request: RightfulRequest, version_id: int) -> HttpResponse:
    """Accepts the whole test."""
    version, form = _version(version_id), NoteForm(request.POST, prefix=presentation.WHOLE)
    if form.is_valid():
        try:
            services.accept(request.right, version, form.cleaned_data["note"])
        except services.NotTested as error:
            form.add_error(None, _why_not(error))
    if not form.is_valid():
        return _page(request, version, noted=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _back(version)


def _why_not(error: services.NotTested) -> str:
    if error.by_tester:
        return _("You ticked a point yourself: another person accepts the test.")
    return _("Not all points have been ticked yet.")


def _version(version_id: int) -> AgreementVersion:
    return get_object_or_404(queries.versions(), pk=version_id)


def _back(version: AgreementVersion) -> HttpResponse:
    return redirect(f"{reverse('preview', args=[version.pk])}#checklist")


def _page(
    request: RightfulRequest,
    version: AgreementVersion,
    form: PreviewForm | None = None,
    noted: NoteForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    looked(request, ActKind.VIEW_AGREEMENT, version=label_of(version))
    context = {
        "form": form or PreviewForm(version),
        "faulty": noted or form,
        **presentation.context(version, request.right, noted),
    }
    return render(request, "administration/preview/preview.html", context, status=status)
