"""What is asked of a step of commissioning."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from administration.commissioning.services import Said
from administration.forms import INPUT, day, note
from kelmu.forms import CheckedForm
from organisations.models import CommissioningRecord, RecordedStep, StepState

STATES: dict[RecordedStep, list[tuple[str, Any]]] = {
    RecordedStep.IMPLEMENTED: [
        (StepState.DONE, _("implemented")),
        (StepState.OPEN, _("not implemented yet")),
    ],
    RecordedStep.NEW_MANDATE: [
        (StepState.NOT_NEEDED, _("no new mandate is needed")),
        (StepState.ASKED, _("asked from DVV")),
        (StepState.DONE, _("available in Suomi.fi")),
        (StepState.OPEN, _("not asked yet")),
    ],
    RecordedStep.MANDATE_RIGHTS: [
        (StepState.ASKED, _("applied for")),
        (StepState.DONE, _("granted by DVV")),
        (StepState.OPEN, _("not applied for yet")),
    ],
    RecordedStep.EMPLOYEES_TOLD: [
        (StepState.DONE, _("told")),
        (StepState.OPEN, _("not told yet")),
    ],
    RecordedStep.ACCESS_ATTESTED: [
        (StepState.DONE, _("attested")),
        (StepState.OPEN, _("not attested")),
    ],
}


class StepForm(CheckedForm):
    """How a step stands, since when, and of the right to grant mandates for whom."""

    state = forms.ChoiceField(
        label=_("State"),
        widget=forms.Select(attrs=INPUT),
        error_messages={"required": _("Choose how it stands.")},
    )
    on = day(_("Day"), help_text=_("When it was done or asked for."))
    people = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
        help_text=_(
            "One application covers all the mandates of the organisation. Apply for several people."
        ),
    )
    note = note(_("Note"), required=False)

    def __init__(
        self,
        step: RecordedStep,
        today: date,
        authorizers: tuple[str, ...],
        before: CommissioningRecord | None,
        **options: Any,
    ) -> None:
        initial = {"on": today, "people": list(authorizers)}
        if before:
            initial |= {"state": before.state, "people": before.people, "note": before.note}
        super().__init__(initial=initial, **options)
        self.today = today
        self.names_people = step is RecordedStep.MANDATE_RIGHTS
        self._field("state").choices = STATES[step]
        if not self.names_people:
            del self.fields["people"]
            return
        named = dict.fromkeys([*authorizers, *(before.people if before else ())])
        self._field("people").choices = [(name, name) for name in named]

    def _field(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("The day is still to come."), code="to_come")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_open = cleaned.get("state") in {None, StepState.OPEN}
        if self.names_people and not is_open and not cleaned.get("people"):
            self.add_error("people", _("Say for whom: name the authorizers first if need be."))
        return cleaned

    @property
    def said(self) -> Said:
        """What a valid form says."""
        cleaned = self.cleaned_data
        state = StepState(cleaned["state"])
        people = cleaned.get("people", []) if state is not StepState.OPEN else []
        return Said(state=state, on=cleaned["on"], people=tuple(people), note=cleaned["note"])
