"""The seven points of data security: their sentences, the form, the tables."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.commissioning.queries import is_in_order
from administration.commissioning.services import Assessed
from administration.forms import INPUT, day, note, text
from kelmu import formats
from kelmu.forms import CheckedForm
from kelmu.tables import Column, Table
from organisations.models import SecurityAssessment, SecurityPoint, SecurityState

# From Kela's instructions to organisations (29.5.2024), "Make sure of data security".
SENTENCES: dict[SecurityPoint, Promise] = {
    SecurityPoint.RESPONSIBLE: gettext_lazy(
        "A person responsible for data protection and data security has been named."
    ),
    SecurityPoint.INSTRUCTIONS: gettext_lazy("The organisation has instructions on data security."),
    SecurityPoint.ACCESS: gettext_lazy(
        "Access rights are managed securely: Suomi.fi mandates and other access rights are given"
        " only for the tasks on which the right to the data rests, and are taken back when the"
        " tasks change or the employment ends."
    ),
    SecurityPoint.MONITORING: gettext_lazy(
        "The organisation has procedures for monitoring the use of Kelmu."
    ),
    SecurityPoint.SAFEGUARDS: gettext_lazy(
        "The confidentiality, integrity and availability of the data are secured as the EU’s"
        " General Data Protection Regulation requires of care and protection."
    ),
    SecurityPoint.CUSTOMERS_TOLD: gettext_lazy(
        "Customers are told, when needed, how the data from Kela is used."
    ),
    SecurityPoint.MISUSE: gettext_lazy("There are instructions on the consequences of misuse."),
}


class PointForm(CheckedForm):
    """One point: how it stands, who is responsible, as of which day. Empty when not assessed."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("not assessed")), *SecurityState.choices],
        widget=forms.Select(attrs=INPUT),
    )
    responsible = text(gettext_lazy("Responsible person"), 120, required=False)
    on = day(gettext_lazy("Assessed on"), required=False)
    note = note(gettext_lazy("Note"), required=False)

    def __init__(
        self, point: SecurityPoint, today: date, newest: SecurityAssessment | None, data: Any
    ) -> None:
        initial: dict[str, Any] = {"on": today}
        if newest:
            initial = {name: getattr(newest, name) for name in self.base_fields}
        super().__init__(data, initial=initial, prefix=point.value)
        self.point, self.today, self.newest = point, today, newest
        self.sentence = SENTENCES[point]

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and on > self.today:
            raise forms.ValidationError(_("The day is still to come."), code="to_come")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("state"):
            if self.newest:
                self.add_error("state", _("Choose how the point stands."))
            return cleaned
        if not cleaned.get("responsible") and "responsible" not in self.errors:
            self.add_error("responsible", _("Say who is responsible."))
        if not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", _("Say when it was assessed."))
        return cleaned

    @property
    def assessed(self) -> Assessed | None:
        """What a valid form says anew; None when nothing was said or changed."""
        cleaned = self.cleaned_data
        if not cleaned["state"] or (self.newest and not self.has_changed()):
            return None
        return Assessed(
            point=self.point,
            state=SecurityState(cleaned["state"]),
            responsible=cleaned["responsible"],
            on=cleaned["on"],
            note=cleaned["note"],
        )


def forms_of(newest: Mapping[str, SecurityAssessment], today: date, data: Any) -> list[PointForm]:
    """The form of each point."""
    return [PointForm(point, today, newest.get(point), data) for point in SecurityPoint]


def reminder(newest: Iterable[SecurityAssessment], on: date) -> str:
    """What is missing of the assessment, in words; empty when all of it is in order and fresh."""
    rows = {row.point: row for row in newest}
    missing = [
        point for point in SecurityPoint if point not in rows or not is_in_order(rows[point], on)
    ]
    if not missing:
        return ""
    names = ", ".join(str(point.label) for point in missing)
    return _("To be assessed, put in order or renewed (each point once a year): %(points)s") % {
        "points": names
    }


def as_table(newest: Mapping[str, SecurityAssessment]) -> Table:
    """How each point stands now."""
    return Table(
        caption=_("The seven points of data security"),
        columns=_columns(),
        rows=[[SENTENCES[point], *_row(newest.get(point))] for point in SecurityPoint],
        empty="",
    )


def history(rows: Iterable[SecurityAssessment]) -> Table:
    """Everything that was assessed, the newest first."""
    return Table(
        caption=_("All assessments"),
        columns=_columns(),
        rows=[[SecurityPoint(row.point).label, *_row(row)] for row in rows],
        empty=_("Nothing has been assessed."),
    )


def _columns() -> list[Column]:
    return [
        Column(_("Point")),
        Column(_("State")),
        Column(_("Responsible person")),
        Column(_("Assessed on")),
        Column(_("Note")),
        Column(_("Recorded by")),
    ]


def _row(row: SecurityAssessment | None) -> list[Any]:
    if row is None:
        return [_("not assessed"), "–", "–", "–", "–"]
    recorded = f"{row.by_name}, {formats.moment(row.at)}"
    return [
        SecurityState(row.state).label,
        row.responsible,
        formats.day(row.on),
        row.note or "–",
        recorded,
    ]
