"""A file of changes, sent or pasted."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from administration.forms import INPUT
from kelmu.forms import CheckedForm
from kelmu.validators import without_hetu

LARGEST = 100_000  # bytes: ten times a file that changes every municipality's name


class RegisterChangeForm(CheckedForm):
    """The file's text, from the file or as it was pasted; the file counts where both are there."""

    file = forms.FileField(
        label=_("File (CSV)"),
        required=False,
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs=INPUT | {"accept": ".csv,text/csv"}),
    )
    text = forms.CharField(
        label=_("Or its content"),
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs=INPUT | {"rows": 8, "spellcheck": "false"}),
    )

    def clean_file(self) -> str:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return ""
        content: bytes = file.read()
        if len(content) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 100 kB."))
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("The file is not UTF-8: save it as “CSV UTF-8”.")
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        content = cleaned.get("file") or cleaned.get("text", "")
        if not content and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste its content."))
        without_hetu(content)
        return cleaned | {"content": content}
