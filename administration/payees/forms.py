"""The account to which Kela pays what an organisation demands."""

from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum import iban

from administration.forms import INPUT, PeriodForm, day, note, text
from administration.payees.queries import current_of
from kelmu import clock
from kelmu.forms import CheckedForm
from organisations.models import Organisation, Payee, validate_iban

BESIDE = "beside"


class IbanField(forms.CharField):
    """An account number, with or without blanks, in small letters or capitals."""

    @override
    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        compact: str = iban.compact(typed)
        validate_iban(compact)
        return compact


class PayeeForm(PeriodForm):
    """An account, its holder and its time; where there are accounts already, which it replaces."""

    name = text(_("Name of the payee"), 120)
    street = text(_("Street address or post box"), 120)
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=5,
        validators=Organisation._meta.get_field("postal_code").validators,  # noqa: SLF001 - Django's documented name
        widget=forms.TextInput(attrs=INPUT | {"inputmode": "numeric"}),
    )
    post_office = text(_("Post office"), 60)
    iban = IbanField(
        label=_("Account number (IBAN)"),
        max_length=50,
        help_text=_("Such as FI21 1234 5600 0007 85."),
        widget=forms.TextInput(attrs=INPUT | {"spellcheck": "false"}),
    )
    replaces = forms.ChoiceField(
        label=_("Beside or instead"),
        help_text=_("The account replaced ends on the day on which this one begins."),
        widget=forms.Select(attrs=INPUT),
    )

    field_order = ["name", "street", "postal_code", "post_office", "iban", "replaces", "first"]

    def __init__(self, organisation_id: int, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = clock.today
        self.current = {f"{one.pk}": one for one in current_of(organisation_id, on)}
        if self.current:
            self.fields["replaces"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
                ("", _("– choose –")),
                (BESIDE, _("beside the present accounts")),
                *((key, _instead_of(one)) for key, one in self.current.items()),
            ]
        else:
            del self.fields["replaces"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        replaced = self.current.get(cleaned.get("replaces", ""))
        if replaced and replaced.iban == cleaned.get("iban"):
            self.add_error("iban", _("This is the account that it is to replace."))
        return cleaned | {"replaces": replaced}


def _instead_of(payee: Payee) -> str:
    return _("instead of %(name)s, %(iban)s") % {
        "name": payee.name,
        "iban": iban.format(payee.iban),
    }


class CheckForm(CheckedForm):
    """How an account was checked."""

    note = note(
        _("Whom you called, at which number, and what they said"),
        error_messages={"required": _("Say how you checked the account.")},
    )


class LastDayForm(CheckedForm):
    """When an account ends."""

    last = day(
        _("Last day"),
        initial=clock.today,
        help_text=_("Yesterday, if nothing more is to be paid to it."),
    )
