"""What a technical contact types to register a key."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from administration import forms as fields
from administration.forms import INPUT
from administration.keys.reading import PublicKey, read_key
from kelmu.forms import CheckedForm
from organisations.models.keys import LONGEST

USUAL = timedelta(days=365)


class KeyForm(CheckedForm):
    """A public key, what it is called, and its last day."""

    label = fields.text(
        _("Name of the key"), 60, help_text=_("For people: in which system it is, for example.")
    )
    public_key = forms.CharField(
        label=_("Public key"),
        max_length=4000,
        help_text=_("PEM or JSON (JWK): RSA of at least 2048 bits, or EC of P-256."),
        widget=forms.Textarea(attrs=INPUT | {"rows": 8, "spellcheck": "false"}),
    )
    last = fields.day(_("Last day"), help_text=_("Two years from today at most."))

    def __init__(self, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.initial.setdefault("last", on + USUAL)

    def clean_public_key(self) -> PublicKey:
        try:
            return read_key(self.cleaned_data["public_key"])
        except ValidationError as error:
            if error.code == "private":  # it goes no further, not even back to the page
                self.data = dict(self.data.items()) | {"public_key": ""}
            raise

    def clean_last(self) -> date:
        last: date = self.cleaned_data["last"]
        if not self.on <= last < self.on + LONGEST:
            raise ValidationError(_("The last day is today at the earliest, and within two years."))
        return last
