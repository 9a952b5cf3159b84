"""How a reader narrows, sorts and pages the rows of a list, asked by GET: the address keeps it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.db.models import F, OrderBy, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from notifications.listings.shapes import Column, Kind, Shape

PAGE_SIZE = 50
PRINT = "print"
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Rows whose fields are these, sorted by a column ("-": the other way round), a page of them
    (from 1) or, for paper, all."""

    fields: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    printing: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """What differs from the page as it opens, in the words of its address."""
        paged = {"page": self.page} if self.page > 1 and not self.printing else {}
        return {**self.fields, **({"sort": self.sort} if self.sort else {}), **paged}

    @property
    def window(self) -> slice:
        start = (self.page - 1) * PAGE_SIZE
        return slice(start, start + PAGE_SIZE)

    def chosen(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The rows that are left."""
        return rows.filter(**self.fields)

    def ordered(self, rows: QuerySet[Any, Any], shape: Shape) -> QuerySet[Any, Any]:
        """Rows in the order that was asked for, or in their own."""
        column = shape.column(self.sort.removeprefix("-"))
        if column is None:
            return rows
        by = OrderBy(column.value, descending=self.sort.startswith("-"))
        return rows.order_by(by, F(shape.key))


class NarrowingForm(forms.Form):
    """A choice of each column that has few values. What is wrong is told, and the rest holds."""

    def __init__(self, shape: Shape, rows: QuerySet[Any, Any], asked: QueryDict) -> None:
        super().__init__(asked)
        self.shape = shape
        self.asked = asked
        for column in shape.narrowing:
            self.fields[column.name] = _choice(column, rows)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["sort"] = self._sort()
        told["page"] = self._page()
        return told

    @cached_property
    def narrowing(self) -> Narrowing:
        """What was asked for, as far as it makes sense."""
        self.full_clean()
        told = self.cleaned_data
        chosen = {name: told[name] for name in self.fields if told.get(name)}
        printing = PRINT in self.asked
        return Narrowing(fields=chosen, sort=told["sort"], page=told["page"], printing=printing)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What the list is narrowed to, in words, for paper."""
        told = self.narrowing.fields
        return [(str(self[name].label), self._labels(name)[told[name]]) for name in told]

    def _labels(self, name: str) -> dict[str, str]:
        return dict(cast("Any", self.fields[name]).choices)

    def _sort(self) -> str:
        sort = self.asked.get("sort", "")
        if sort and self.shape.column(sort.removeprefix("-")) is None:
            self.add_error(None, _("A table cannot be sorted so. It is in its usual order."))
            return ""
        return sort

    def _page(self) -> int:
        page = self.asked.get("page", "")
        if page and not WHOLE_NUMBER.fullmatch(page):
            self.add_error(None, _("There is no such page. The first one is shown."))
            return 1
        return int(page or 1)


def _choice(column: Column, rows: QuerySet[Any, Any]) -> forms.ChoiceField:
    """The values that the list has."""
    values = rows.order_by(column.name).values_list(column.name, flat=True).distinct()
    sign = " %" if column.kind is Kind.PER_CENT else ""
    options = [(str(value), capfirst(f"{column.word(str(value))}{sign}")) for value in values]
    return forms.ChoiceField(
        label=str(column.label),
        required=False,
        choices=[("", _("All")), *options],
        error_messages={"invalid_choice": _("The list has no such rows. All are shown.")},
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
