"""What people tell of a notification: a note, a colleague, a transfer, an answer to Kela."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from authorizations.models import Official
from kelmu.validators import without_hetu
from notifications.words import Outcome
from organisations.models import Municipality

SELECT = {"class": "ds-input"}
AREA = {"class": "ds-input", "rows": 3}


class VersionForm(forms.Form):
    """A change of what was read: of the version that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"id": False}))


class NoteForm(VersionForm):
    """What the receiver wants to remember. It goes along when the notification is transferred."""

    note = forms.CharField(
        label=_("Note (optional)"),
        help_text=_("Your organisation sees it, and whoever the notification is transferred to."),
        max_length=2000,
        required=False,
        validators=[without_hetu],
        widget=forms.Textarea(attrs=AREA),
    )


class AssignForm(VersionForm):
    """To whom of the organisation it is given."""

    colleague = forms.ChoiceField(
        label=_("Colleague"),
        widget=forms.Select(attrs=SELECT),
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("The colleague has no mandate that opens this. Choose another."),
        },
    )

    def __init__(self, colleagues: list[Official], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in colleagues}
        choices = [("", ""), *((key, one.name) for key, one in self.by_key.items())]
        cast("forms.ChoiceField", self.fields["colleague"]).choices = choices

    def clean_colleague(self) -> Official:
        return self.by_key[self.cleaned_data["colleague"]]


class TransferForm(VersionForm):
    """Where it belongs, and why."""

    municipality = forms.ChoiceField(
        label=_("Municipality"),
        widget=forms.Select(attrs=SELECT),
        error_messages={
            "required": _("Choose the municipality."),
            "invalid_choice": _("Choose one of those that are offered."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The receiver sees it, and it stays with you. Write nothing of the customer."),
        max_length=500,
        error_messages={"required": _("Say why it is transferred.")},
        validators=[without_hetu],
        widget=forms.Textarea(attrs=AREA),
    )

    def __init__(self, municipalities: list[Municipality], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {one.code: one for one in municipalities}
        choices = [("", ""), *((code, one.name) for code, one in self.by_code.items())]
        cast("forms.ChoiceField", self.fields["municipality"]).choices = choices

    def clean_municipality(self) -> Municipality:
        return self.by_code[self.cleaned_data["municipality"]]


class AnswerForm(forms.Form):
    """What Kela is told."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[("", ""), *Outcome.choices],
        widget=forms.Select(attrs=SELECT),
        error_messages={
            "required": _("Choose what came of it."),
            "invalid_choice": _("Choose one of those that are offered."),
        },
    )
    line = forms.CharField(
        label=_("A line to Kela (optional)"),
        max_length=200,
        required=False,
        validators=[without_hetu],
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"}),
    )

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])
