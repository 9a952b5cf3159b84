"""What is asked before a preview, and beside a point of the checklist."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from administration.preview.pages import Chosen
from administration.preview.queries import day_of_effect
from authorizations.explaining.forms import FIRST_DAY, DayField, choices
from authorizations.rulebook import Mandate
from kelmu.forms import CheckedForm
from kelmu.log_lines import HETU
from organisations.models import AgreementVersion


class PreviewForm(CheckedForm):
    """Which mandates the employee holds, and on which day; asked by GET."""

    mandate = forms.TypedMultipleChoiceField(
        label=_("Mandates"),
        required=False,
        coerce=Mandate,
        choices=choices(Mandate),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such mandate. Choose another.")},
    )

    def __init__(self, version: AgreementVersion, data: Any = None) -> None:
        first = max(day_of_effect(version), FIRST_DAY)
        super().__init__(data, initial={"mandate": [*Mandate], "on": first})
        self.version = version
        self.fields["on"] = DayField(_("Day"), lambda: first)

    @property
    def chosen(self) -> Chosen:
        """What a valid form asks for."""
        held = cast("list[Mandate]", self.cleaned_data["mandate"])
        mandates = tuple(mandate for mandate in Mandate if mandate in held)
        return Chosen(self.version, mandates, self.cleaned_data["on"])


class NoteForm(CheckedForm):
    """What somebody adds to a tick or to the acceptance."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"}),
        error_messages={"max_length": _("The note is too long: at most 500 characters.")},
    )

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if HETU.search(note):
            raise forms.ValidationError(
                _("The note holds a personal identity code. Leave it out."), code="hetu"
            )
        return note
