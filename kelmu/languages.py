"""The language of the page that is being made."""

from django.conf import settings
from django.utils import translation


def page_language() -> str:
    """Its code: fi, sv or en."""
    return translation.get_language() or settings.LANGUAGE_CODE
