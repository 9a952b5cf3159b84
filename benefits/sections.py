"""The data groups of the page: each a table that can be sorted and paged, under its name."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.door import Act
from authorizations.queries import spoken
from authorizations.rulebook import DataGroup
from benefits import tables, totals
from benefits.filters import PAGE_SIZE, Filters
from benefits.groups import GROUPS
from benefits.rows import CustomerBenefits, Page
from customers.pages import address
from kelmu.formats import number
from kelmu.tables import Column, Table


def sections(
    found: CustomerBenefits, act: Act, filters: Filters, asked: QueryDict
) -> list[dict[str, Any]]:
    """The groups that the purpose opens, in the rulebook's order."""
    book = rulebook.load()
    return [
        {
            "slug": group.value,
            "title": capfirst(spoken(book.name(group))),
            "found": number(page.found),
            "table": _table(group, page, act, filters, asked),
            "pages": list(_pages(group, page, asked)) if page.pages > 1 else [],
            "share": tables.share_left(page.rows) if group is DataGroup.MEDICINE_CAP else None,
            "totals": totals.table(found.sums) if group is DataGroup.PAYMENTS else None,
            "is_whole": filters.narrows and not narrowed_by(group, filters),
        }
        for group, page in found.pages.items()
    ]


def narrowed_by(group: DataGroup, filters: Filters) -> bool:
    """Whether anything that the reader chose concerns the group."""
    by_benefit = bool(filters.benefit) and GROUPS[group].has_benefits
    return by_benefit or filters.in_time or filters.changed or filters.state_of is group


def _table(group: DataGroup, page: Page, act: Act, filters: Filters, asked: QueryDict) -> Table:
    table = tables.TABLES[group](page.rows).without(act.purpose.withheld_fields)
    is_narrowed = page.total and not page.found
    return replace(
        table,
        columns=[_sortable(column, group, filters, asked) for column in table.columns],
        marks=[_("changed") if changed else "" for changed in page.changed],
        start=1 if filters.whole else (page.number - 1) * PAGE_SIZE + 1,
        of=page.found,
        empty=_("No rows among those chosen.") if is_narrowed else table.empty,
    )


def _sortable(column: Column, group: DataGroup, filters: Filters, asked: QueryDict) -> Column:
    """The column with the way to sort by it, and the other way round if it is sorted so."""
    if not column.sort or filters.whole:
        return column
    current = filters.sorts.get(group)
    other = f"-{column.sort}" if current == column.sort else column.sort
    changed = {f"{group}_sort": other, f"{group}_page": ""}
    order = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(current or "", "")
    return replace(column, url=f"{address(asked, **changed)}#{group}", order=order)


def _pages(group: DataGroup, page: Page, asked: QueryDict) -> Iterator[dict[str, Any]]:
    """The ways to the other pages; a page without an address is a gap."""
    numbers = Paginator(range(page.found), PAGE_SIZE).get_elided_page_range(
        page.number, on_each_side=1, on_ends=1
    )
    for place in numbers:
        is_page = isinstance(place, int)
        yield {
            "label": str(place),
            "url": address(asked, **{f"{group}_page": str(place)}) if is_page else "",
            "is_current": place == page.number,
        }
