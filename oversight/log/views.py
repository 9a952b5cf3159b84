"""The log as who watches over the use reads it: found, narrowed, one row in full, as a file."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from audit.models import ActKind
from authorizations.declarations import (
    RightfulRequest,
    oversees,
    oversees_at_kela,
    requires,
    supervises,
)
from kelmu.spreadsheets import as_csv, as_workbook
from oversight.forms import CustomerForm, InquiryForm
from oversight.log import acts, presentation, queries
from oversight.log.forms import SearchForm, asked_for
from oversight.log.keys import key, key_of
from oversight.pages import ask, frame
from oversight.reach import Reach, own, reach_of
from oversight.services import inquire

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@requires(oversees)
@require_safe
def log(request: RightfulRequest, inquiry_id: UUID | None = None) -> HttpResponse:
    """A page of the log, narrowed by its address."""
    return _log_page(request, reach_of(request.right, inquiry_id), CustomerForm())


@requires(supervises)
@require_http_methods(["POST"])
def find_customer(request: RightfulRequest) -> HttpResponseBase:
    """Leads to the rows of the log about one customer, whose identity code is posted."""
    form = CustomerForm(request.POST)
    reach = own(request.right)
    if not form.is_valid():
        return _log_page(request, reach, form)
    inquiry = inquire(
        request.right, organisation_id=reach.organisation_id, hetu=form.cleaned_data["hetu"]
    )
    return redirect("inquiry_log", inquiry.pk)


@requires(oversees_at_kela)
@require_http_methods(["GET", "HEAD", "POST"])
def inquiries(request: RightfulRequest) -> HttpResponseBase:
    """Kela's oversight says why it looks, and where; only then does it see anything."""
    form = InquiryForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return ask(
            request,
            form,
            title=_("Oversight of use"),
            intro=_(
                "Say first why you look into the log. The reason is written in the log with "
                "everything that you then see."
            ),
            button=_("Look into the log"),
        )
    told = form.cleaned_data
    organisation = told["organisation"]
    inquiry = inquire(
        request.right,
        organisation_id=organisation.pk if organisation else None,
        hetu=told["hetu"],
        reason=told["reason"],
    )
    return redirect("inquiry_log", inquiry.pk)


@requires(oversees)
@require_safe
def act(
    request: RightfulRequest, moment: int, entry_id: UUID, inquiry_id: UUID | None = None
) -> HttpResponse:
    """One row in full, with whom it concerned."""
    reach = reach_of(request.right, inquiry_id).within(_organisation_asked(request))
    at = key(moment, entry_id)
    if at is None:
        raise Http404
    context = acts.context(reach, acts.read(reach, at))
    return render(request, "oversight/act.html", context)


@requires(oversees)
@require_GET
def download(
    request: RightfulRequest, form_of_file: str, inquiry_id: UUID | None = None
) -> HttpResponse:
    """The rows of the log as they are narrowed, as a file."""
    if form_of_file not in FILES:
        raise Http404
    reach = reach_of(request.right, inquiry_id)
    _write(reach, ActKind.DOWNLOAD_LOG, request.GET, format=form_of_file)
    form = SearchForm(reach, request.GET)
    found = queries.page(reach, form.rows, None, size=queries.MOST_IN_A_FILE)
    headings, rows = presentation.headings(), presentation.rows(found.entries)
    is_csv = form_of_file == "csv"
    content = as_csv(headings, rows) if is_csv else as_workbook(_("Log"), headings, rows)
    name = f"kelmu-log-{request.right.on.isoformat()}.{form_of_file}"
    return HttpResponse(
        content,
        content_type=FILES[form_of_file],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _log_page(request: RightfulRequest, reach: Reach, customer_form: CustomerForm) -> HttpResponse:
    _write(reach, ActKind.SEARCH_LOG, request.GET)
    form = SearchForm(reach, request.GET)
    page = queries.page(reach, form.rows, form.before)
    told = dict(form.told)
    context = frame(reach, "log") | {
        "form": form,
        "customer_form": customer_form,
        "customer": _customer(reach),
        "table": presentation.table(reach, page),
        "chosen": presentation.chosen(form),
        "narrowed": bool(told),
        "first_url": reach.url("log", query=told) if form.before else "",
        "older_url": reach.url("log", query=told | {"before": str(key_of(page.entries[-1]))})
        if page.has_more
        else "",
        "files": [
            (label, reach.url("log_file", name, query=told))
            for name, label in (("csv", _("CSV")), ("xlsx", _("Excel")))
        ],
        "most_in_a_file": queries.MOST_IN_A_FILE,
    }
    is_wrong = not form.is_valid() or customer_form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "oversight/log.html", context, status=status)


def _write(reach: Reach, kind: ActKind, asked: QueryDict, **details: str) -> UUID:
    filters = asked_for(asked)
    told = {"filters": filters} if filters else {}
    return reach.write(kind, [reach.customer] if reach.customer else [], **told, **details)


def _customer(reach: Reach) -> str:
    if reach.customer is None:
        return ""
    return presentation.customer(queries.customer_of(reach.customer, reach))


def _organisation_asked(request: RightfulRequest) -> int | None:
    """Which organisation a row belongs to, as Kela's addresses tell."""
    told = request.GET.get("of", "")
    return int(told) if told.isdecimal() and len(told) < 18 else None
