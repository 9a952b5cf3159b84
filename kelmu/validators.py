"""Checks of what people type that several forms share."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kelmu.log_lines import HETU


def without_hetu(text: str) -> None:
    """A personal identity code stands only where customers are (design.md section 5)."""
    if HETU.search(text):
        raise ValidationError(_("Leave the personal identity code out."), code="hetu")
