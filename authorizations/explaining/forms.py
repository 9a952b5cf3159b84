"""The questions of the public pages on mandates. They are asked by GET, so that an answer has an
address."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from authorizations import rulebook
from authorizations.explaining.things import KINDS, Thing
from authorizations.queries import spoken
from authorizations.rulebook import Mandate, OrganisationType
from kelmu import clock
from kelmu.validators import of_our_time

FIRST_DAY = date(2021, 1, 1)

KIND_LABELS = {
    "purposes": _("Purposes of use"),
    "tabs": _("Tabs"),
    "data_groups": _("Data groups"),
    "notification_types": _("Types of notification"),
    "listings": _("Lists"),
    "actions": _("Actions"),
}


def _name(word: Any) -> str:
    """The name of a word, looked up when the page is made."""
    return spoken(rulebook.load().name(word))


name = lazy(_name, str)


def choices(words: type[StrEnum], prefix: str = "") -> list[tuple[str, Any]]:
    """The words of a vocabulary, each with its name."""
    return [(f"{prefix}{word}", name(word)) for word in words]


class DayField(forms.DateField):
    """A day of the rulebook's time; left empty, a day of its own."""

    def __init__(self, label: Any, if_empty: Callable[[], date]) -> None:
        self.if_empty = if_empty
        widget = forms.DateInput(
            format="%Y-%m-%d",
            attrs={"type": "date", "class": "ds-input", "min": FIRST_DAY.isoformat()},
        )
        super().__init__(
            label=label,
            required=False,
            widget=widget,
            validators=[of_our_time],
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={"invalid": _("This is not a day. Write it as 15.12.2022.")},
        )

    def clean(self, value: Any) -> date:
        day = super().clean(value) or self.if_empty()
        if day < FIRST_DAY:
            raise forms.ValidationError(
                _("Mandates became compulsory on 1.2.2021. Choose a day of 2021 or later."),
                code="too_early",
            )
        return day


class OnDay(forms.Form):
    field_order = ["see", "organisation_type", "mandate", "on"]

    on = DayField(_("Day"), clock.today)


class OfType(OnDay):
    organisation_type = forms.TypedChoiceField(
        label=_("Type of organisation"),
        coerce=OrganisationType,
        choices=choices(OrganisationType),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the type of organisation."),
            "invalid_choice": format_lazy(
                "{} {}.",
                _("There is no such type of organisation. The types are:"),
                ", ".join(OrganisationType),
            ),
        },
    )


class Opened(OfType):
    mandate = forms.TypedMultipleChoiceField(
        label=_("Mandates"),
        required=False,
        coerce=Mandate,
        choices=choices(Mandate),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": format_lazy(
                "{} {}.", _("There is no such mandate. The mandates are:"), ", ".join(Mandate)
            ),
        },
    )


class Compared(forms.Form):
    before = DayField(_("Earlier day"), lambda: _day_before_last_change())
    after = DayField(_("Later day"), clock.today)


class Needed(OnDay):
    see = forms.TypedChoiceField(
        label=_("What you need"),
        coerce=Thing.of,
        choices=[
            ("", "–"),
            *((label, choices(KINDS[kind], f"{kind}:")) for kind, label in KIND_LABELS.items()),
        ],
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={
            "required": _("Choose what you need."),
            "invalid_choice": _("There is nothing by this name. Choose from the list."),
        },
    )


def _day_before_last_change() -> date:
    past = [day for day in rulebook.load().days_of_change if day <= clock.today()]
    return max(past, default=clock.today()) - timedelta(days=1)
