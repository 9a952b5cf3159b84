"""The search for a customer."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from authorizations.rights import Right
from customers import queries
from kelmu import hetu
from kelmu.hetu import LENGTH, HetuFault, InvalidHetu
from kelmu.log_lines import HETU

FAULTS = {
    HetuFault.LENGTH: _("An identity code has 11 characters, such as 131052-9085."),
    HetuFault.FORM: _(
        "The form is wrong: six digits for the date of birth, a separator, three digits and a "
        "check character, such as 131052-9085."
    ),
    HetuFault.DATE: _("There is no such date of birth: check the first six digits."),
    HetuFault.INDIVIDUAL_NUMBER: _(
        "Nobody has this individual number: check the three digits after the separator."
    ),
    HetuFault.CHECK_CHARACTER: _("The last character does not match the others: check them all."),
}


class PurposeForm(forms.Form):
    """For which purpose a customer is opened, and the own case if the agreement asks for it."""

    purpose = forms.ChoiceField(
        label=_("Purpose of use"),
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={
            "required": _("Choose the purpose of use."),
            "invalid_choice": _("This purpose of use is not open to you. Choose another."),
        },
    )
    case_reference = forms.CharField(
        label=_("Case reference (optional)"),
        help_text=_("Of your own system, for oversight. Not an identity code."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"}),
    )

    def __init__(self, right: Right, purposes: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["purpose"]).choices = purposes
        if right.acting_for.requires_case_reference:
            self.fields["case_reference"].required = True
            self.fields["case_reference"].label = _("Case reference")

    def clean_case_reference(self) -> str:
        reference: str = self.cleaned_data["case_reference"]
        if HETU.search(reference):
            raise forms.ValidationError(
                _("The case reference holds a personal identity code. Leave it out."), code="hetu"
            )
        return reference


class SearchForm(PurposeForm):
    """For which purpose, and whom. What was typed is kept, right or wrong."""

    field_order = ("purpose", "hetu", "case_reference")
    hetu = forms.CharField(
        label=_("Personal identity code"),
        max_length=40,
        strip=False,
        error_messages={"required": _("Type the customer’s personal identity code.")},
        widget=forms.TextInput(
            attrs={
                "class": "ds-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
                "size": LENGTH,
                "aria-keyshortcuts": "/",
            }
        ),
    )

    def __init__(self, right: Right, purposes: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(right, purposes, *args, **kwargs)
        self.right = right
        if right.preview:
            self.fields["hetu"].disabled = True
            self.initial["hetu"] = queries.synthetic_code()

    def clean_hetu(self) -> str:
        if self.right.preview:  # what was typed does not count
            return queries.synthetic_code()
        try:
            return hetu.parse(self.cleaned_data["hetu"])
        except InvalidHetu as error:
            raise forms.ValidationError(FAULTS[error.fault], code=error.fault.value) from None
