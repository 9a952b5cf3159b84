"""Which year and organisation the usage figures are of, asked by GET."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from administration.forms import CheckedForm
from kelmu import clock
from organisations.models import Organisation

FIRST_YEAR = 2021  # nothing before 1.2.2021, when mandates became compulsory
SELECT = {"class": "ds-input"}


class UsageForm(CheckedForm):
    """A year, and an organisation if not all."""

    year = forms.TypedChoiceField(
        label=_("Year"),
        coerce=int,
        error_messages={"invalid_choice": _("There are no figures of such a year.")},
        widget=forms.Select(attrs=SELECT),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("All organisations"),
        error_messages={"invalid_choice": _("There is no such organisation.")},
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a ChoiceField
