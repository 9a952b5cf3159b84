"""The first question, as an organisation asks it or Kela enters it, and Kela's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.forms import INPUT, day, select, text, yes_or_no
from administration.organisations.forms import BusinessIdField
from kelmu.forms import CheckedForm
from kelmu.validators import without_hetu
from organisations.models import Enquiry, Organisation


def _long_text(label: Any, most: int, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        validators=[without_hetu],
        widget=forms.Textarea(attrs=INPUT | {"rows": rows}),
        **options,
    )


class EnquiryForm(CheckedForm):
    """Which organisation, by which legislation, and whom to answer."""

    organisation_name = text(gettext_lazy("Which organisation do you represent?"), 120)
    business_id = BusinessIdField(
        gettext_lazy("Its business ID"),
        required=False,
        help_text=gettext_lazy("Such as 1234567-1. Leave it empty if you do not know it."),
    )
    legislation = _long_text(
        gettext_lazy("By which legislation does it have a right to get data, in your view?"),
        2000,
        6,
        help_text=gettext_lazy(
            "Name the act and section if you know them. Write nothing of any customer."
        ),
    )
    contact_name = text(gettext_lazy("Name of the contact"), 120)
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail of the contact"), widget=forms.EmailInput(attrs=INPUT)
    )
    contact_phone = text(gettext_lazy("Phone of the contact"), 30, required=False)


class EnteredEnquiryForm(EnquiryForm):
    """The same, entered by Kela from an e-mail."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the enquiry"),
        choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
        widget=select(),
    )
    received_on = day(gettext_lazy("Received on"))


class AnswerForm(CheckedForm):
    """Whether the law gives a right to get data electronically, and why.

    With another organisation than the enquiry names, that is to be ticked: the question comes
    when it is so.
    """

    answer = forms.ChoiceField(
        label=gettext_lazy("Is there a statutory right to get data electronically?"),
        choices=[("", gettext_lazy("– choose –")), *Enquiry.Answer.choices],
        widget=select(),
        error_messages={"required": gettext_lazy("Choose what the law says.")},
    )
    organisation = BusinessIdField(
        gettext_lazy("Business ID of the organisation"),
        required=False,
        help_text=gettext_lazy("Where there is a right: the agreement is begun with it."),
    )
    answer_text = _long_text(
        gettext_lazy("Answer to the organisation"),
        4000,
        10,
        help_text=gettext_lazy("It is kept and printed as it stands here."),
    )

    def clean_organisation(self) -> Organisation | None:
        business_id = self.cleaned_data["organisation"]
        if not business_id:
            return None
        found = Organisation.objects.filter(business_id=business_id).first()
        if found is None:
            raise forms.ValidationError(
                _("Kelmu knows no organisation of this business ID. Register it first.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_right = cleaned.get("answer") == Enquiry.Answer.RIGHT
        if is_right and "organisation" in cleaned:
            if cleaned["organisation"] is None:
                self.add_error("organisation", _("Name the organisation with which to agree."))
            else:
                self._compare(cleaned["organisation"])
        return cleaned

    def _compare(self, organisation: Organisation) -> None:
        asked = self.initial["organisation"]
        if asked in {"", organisation.business_id}:
            return
        told = {"name": organisation.name, "id": organisation.business_id, "asked": asked}
        self.fields["is_other"] = yes_or_no(
            _("The agreement is begun with %(name)s, %(id)s") % told
        )
        if "is_other" not in self.data:
            self.add_error(
                "is_other",
                _("The enquiry names %(asked)s, which is another organisation. Check it.") % told,
            )
