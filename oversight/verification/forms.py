"""Why what was found in the log is acknowledged."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kelmu.forms import CheckedForm
from kelmu.validators import without_hetu
from oversight.forms import INPUT


class AcknowledgementForm(CheckedForm):
    """What was found out about it. `until`: the verification up to which it was shown."""

    reason = forms.CharField(
        label=_("What was found out"),
        help_text=_("What happened, and what was done. Kept in the log. No identity code."),
        max_length=500,
        validators=[without_hetu],
        error_messages={"required": _("Say what was found out.")},
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
    )
    until = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)
