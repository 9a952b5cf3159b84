"""Viitetiedot: reference data for Kela's admins to browse. Nothing is changed here."""

from typing import Any, cast

from django.contrib.admin import FieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from administration.pages import looked
from administration.reference.kinds import KINDS
from administration.reference.site import Browse
from administration.reference.words import LABELS, said
from audit.models import ActKind
from authorizations.declarations import RightfulRequest, kela_admin, requires
from kelmu.tables import Column, Table


@requires(kela_admin)
@require_safe
def reference(request: RightfulRequest) -> HttpResponse:
    """Which reference data there is, and what owns each kind of it."""
    looked(request, ActKind.VIEW_REFERENCE)
    context = {"kinds": KINDS.items()}
    return render(request, "administration/reference/index.html", context)


@requires(kela_admin)
@require_safe
def browse(request: RightfulRequest, kind: str) -> HttpResponseBase:
    """The rows of one kind of reference data."""
    if kind not in KINDS:
        raise Http404
    looked(request, ActKind.VIEW_REFERENCE, kind=kind)
    admin = KINDS[kind]
    try:
        rows = admin.get_changelist_instance(request)
    except IncorrectLookupParameters:  # an address that no link of the page has
        return redirect("browse_reference", kind)
    context = {
        "admin": admin,
        "table": _table(admin, rows),
        "filters": _filters(rows),
        "pages": _pages(rows),
    }
    return render(request, "administration/reference/rows.html", context)


def _table(admin: Browse, rows: ChangeList) -> Table:
    page, most = rows.page_num, rows.list_per_page
    return Table(
        caption=str(admin.title),
        columns=[_column(header) for header in result_headers(rows)],
        rows=[[said(row, name) for name in admin.shown] for row in rows.result_list],
        empty="",
        start=(page - 1) * most + 1,
        of=rows.result_count,
    )


def _column(header: dict[str, Any]) -> Column:
    is_sorted = header.get("sorted", False)
    order = ("ascending" if header["ascending"] else "descending") if is_sorted else ""
    url = header.get("url_toggle" if is_sorted else "url_primary", "")
    return Column(str(header["text"]), url=url, order=order)


def _filters(rows: ChangeList) -> list[dict[str, Any]]:
    return [
        {"label": LABELS[spec.field_path], "choices": list(spec.choices(rows))}
        for spec in cast("list[FieldListFilter]", rows.filter_specs)
    ]


def _pages(rows: ChangeList) -> list[dict[str, Any]]:
    numbers = rows.paginator.page_range if rows.multi_page else []
    return [
        {
            "number": number,
            "url": rows.get_query_string({PAGE_VAR: number}),
            "current": number == rows.page_num,
        }
        for number in numbers
    ]
