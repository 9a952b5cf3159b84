"""Which step is taken with the agreements of which organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.agreements.bulk.planning import GROUPS, Wanted, What
from administration.forms import day, select
from authorizations.rights import Right
from kelmu.forms import CheckedForm
from organisations.models import Deadline, Organisation

CHOOSE = ("", gettext_lazy("– choose –"))


class BulkForm(CheckedForm):
    """What, of which type of organisation, and the day where the step has one."""

    what = forms.TypedChoiceField(label=gettext_lazy("Step"), coerce=What, widget=select())
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"), choices=[CHOOSE, *Organisation.Type.choices], widget=select()
    )
    day = day(
        gettext_lazy("Day"),
        required=False,
        help_text=gettext_lazy("Of drafts the day of effect, of a deadline its last day."),
    )
    awaited = forms.ChoiceField(
        label=gettext_lazy("What is awaited"),
        choices=[CHOOSE, *Deadline.Awaited.choices],
        required=False,
        help_text=gettext_lazy("Of a deadline."),
        widget=select(),
    )

    def __init__(self, right: Right, data: Any = None) -> None:
        super().__init__(data)
        own = [what for what in What if GROUPS[what] in right.kela_groups]
        self.fields["what"].choices = [(what.value, what.label) for what in own]  # type: ignore[attr-defined]  # it is a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        what = cleaned.get("what")
        has_day = what in {What.DRAFT, What.DEADLINE}
        if has_day and "day" in cleaned and not cleaned["day"]:
            self.add_error("day", _("Name the day."))
        if what == What.DEADLINE and "awaited" in cleaned and not cleaned["awaited"]:
            self.add_error("awaited", _("Say what is awaited."))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Wanted(given["what"], given["kind"], given["day"], given["awaited"])
