"""The language of the page that is being made."""

from django.conf import settings
from django.utils import translation


def national(finnish: str, swedish: str) -> str:
    """A name in the language of the page; English pages use the Finnish one."""
    return swedish if page_language() == "sv" else finnish


def page_language() -> str:
    """Its code: fi, sv or en."""
    return translation.get_language() or settings.LANGUAGE_CODE
