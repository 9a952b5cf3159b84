"""What the pages of oversight ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms import FAULTS
from kelmu import hetu
from kelmu.forms import CheckedForm
from kelmu.hetu import InvalidHetu
from kelmu.validators import without_hetu
from organisations.models import Organisation

INPUT = {"class": "ds-input", "autocomplete": "off"}


class HetuField(forms.CharField):
    """A personal identity code, posted. The empty text is nobody's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Personal identity code"),
            max_length=40,
            error_messages={"required": _("Type the customer’s personal identity code.")},
            widget=forms.TextInput(attrs=INPUT | {"spellcheck": "false", "size": hetu.LENGTH}),
            **options,
        )

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed:
            return typed
        try:
            return hetu.parse(typed)
        except InvalidHetu as error:
            raise forms.ValidationError(FAULTS[error.fault], code=error.fault.value) from None


class CustomerForm(CheckedForm):
    """Whose rows a supervisor looks for."""

    hetu = HetuField()


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why you look"),
        help_text=_("Kept in the log with everything that you see. No identity code."),
        max_length=200,
        validators=[without_hetu],
        error_messages={"required": _("Say why you look.")},
        widget=forms.TextInput(attrs=INPUT),
    )


class InquiryForm(CheckedForm):
    """Why Kela's oversight looks into the log, of which organisation, of which customer."""

    reason = reason_field()
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("All organisations"),
        error_messages={"invalid_choice": _("There is no such organisation.")},
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
    hetu = HetuField(
        required=False, help_text=_("Leave it empty to see the acts on all customers.")
    )


class ReportForm(CheckedForm):
    """For whom Kela's service desk makes a report, and on what request."""

    reason = reason_field()
    hetu = HetuField()
