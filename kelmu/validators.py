"""Checks of what people type that several forms share."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kelmu.log_lines import HETU

FIRST_YEAR, LAST_YEAR = 1900, 2199


def without_hetu(text: str) -> None:
    """A personal identity code stands only where customers are (design.md section 5)."""
    if HETU.search(text):
        raise ValidationError(_("Leave the personal identity code out."), code="hetu")


def of_our_time(day: date) -> None:
    """A slip in the year: neither Python nor PostgreSQL can go on from the ends of their time."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Check the year."), code="year")
