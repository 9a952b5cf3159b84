"""Whom an organisation names in a role."""

from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from administration.contacts.queries import current_of
from administration.forms import INPUT, PeriodForm, select, text
from customers.forms import FAULTS
from kelmu import clock, hetu
from kelmu.formats import validity
from kelmu.hetu import LENGTH, InvalidHetu
from kelmu.validators import without_hetu
from organisations.models import Contact


class UnshownInput(forms.TextInput):
    """A field whose content is never sent back to the browser."""

    @override
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class ContactForm(PeriodForm):
    """A person in a role. The identity code is turned into a pseudonym and kept nowhere."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("– choose –")), *Contact.Role.choices], widget=select()
    )
    name = text(_("Name"), 120)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        validators=[without_hetu],
        widget=forms.EmailInput(attrs=INPUT),
    )
    phone = text(_("Phone"), 30, required=False)
    hetu = forms.CharField(
        label=_("Personal identity code"),
        max_length=40,
        required=False,
        help_text=_(
            "By it Kelmu knows the person who logs in. It is stored nowhere and shown nowhere, not "
            "even here: type it again if the page comes back. A data protection officer and a "
            "billing contact need none, unless they log in too."
        ),
        widget=UnshownInput(attrs=INPUT | {"size": LENGTH, "spellcheck": "false"}),
    )
    replaces = forms.ChoiceField(
        label=_("Replaces"),
        required=False,
        help_text=_("The one replaced ends on the day on which this one begins."),
        widget=select(),
    )

    field_order = ["role", "name", "email", "phone", "hetu", "replaces", "first", "last"]

    def __init__(self, organisation_id: int, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = clock.today
        self.current = {f"{one.pk}": one for one in current_of(organisation_id, on)}
        self.fields["replaces"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            ("", _("nobody")),
            *((key, _in_role(one)) for key, one in self.current.items()),
        ]

    def clean_hetu(self) -> str:
        typed: str = self.cleaned_data["hetu"]
        if not typed:
            return ""
        try:
            return hetu.parse(typed)
        except InvalidHetu as error:
            raise forms.ValidationError(FAULTS[error.fault], code=error.fault.value) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        role, replaced = cleaned.get("role"), self.current.get(cleaned.get("replaces", ""))
        if role in Contact.LOG_IN and cleaned.get("hetu") == "":
            self.add_error("hetu", _("Whoever has this role logs in: type the identity code."))
        if role and replaced and replaced.role != role:
            self.add_error("replaces", _("Choose somebody of the same role."))
        return cleaned | {"replaces": replaced}


def _in_role(contact: Contact) -> str:
    return f"{contact.get_role_display()}: {contact.name}, {validity(contact.validity)}"
