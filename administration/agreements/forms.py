"""What is typed of an agreement's steps and deadlines, and which agreements a list shows."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.agreements import queries
from administration.agreements.queries import State
from administration.agreements.services import Said
from administration.agreements.steps import Deed
from administration.forms import day, note, select, text
from kelmu.forms import CheckedForm
from organisations.models import Deadline, Organisation

ALL = ("", gettext_lazy("all"))
LATE = (queries.LATE, gettext_lazy("Late"))


class FindForm(CheckedForm):
    """Which agreements the list shows."""

    text = text(
        gettext_lazy("Organisation, business ID or number of the agreement"), 60, required=False
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[ALL, LATE, *State.choices],
        required=False,
        widget=select(),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[ALL, *Organisation.Type.choices],
        required=False,
        widget=select(),
    )


class StepForm(CheckedForm):
    """A step: its day and a note. What a deed does not ask for is not on its form."""

    on = day(gettext_lazy("Day"))
    last = day(gettext_lazy("Last day"), required=False)
    note = note(gettext_lazy("Note"), required=False)

    def __init__(self, deed: Deed, on: date, data: Any = None) -> None:
        super().__init__(data, prefix=deed.value, initial={"on": on})
        self.deed = deed
        if deed in {Deed.SHORTENED, Deed.ENDED, Deed.GIVEN_UP}:
            del self.fields["on"]
        if deed in {Deed.SHORTENED, Deed.ENDED}:
            self.fields["last"].required = True
        elif deed != Deed.PUT_INTO_USE:
            del self.fields["last"]
        self._name()

    def _name(self) -> None:
        labels = {
            Deed.SIGNED_BY_ORGANISATION: ("note", _("Who signed, and in which position")),
            Deed.ENDED: ("note", _("Reason")),
            Deed.GIVEN_UP: ("note", _("Reason")),
            Deed.PUT_INTO_USE: ("on", _("Day of use")),
        }
        if self.deed in labels:
            name, label = labels[self.deed]
            self.fields[name].label = label
            self.fields[name].required = True
        if self.deed == Deed.PUT_INTO_USE:
            self.fields["last"].help_text = _("Leave it empty when it holds until further notice.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, last = cleaned.get("on"), cleaned.get("last")
        if on and last and last < on:
            self.add_error("last", _("The last day is before the first."))
        return cleaned

    def said(self, today: date) -> Said:
        """What a valid form says."""
        given = self.cleaned_data
        return Said(given.get("on") or today, given.get("last"), given["note"])


class DeadlineForm(CheckedForm):
    """By when something is awaited."""

    awaited = forms.TypedChoiceField(
        label=gettext_lazy("What is awaited"),
        choices=Deadline.Awaited.choices,
        coerce=Deadline.Awaited,
        widget=select(),
    )
    due_on = day(gettext_lazy("At the latest on"))
