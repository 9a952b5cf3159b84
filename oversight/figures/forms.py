"""Of which year and month the figures are, asked by GET."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kelmu.forms import INPUT, YearForm


class PeriodForm(YearForm):
    """A year, and a month of it if not the whole."""

    month = forms.TypedChoiceField(
        label=_("Month"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("There is no such month.")},
        widget=forms.Select(attrs=INPUT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(number, capfirst(str(name))) for number, name in MONTHS.items()]
        self.offer("month", [("", _("The whole year")), *months])

    @property
    def months(self) -> tuple[date, date]:
        """The first and the last month of a valid form."""
        year, month = self.cleaned_data["year"], self.cleaned_data["month"]
        return date(year, month or 1, 1), date(year, month or 12, 1)
