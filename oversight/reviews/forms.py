"""What the supervisor found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelmu.forms import CheckedForm
from kelmu.validators import without_hetu
from oversight.forms import INPUT
from oversight.words import Conclusion


class FindingForm(CheckedForm):
    """How the act is judged, and why unless it is in order."""

    conclusion = forms.ChoiceField(
        label=_("Finding"),
        choices=[("", _("– choose –")), *Conclusion.choices],
        error_messages={
            "required": _("Choose what you found."),
            "invalid_choice": _("Choose what you found."),
        },
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What you asked and of whom, and what was done. No identity code."),
        max_length=500,
        required=False,
        validators=[without_hetu],
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        conclusion = told.get("conclusion")
        if conclusion and conclusion != Conclusion.IN_ORDER and not told.get("note", "x"):
            self.add_error("note", _("Say why it is not in order."))
        return told
