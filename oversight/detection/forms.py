"""What is recorded to switch detection on or off."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.forms import DayField
from kelmu import clock
from kelmu.forms import CheckedForm
from kelmu.validators import without_hetu
from oversight.forms import INPUT


class SwitchForm(CheckedForm):
    """Why: of the procedure with staff, or of its end."""

    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        validators=[without_hetu],
        error_messages={"required": _("Write a note.")},
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
    )


class ProcedureForm(SwitchForm):
    """The co-operation procedure with staff that has been held."""

    held_on = DayField(_("Co-operation procedure ended on"))

    field_order = ("held_on", "note")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].help_text = _(
            "What was told to staff and where it is recorded. No identity code."
        )

    def clean_held_on(self) -> date:
        held_on: date | None = self.cleaned_data["held_on"]
        if held_on is None:
            raise forms.ValidationError(_("Give the day on which the procedure ended."))
        if held_on > clock.today():
            raise forms.ValidationError(_("The procedure has to have been held first."))
        return held_on
