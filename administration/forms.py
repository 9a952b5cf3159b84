"""Fields that the forms of Kela's admins and of the organisations' own pages are made of."""

from datetime import date
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from kelmu.dates import through
from kelmu.forms import CheckedForm
from kelmu.validators import of_our_time, without_hetu
from organisations.models import Proposed

INPUT = {"class": "ds-input", "autocomplete": "off"}
WITHDRAWN = Proposed.Decision.WITHDRAWN
IS_NO_DAY = _("This is not a day. Write it as 15.12.2022.")


def text(label: Any, max_length: int, **options: Any) -> forms.CharField:
    """A line of text without a personal identity code."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        validators=[without_hetu],
        widget=forms.TextInput(attrs=INPUT),
        **options,
    )


def note(label: Any, **options: Any) -> forms.CharField:
    """Some lines of text without a personal identity code."""
    return forms.CharField(
        label=label,
        max_length=500,
        validators=[without_hetu],
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
        **options,
    )


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, from the browser's calendar or as Finns write it."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=INPUT | {"type": "date"}),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": IS_NO_DAY},
        validators=[of_our_time],
        **options,
    )


def yes_or_no(label: Any) -> forms.BooleanField:
    """Yes, or not ticked."""
    box = forms.CheckboxInput(attrs={"class": "ds-input"})
    return forms.BooleanField(label=label, required=False, widget=box)


def select() -> forms.Select:
    """One of some choices."""
    return forms.Select(attrs=INPUT)


class PeriodForm(CheckedForm):
    """From which day to which, both included; the last one may be left open."""

    first = day(_("First day"))
    last = day(
        _("Last day"),
        required=False,
        help_text=_("Leave it empty when it holds until further notice."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return cleaned

    @property
    def time(self) -> DateRange:
        """The days of a valid form."""
        first: date = self.cleaned_data["first"]
        return through(first, self.cleaned_data["last"])


class DecisionForm(CheckedForm):
    """What the second person says, and why."""

    decision = forms.ChoiceField(
        choices=[(one.value, one.label) for one in Proposed.Decision if one != WITHDRAWN]
    )
    note = note(
        _("Note"), required=False, help_text=_("A refusal says why; whoever proposed it sees it.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_refused = cleaned.get("decision") == Proposed.Decision.REFUSED
        if is_refused and "note" in cleaned and not cleaned["note"]:
            self.add_error("note", _("Say why it is refused."))
        return cleaned


class WithdrawalForm(CheckedForm):
    """Why somebody takes back what they proposed."""

    prefix = "withdrawal"  # a decision has a note too
    note = note(_("Why is it withdrawn?"))
