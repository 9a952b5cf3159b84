"""What the review is asked for, and why Kela ends somebody's sessions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from authorizations.access_review.queries import Order
from kelmu.log_lines import HETU

INPUT = {"class": "ds-input", "autocomplete": "off"}
ORDER_NAMES = [
    (Order.NAME.value, _("Name")),
    (Order.LAST_SEEN.value, _("Last seen, newest first")),
    (Order.FIRST_SEEN.value, _("First seen, oldest first")),
]


class NameForm(forms.Form):
    """Part of a name, posted: whatever is typed stands in no address."""

    name = forms.CharField(
        label=_("Name or part of it"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=INPUT),
    )


class ReviewForm(NameForm):
    """Whom of the organisation the list shows, and in which order."""

    order = forms.TypedChoiceField(
        label=_("Order"),
        choices=ORDER_NAMES,
        coerce=Order,
        initial=Order.NAME,
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
    attention = forms.BooleanField(
        label=_("Only what needs attention"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )


class ReasonForm(forms.Form):
    """Why Kela ends the sessions of somebody else's official."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The organisation sees it in its log."),
        error_messages={"required": _("Say why the sessions are ended.")},
        widget=forms.TextInput(attrs=INPUT),
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if HETU.search(reason):
            raise forms.ValidationError(_("Leave the personal identity code out."))
        return reason
