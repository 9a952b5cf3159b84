"""What is asked of a sending. The server checks; nothing typed and no file is lost."""

from typing import Any, override
from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from documents import presentation
from documents.queries import Matter
from documents.words import FileType, Kind
from kelmu.forms import CheckedForm, choice_field, text_field

ANOTHER = "another"  # matter than those of the list
ACCEPTED = ",".join([*FileType.values, ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"])


class SendingForm(CheckedForm):
    """What is sent, to which matter, and that the customer wants it.

    `applications`: None where the purpose does not show them.
    """

    kind = choice_field(
        _("What is sent"),
        _("Choose what kind of document it is."),
        [("", "–"), *((one.value, capfirst(one.label)) for one in Kind)],
    )
    application = choice_field(
        _("Application or matter that it belongs to"), _("Choose the application or matter.")
    )
    matter = text_field(
        _("Which matter, if it is another"),
        200,
        required=False,
        help_text=_("For example a decision or a payment commitment, with its day."),
    )
    text = text_field(_("To Kela, in your own words"), 2000, rows=4, required=False)
    asked_by_customer = forms.BooleanField(
        label=_("The customer has asked that these documents are sent to Kela"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, applications: list[Matter] | None, is_answer: bool, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"token": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.is_answer = is_answer
        self.applications = {str(one.number): one for one in applications or ()}
        if applications is None or is_answer:
            del self.fields["application"], self.fields["matter"]
            self.fields["text"].help_text = _("Tell which matter the documents belong to.")
        else:
            told = presentation.choices(applications)
            self.offer("application", [("", "–"), *told, (ANOTHER, _("Another matter"))])
        if is_answer:
            self.fields["text"].help_text = ""

    @override
    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("application") == ANOTHER and not told.get("matter"):
            self.add_error("matter", _("Tell which matter the documents belong to."))
        if "application" not in self.fields and not self.is_answer and not told.get("text"):
            self._once("text", _("Tell which matter the documents belong to."))
        if told.get("kind") == Kind.OTHER and not told.get("text"):
            self._once("text", _("Tell what the document is."))
        if not told.get("asked_by_customer"):
            self.add_error(
                "asked_by_customer",
                _("Documents are sent only when the customer has asked for it."),
            )
        return told

    def _once(self, name: str, message: Any) -> None:
        if name not in self.errors:
            self.add_error(name, message)

    @property
    def told(self) -> dict[str, Any]:
        """What was typed as columns of a sending, as far as it is right."""
        typed = self.cleaned_data if self.is_bound else {}
        chosen = typed.get("application", "")
        known = self.applications.get(chosen)
        return {
            "kind": typed.get("kind", ""),
            "application": known.number if known else None,
            "application_arrived_on": known.arrived_on if known else None,
            "application_period": known.period if known else None,
            "matter": "" if known else typed.get("matter", ""),
            "text": typed.get("text", ""),
            "asked_by_customer": typed.get("asked_by_customer", False),
        }
