"""The choice, asked by GET: each step stands in the address."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from authorizations.queries import spoken
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from notifications.choosing import menu

NO_CHOICE = _("Choose one of those that are offered.")


class ChoiceForm(forms.Form):
    """Purpose, then municipality, then what is fetched. What does not fit the purpose is dropped
    until something is fetched."""

    purpose = forms.ChoiceField(
        label=_("Purpose of use"),
        error_messages={"required": _("Choose the purpose of use."), "invalid_choice": NO_CHOICE},
    )
    municipality = forms.ChoiceField(
        label=_("Municipality"),
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={"required": _("Choose the municipality."), "invalid_choice": NO_CHOICE},
    )
    content = forms.ChoiceField(
        label=_("Type or list"),
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={
            "required": _("Choose a type of notification or a list."),
            "invalid_choice": NO_CHOICE,
        },
    )

    def __init__(self, right: Right, chosen: Mapping[str, Any], *, is_fetched: bool) -> None:
        offered = menu.purposes(right)
        self.opened = _chosen(offered, chosen.get("purpose", ""))
        told = {**chosen, "purpose": self.opened.purpose.value if self.opened else ""}
        super().__init__(told if is_fetched else None, initial=told)
        self._offer("purpose", [(one.purpose.value, spoken(one.name)) for one in offered])
        if self.opened:
            self.menu = menu.menu(right, self.opened)
            self._offer("municipality", self.menu.municipalities)
            self._offer("content", self.menu.contents)

    @cached_property
    def address(self) -> str:
        """Where a valid choice leads."""
        told = self.cleaned_data
        return menu.address(cast("OpenedPurpose", self.opened), *self._place(told))

    def _place(self, told: dict[str, str]) -> tuple[str, str]:
        return told["municipality"], told["content"]

    def _offer(self, field: str, options: menu.Options) -> None:
        cast("forms.ChoiceField", self.fields[field]).choices = options


def _chosen(offered: tuple[OpenedPurpose, ...], slug: str) -> OpenedPurpose | None:
    """The purpose with the name; the only one there is, where there is no other."""
    if len(offered) == 1:
        return offered[0]
    return next((one for one in offered if one.purpose == slug), None)
