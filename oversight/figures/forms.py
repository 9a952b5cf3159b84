"""Of which year the figures are, and of which month of it, asked by GET."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kelmu import clock
from oversight.forms import CheckedForm

FIRST_YEAR = 2021  # nothing before 1.2.2021, when mandates became compulsory
SELECT = {"class": "ds-input"}


class YearForm(CheckedForm):
    """A year."""

    year = forms.TypedChoiceField(
        label=_("Year"),
        coerce=int,
        error_messages={"invalid_choice": _("There are no figures of such a year.")},
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        self._offer("year", [(year, str(year)) for year in years])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices


class PeriodForm(YearForm):
    """A year, and a month of it if not the whole."""

    month = forms.TypedChoiceField(
        label=_("Month"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("There is no such month.")},
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(number, capfirst(str(name))) for number, name in MONTHS.items()]
        self._offer("month", [("", _("The whole year")), *months])

    @property
    def months(self) -> tuple[date, date]:
        """The first and the last month of a valid form."""
        year, month = self.cleaned_data["year"], self.cleaned_data["month"]
        return date(year, month or 1, 1), date(year, month or 12, 1)
