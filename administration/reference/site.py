"""Reference data to browse, by Django's own admin: AdminSite, ModelAdmin and its ChangeList.

Of `django.contrib.admin` this is the part that lists, filters, sorts and pages. What stands on
`django.contrib.auth` is left out: its accounts, passwords and tables, and with them the log of
changes, for nothing is changed here. Each kind of data has a workflow or a file that owns it.
Docs: docs/decisions/0005-reference-data.md.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import AdminSite, ModelAdmin, ShowFacets
from django.contrib.admin.decorators import display
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property

from administration.reference.words import LABELS, said

if TYPE_CHECKING:
    Admin = ModelAdmin[Any]
else:
    Admin = ModelAdmin

site = AdminSite(name="reference")


class Browse(Admin):
    """A kind of reference data: its name, what owns it, and the fields that are shown.

    There is no search: what is typed would stand in an address.
    """

    title: str | Promise
    owner: str | Promise
    shown: Sequence[str]
    actions = None
    list_per_page = 100
    show_facets = ShowFacets.NEVER
    show_full_result_count = False  # the count of the chosen rows is told; a second one costs
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the view has asked for the right before

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.columns

    @cached_property
    def columns(self) -> list[Callable[[Any], str]]:
        """The fields in words, each under its label in the language of the page."""
        return [_column(name) for name in self.shown]


def _column(name: str) -> Callable[[Any], str]:
    @display(description=LABELS[name], ordering=name)
    def column(row: Any) -> str:
        return said(row, name)

    column.__name__ = name
    return column


def browse(
    model: type[models.Model],
    title: str | Promise,
    owner: str | Promise,
    shown: Sequence[str],
    filters: Sequence[str] = (),
    order: Sequence[str] = (),
    related: Sequence[str] = (),
) -> Browse:
    """Lets Kela's admins browse the rows of a model; `related` are read along with them."""
    attributes = {
        "title": title,
        "owner": owner,
        "shown": shown,
        "list_filter": filters,
        "ordering": order or None,
        "list_select_related": related,
    }
    site.register(model, type("Browse", (Browse,), attributes))
    return cast("Browse", site.get_model_admin(model))
