"""Which year and organisation the usage figures are of, asked by GET."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kelmu.forms import INPUT, YearForm
from organisations.models import Organisation


class UsageForm(YearForm):
    """A year, and an organisation if not all."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("All organisations"),
        error_messages={"invalid_choice": _("There is no such organisation.")},
        widget=forms.Select(attrs=INPUT),
    )
