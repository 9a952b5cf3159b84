"""Forms that more than one room asks by."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kelmu import clock

FIRST_YEAR = 2021  # nothing before 1.2.2021, when mandates became compulsory
SELECT = {"class": "ds-input"}


class CheckedForm(forms.Form):
    """A form that the server alone checks: all that is wrong is told at once and in words."""

    use_required_attribute = False


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
        self.offer("year", [(year, str(year)) for year in years])

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """What can be chosen in a field, when that is known only now."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices
