"""What somebody writes of Kelmu."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelmu.forms import CheckedForm
from kelmu.log_lines import HETU


class FeedbackForm(CheckedForm):
    """The text alone: nobody is asked who they are."""

    text = forms.CharField(
        label=gettext_lazy("Your feedback"),
        max_length=2000,
        help_text=gettext_lazy(
            "Tell what you did and what you expected. Write nothing of a customer, of yourself or "
            "of anybody else. At most 2,000 characters."
        ),
        error_messages={"required": gettext_lazy("Write your feedback.")},
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 8, "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if HETU.search(text):
            raise forms.ValidationError(_("Leave the personal identity code out."))
        return text
