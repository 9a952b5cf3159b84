"""Forms that more than one room asks by."""

from typing import Any, cast, override

from django import forms
from django.utils.translation import gettext_lazy as _

from kelmu import clock
from kelmu.validators import without_hetu

FIRST_YEAR = 2021  # nothing before 1.2.2021, when mandates became compulsory
IS_MISSING = forms.Field.default_error_messages["required"]
INPUT = {"class": "ds-input"}


def text_field(label: Any, most: int, **options: Any) -> forms.CharField:
    """A line of text, or several with `rows`, that holds no identity code."""
    rows = options.pop("rows", 0)
    attributes = INPUT | {"autocomplete": "off"}
    widget = forms.Textarea(attributes | {"rows": rows}) if rows else forms.TextInput(attributes)
    return forms.CharField(
        label=label, max_length=most, validators=[without_hetu], widget=widget, **options
    )


def choice_field(label: Any, missing: Any, choices: Any = (), **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        error_messages={"required": missing, "invalid_choice": missing},
        widget=forms.Select(attrs=INPUT),
        **options,
    )


class CheckedForm(forms.Form):
    """A form that the server alone checks: all that is wrong is told at once and in words."""

    use_required_attribute = False

    @override
    def full_clean(self) -> None:
        """Says of each empty field which one it is, where the field has no words of its own."""
        for field in self.fields.values():
            if field.label and field.error_messages["required"] is IS_MISSING:
                told = {"field": field.label}
                field.error_messages["required"] = _("Fill in “%(field)s”.") % told
        super().full_clean()

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """What can be chosen in a field, when that is known only now."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices


class YearForm(CheckedForm):
    """A year."""

    year = forms.TypedChoiceField(
        label=_("Year"),
        coerce=int,
        error_messages={"invalid_choice": _("There are no figures of such a year.")},
        widget=forms.Select(attrs=INPUT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        self.offer("year", [(year, str(year)) for year in years])
